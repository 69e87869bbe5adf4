using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;
using RouterGen.Runtime.Tests;

namespace RouterGen.Gateway.Tests;

/// <summary>Streams of kinds other than chat, as OpenAI's clients expect their events.</summary>
public sealed class KindStreamTests
{
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Images_come_while_they_take_shape()
    {
        await using World world = await World.StartAsync();
        SentEvent[] events = await EventsAsync(world, "/v1/images/generations", Json("""{"model":"pictures","prompt":"A sail","stream":true,"partial_images":2,"size":"1024x1024","quality":"low"}"""));
        Assert.Equal(["image_generation.partial_image", "image_generation.partial_image", "image_generation.completed"], events.Select(static sent => sent.Name));
        Assert.All(events, static sent => Assert.Equal(sent.Name, (string?)sent.Json["type"]));
        Assert.Equal([0, 1], events[..2].Select(static sent => (int)sent.Json["partial_image_index"]!));
        JsonNode last = events[^1].Json;
        Assert.Equal(("1024x1024", "low", "auto", "png"), ((string?)last["size"], (string?)last["quality"], (string?)last["background"], (string?)last["output_format"]));
        Assert.NotEmpty(Convert.FromBase64String((string)last["b64_json"]!));
        Assert.True((int)last["usage"]!["total_tokens"]! > 1000);
        Assert.Contains("\"stream\":true", world.Providers!["openai/gpt-image-2"].Requests[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Images_are_changed_as_a_stream(int count)
    {
        await using World world = await World.StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent("pictures"), "model" }, { new StringContent("Make it blue"), "prompt" }, { new StringContent("true"), "stream" }, { new StringContent("1"), "partial_images" } };
        for (int i = 0; i < count; i++) form.Add(File(Picture, "image/png"), "image[]", "a.png");
        SentEvent[] events = await EventsAsync(world, "/v1/images/edits", form);
        Assert.Equal(["image_edit.partial_image", "image_edit.completed"], events.Select(static sent => sent.Name));
        Assert.Equal("auto", (string?)events[^1].Json["size"]);
    }

    [Fact]
    public async Task Images_that_come_whole_are_an_event_each()
    {
        string image = Convert.ToBase64String(Picture);
        Upstream upstream = new Upstream().Then($$$"""{"created":1,"data":[{"b64_json":"{{{image}}}"},{"b64_json":"{{{image}}}"}],"usage":{"input_tokens":3,"output_tokens":4,"total_tokens":7}}""");
        await using World world = await World.StartAsync(upstream);
        SentEvent[] events = await EventsAsync(world, "/v1/images/generations", Json("""{"model":"pictures","prompt":"A sail","n":2,"stream":true}"""));
        Assert.Equal(["image_generation.completed", "image_generation.completed"], events.Select(static sent => sent.Name));
        Assert.All(events, sent => Assert.Equal(image, (string?)sent.Json["b64_json"]));
        Assert.Null(events[0].Json["usage"]);
        Assert.Equal(7, (int)events[1].Json["usage"]!["total_tokens"]!);
    }

    [Fact]
    public async Task A_transcription_comes_while_it_is_written()
    {
        await using World world = await World.StartAsync();
        SentEvent[] events = await EventsAsync(world, "/v1/audio/transcriptions", Sound("ear"));
        Assert.True(events.Length > 2);
        Assert.All(events[..^1], static sent => Assert.Equal("transcript.text.delta", sent.Name));
        Assert.Equal("transcript.text.done", events[^1].Name);
        Assert.Equal((string?)events[^1].Json["text"], string.Concat(events[..^1].Select(static sent => (string?)sent.Json["delta"])));
        Assert.True((int)events[^1].Json["usage"]!["total_tokens"]! > 0);
    }

    [Fact]
    public async Task Who_speaks_is_told_with_each_segment()
    {
        string stream = Wire.Unnamed(
            """{"type":"transcript.text.delta","delta":"Hello.","segment_id":"seg_a"}""",
            """{"type":"transcript.text.segment","id":"seg_a","start":0,"end":1.5,"speaker":"A","text":"Hello."}""",
            """{"type":"transcript.text.done","text":"Hello.","usage":{"type":"tokens","input_tokens":3,"output_tokens":2,"total_tokens":5}}""");
        await using World world = await World.StartAsync(new Upstream().ThenStream(stream));
        SentEvent[] events = await EventsAsync(world, "/v1/audio/transcriptions", Sound("speakers", "diarized_json"));
        Assert.Equal(["transcript.text.delta", "transcript.text.segment", "transcript.text.done"], events.Select(static sent => sent.Name));
        Assert.Equal("""{"type":"transcript.text.segment","id":"seg_0","start":0,"end":1.5,"text":"Hello.","speaker":"A"}""", events[1].Data);
    }

    [Fact]
    public async Task A_transcription_that_comes_whole_is_one_piece()
    {
        await using World world = await World.StartAsync(new Upstream().Then("""{"text":"Hello there.","usage":{"type":"tokens","input_tokens":3,"output_tokens":2,"total_tokens":5}}"""));
        SentEvent[] events = await EventsAsync(world, "/v1/audio/transcriptions", Sound("ear"));
        Assert.Equal(["""{"type":"transcript.text.delta","delta":"Hello there."}""", """{"type":"transcript.text.done","text":"Hello there.","usage":{"type":"tokens","input_tokens":3,"output_tokens":2,"total_tokens":5}}"""], events.Select(static sent => sent.Data));
    }

    [Fact]
    public async Task Sound_comes_as_events()
    {
        await using World world = await World.StartAsync();
        SentEvent[] events = await EventsAsync(world, "/v1/audio/speech", Json("""{"model":"voice","input":"Hello","voice":"alloy","response_format":"wav","stream_format":"sse"}"""));
        Assert.Equal("speech.audio.done", events[^1].Name);
        byte[] sound = [.. events[..^1].SelectMany(static sent => Convert.FromBase64String((string)sent.Json["audio"]!))];
        Assert.Equal("RIFF"u8.ToArray(), sound[..4]);
        Assert.Equal(400, (await world.PostAsync("/v1/audio/speech", """{"model":"voice","input":"Hello","stream_format":"tape"}""")).Status);
    }

    [Theory]
    [InlineData("/v1/images/generations", """{"model":"pictures","prompt":"A sail","stream":true}""", "openai/gpt-image-2")]
    [InlineData("/v1/completions", """{"model":"text-goes-on","prompt":"Once","stream":true}""", "openai/gpt-3.5-turbo-instruct")]
    [InlineData("/v1/audio/speech", """{"model":"voice","input":"Hello","stream_format":"sse"}""", "openai/gpt-4o-mini-tts")]
    public async Task What_fails_before_its_first_event_is_an_error_with_a_status(string path, string body, string deployment)
    {
        await using World world = await World.StartAsync();
        world.Providers![deployment].Always(Fault.Status(400));
        Got got = await world.PostAsync(path, body);
        Assert.Equal(400, got.Status);
        Assert.NotNull(JsonNode.Parse(got.Body)!["error"]!["message"]);
    }

    [Fact]
    public async Task A_stream_that_breaks_ends_with_an_error()
    {
        string stream = Wire.Unnamed("""{"type":"transcript.text.delta","delta":"Hello"}""", """{"error":{"message":"The server had an error.","type":"server_error","code":"server_error"}}""");
        await using World world = await World.StartAsync(new Upstream().ThenStream(stream));
        SentEvent[] events = await EventsAsync(world, "/v1/audio/transcriptions", Sound("ear"));
        Assert.Equal(["transcript.text.delta", "error"], events.Select(static sent => sent.Name));
        Assert.NotNull(events[1].Json["error"]!["message"]);
    }

    [Fact]
    public async Task A_stream_that_has_not_begun_is_kept_open()
    {
        var time = new VirtualTime();
        var upstream = new HeldUpstream { IsHeld = true };
        await using World world = await World.StartAsync(upstream, new GatewayOptions { TimeProvider = time });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/images/generations") { Content = Json("""{"model":"pictures","prompt":"A sail","stream":true}""") };
        Task<HttpResponseMessage> asked = world.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        await upstream.WaitForAsync(1);
        time.Advance(TimeSpan.FromSeconds(15));
        using HttpResponseMessage response = await asked;
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        byte[] ping = new byte[8];
        using Stream body = await response.Content.ReadAsStreamAsync(Token);
        await body.ReadExactlyAsync(ping, Token);
        Assert.Equal(": ping\n\n", Encoding.UTF8.GetString(ping));
    }

    private static async Task<SentEvent[]> EventsAsync(World world, string path, HttpContent content)
    {
        Got got = await world.SendAsync(HttpMethod.Post, path, content);
        Assert.True(got.Status is 200, got.Body);
        Assert.Equal("text/event-stream", got.Headers["Content-Type"]);
        Assert.NotEmpty(got.Headers["x-routergen-group"]);
        return SentEvent.Parse(got.Body);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static MultipartFormDataContent Sound(string model, string format = "json") =>
        new() { { new StringContent(model), "model" }, { new StringContent("true"), "stream" }, { new StringContent(format), "response_format" }, { File([.. "RIFF"u8, 36, 0, 0, 0, .. "WAVE"u8, .. new byte[64]], "audio/wav"), "file", "what is said here.wav" } };

    private static ByteArrayContent File(byte[] bytes, string mediaType) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
}
