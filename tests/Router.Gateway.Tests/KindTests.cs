using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests;

/// <summary>Kinds of calls other than chat, in the form that OpenAI's and Cohere's clients expect.</summary>
public sealed class KindTests
{
    private static readonly byte[] Wave = [.. "RIFF"u8, 36, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0, .. "data"u8, 0, 0, 0, 0];

    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    [Fact]
    public async Task Vectors_come_as_numbers_and_as_bytes()
    {
        await using World world = await World.StartAsync();
        Got numbers = await world.PostAsync("/v1/embeddings", """{"model":"vectors","input":["one","two"]}""");
        Got bytes = await world.PostAsync("/embeddings", """{"model":"vectors","input":"one","encoding_format":"base64"}""");

        JsonArray data = JsonNode.Parse(numbers.Body)!["data"]!.AsArray();
        Assert.Equal([0, 1], data.Select(static one => (int)one!["index"]!));
        float[] vector = [.. data[0]!["embedding"]!.AsArray().Select(static number => (float)number!)];
        Assert.Equal(1536, vector.Length);
        Assert.Equal(vector, MemoryMarshal.Cast<byte, float>(Convert.FromBase64String((string)JsonNode.Parse(bytes.Body)!["data"]![0]!["embedding"]!)).ToArray());
        Assert.Equal("vectors", numbers.Headers["x-routergen-group"]);
        Assert.True((int)JsonNode.Parse(numbers.Body)!["usage"]!["prompt_tokens"]! > 0);
    }

    [Theory]
    [InlineData("/v1/embeddings", """{"model":"vectors","input":[1,2,3]}""", "input")]
    [InlineData("/v1/embeddings", """{"model":"vectors"}""", "input")]
    [InlineData("/v1/rerank", """{"model":"ranking","documents":["a"]}""", "query")]
    [InlineData("/v1/rerank", """{"model":"ranking","query":"q","documents":[1]}""", "documents")]
    [InlineData("/v1/moderations", """{"model":"judge","input":[{"type":"sound"}]}""", "input")]
    [InlineData("/v1/completions", """{"model":"text-goes-on","prompt":["a","b"]}""", "prompt")]
    [InlineData("/v1/completions", """{"model":"text-goes-on","prompt":"a","n":2}""", "n")]
    [InlineData("/v1/images/generations", """{"model":"pictures","prompt":"a","size":"large"}""", "size")]
    [InlineData("/v1/images/generations", """{"model":"pictures"}""", "prompt")]
    [InlineData("/v1/audio/speech", """{"model":"voice","input":"a","response_format":"midi"}""", "response_format")]
    public async Task What_cannot_be_asked_names_its_member(string path, string body, string parameter)
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync(path, body);
        Assert.Equal(400, got.Status);
        Assert.Equal(parameter, (string?)JsonNode.Parse(got.Body)!["error"]!["param"]);
    }

    [Theory]
    [InlineData("/v1/embeddings", "{", "line 1")]
    [InlineData("/v1/embeddings", "[]", "must be a JSON object")]
    [InlineData("/v1/audio/transcriptions", "{}", "form")]
    public async Task A_body_of_another_form_is_refused(string path, string body, string reason)
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync(path, body);
        Assert.Equal(400, got.Status);
        Assert.Contains(reason, (string)JsonNode.Parse(got.Body)!["error"]!["message"]!);
    }

    [Fact]
    public async Task A_group_of_another_kind_is_not_found_and_those_of_the_kind_are_named()
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/v1/embeddings", """{"model":"chat","input":"one"}""");
        Assert.Equal(404, got.Status);
        Assert.Contains("serves other requests than this one. Models that can be asked here: vectors.", got.Body);
    }

    [Fact]
    public async Task Documents_are_ranked()
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/v1/rerank", """{"model":"ranking","query":"red apple","documents":["blue sky",{"text":"red apple"},"green grass"],"top_n":2,"return_documents":true}""");
        Assert.True(got.Status == 200, got.Body);
        JsonArray results = JsonNode.Parse(got.Body)!["results"]!.AsArray();
        Assert.Equal(2, results.Count);
        Assert.Equal((1, "red apple"), ((int)results[0]!["index"]!, (string)results[0]!["document"]!["text"]!));
        Assert.True((double)results[0]!["relevance_score"]! >= (double)results[1]!["relevance_score"]!);
    }

    [Fact]
    public async Task Texts_and_images_are_judged()
    {
        await using World world = await World.StartAsync();
        Got texts = await world.PostAsync("/v1/moderations", """{"model":"judge","input":["Hello","Goodbye"]}""");
        Got parts = await world.PostAsync("/v1/moderations", $$$"""{"model":"judge","input":[{"type":"text","text":"Hello"},{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Convert.ToBase64String(Picture)}}}"}}]}""");
        Assert.Equal(2, JsonNode.Parse(texts.Body)!["results"]!.AsArray().Count);
        JsonNode judgement = JsonNode.Parse(parts.Body)!["results"]![0]!;
        Assert.False((bool)judgement["flagged"]!);
        Assert.NotEmpty(judgement["categories"]!.AsObject());
        Assert.NotEmpty(judgement["category_scores"]!.AsObject());
    }

    [Fact]
    public async Task A_text_goes_on_whole_and_as_a_stream()
    {
        await using World world = await World.StartAsync();
        Got whole = await world.PostAsync("/v1/completions", """{"model":"text-goes-on","prompt":"Once upon","max_tokens":20,"stop":"END"}""");
        Got stream = await world.PostAsync("/v1/completions", """{"model":"text-goes-on","prompt":"Once upon","stream":true,"stream_options":{"include_usage":true}}""");

        JsonNode choice = JsonNode.Parse(whole.Body)!["choices"]![0]!;
        Assert.Equal("stop", (string)choice["finish_reason"]!);
        string[] events = stream.Body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        JsonNode[] chunks = [.. events[..^1].Select(static one => JsonNode.Parse(one["data: ".Length..])!)];
        Assert.Equal((string)choice["text"]!, string.Concat(chunks.SelectMany(static chunk => chunk["choices"]!.AsArray()).Select(static one => (string)one!["text"]!)));
        Assert.Equal("stop", (string?)chunks.SelectMany(static chunk => chunk["choices"]!.AsArray()).Last()!["finish_reason"]);
        Assert.True((int)chunks[^1]["usage"]!["total_tokens"]! > 0);
    }

    [Fact]
    public async Task Images_are_made_and_changed()
    {
        await using World world = await World.StartAsync();
        Got made = await world.PostAsync("/v1/images/generations", """{"model":"pictures","prompt":"A sail","n":2,"size":"1024x1024","quality":"low"}""");
        using var form = new MultipartFormDataContent { { new StringContent("pictures"), "model" }, { new StringContent("Make it blue"), "prompt" }, { File(Picture, "image/png"), "image", "a.png" } };
        Got changed = await world.SendAsync(HttpMethod.Post, "/v1/images/edits", form);

        Assert.Equal(2, JsonNode.Parse(made.Body)!["data"]!.AsArray().Count);
        Assert.NotEmpty(Convert.FromBase64String((string)JsonNode.Parse(made.Body)!["data"]![0]!["b64_json"]!));
        Assert.Single(JsonNode.Parse(changed.Body)!["data"]!.AsArray());
        Assert.Contains("Make it blue", world.Providers!["openai/gpt-image-2"].Requests[^1].Body);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("text")]
    public async Task Sound_is_written_down(string format)
    {
        await using World world = await World.StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent("ear"), "model" }, { new StringContent(format), "response_format" }, { File(Wave, "audio/wav"), "file", "a.wav" } };
        Got got = await world.SendAsync(HttpMethod.Post, "/v1/audio/transcriptions", form);
        Assert.Equal(200, got.Status);
        Assert.NotEmpty(format is "text" ? got.Body.Trim() : (string)JsonNode.Parse(got.Body)!["text"]!);
    }

    [Fact]
    public async Task A_text_is_spoken()
    {
        await using World world = await World.StartAsync();
        using HttpResponseMessage response = await world.Http.PostAsync("/v1/audio/speech", new StringContent("""{"model":"voice","input":"Hello","voice":"alloy","response_format":"wav"}""", Encoding.UTF8, "application/json"));
        Assert.Equal("audio/wav", response.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/v1/embeddings", """{"model":"vectors","input":"one"}""", "openai/text-embedding-3-small")]
    [InlineData("/v1/rerank", """{"model":"ranking","query":"q","documents":["a"]}""", "cohere/rerank-v4.0-pro")]
    [InlineData("/v1/audio/speech", """{"model":"voice","input":"Hello"}""", "openai/gpt-4o-mini-tts")]
    public async Task A_key_that_a_provider_refuses_is_no_fault_of_the_client(string path, string body, string deployment)
    {
        await using World world = await World.StartAsync();
        world.Providers![deployment].Always(Fault.Status(401));
        Got got = await world.PostAsync(path, body);
        Assert.Equal(502, got.Status);
        Assert.DoesNotContain("sk-secret-of-a-provider", got.Body);
        Assert.Equal("false", got.Headers["x-should-retry"]);
    }

    private static ByteArrayContent File(byte[] bytes, string mediaType) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
}
