using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace RouterGen.FakeProviders.Tests;

/// <summary>Bedrock's Converse: the model in the path, answers whole and in binary frames, and what is refused.</summary>
public sealed class ConverseDialectTests
{
    private const string Model = "anthropic.claude-haiku-4-5-20251001-v1:0";
    private const string Hi = """{"messages":[{"role":"user","content":[{"text":"Hi there"}]}]}""";
    private const string Tool = ""","toolConfig":{"tools":[{"toolSpec":{"name":"weather","inputSchema":{"json":{"type":"object"}}}}]}}""";

    [Fact]
    public async Task It_answers_with_a_block_and_usage()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        using HttpResponseMessage answer = await PostAsync(fakes, "converse", Hi);

        JsonElement json = Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"Hello from {Model}. You said: \"Hi there\"", json.GetProperty("output").GetProperty("message").GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal("end_turn", json.GetProperty("stopReason").GetString());
        Assert.Equal(2, json.GetProperty("usage").GetProperty("inputTokens").GetInt32());
        Assert.True(answer.Headers.Contains("x-amzn-RequestId"));
        Assert.Equal(1, fakes["bedrock/" + Model].Calls);
    }

    [Fact]
    public async Task It_streams_frames()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        using HttpResponseMessage answer = await PostAsync(fakes, "converse-stream", Hi);

        Assert.Equal("application/vnd.amazon.eventstream", answer.Content.Headers.ContentType!.MediaType);
        (string Type, JsonElement Data)[] events = [.. Events(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))];
        Assert.Equal("messageStart", events[0].Type);
        Assert.Equal(["contentBlockStop", "messageStop", "metadata"], events[^3..].Select(static one => one.Type));
        Assert.All(events[1..^3], static one => Assert.Equal("contentBlockDelta", one.Type));
        Assert.Equal($"Hello from {Model}. You said: \"Hi there\"", string.Concat(events[1..^3].Select(static one => one.Data.GetProperty("delta").GetProperty("text").GetString())));
        Assert.Equal(2, events[^1].Data.GetProperty("usage").GetProperty("inputTokens").GetInt32());
    }

    [Fact]
    public async Task It_calls_a_tool_and_then_reads_its_result()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        string asked = Hi[..^1].Replace("Hi there", """call weather {\"city\":\"Rome\"}""") + Tool;

        JsonElement json = Parse(await (await PostAsync(fakes, "converse", asked)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("tool_use", json.GetProperty("stopReason").GetString());
        JsonElement call = json.GetProperty("output").GetProperty("message").GetProperty("content")[0].GetProperty("toolUse");
        Assert.Equal("""weather {"city":"Rome"}""", $"{call.GetProperty("name")} {call.GetProperty("input").GetRawText()}");

        (string Type, JsonElement Data)[] events = [.. Events(await (await PostAsync(fakes, "converse-stream", asked)).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))];
        Assert.Equal("weather", events[1].Data.GetProperty("start").GetProperty("toolUse").GetProperty("name").GetString());
        Assert.Equal("""{"city":"Rome"}""", string.Concat(events[2..^3].Select(static one => one.Data.GetProperty("delta").GetProperty("toolUse").GetProperty("input").GetString())));

        const string Result = """{"messages":[{"role":"user","content":[{"toolResult":{"toolUseId":"t","content":[{"text":"sunny"}]}}]}]""";
        string text = Parse(await (await PostAsync(fakes, "converse", Result + Tool)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("output").GetRawText();
        Assert.Contains("The tool said", text);
        Assert.Contains("sunny", text);
    }

    [Fact]
    public async Task A_model_may_be_an_ARN()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        const string Arn = "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.x-v1:0";
        using HttpResponseMessage answer = await PostAsync(fakes, "converse", Hi, model: Uri.EscapeDataString(Arn));
        Assert.Equal(1, fakes["bedrock/" + Arn].Calls);
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData(Hi, "Basic x", 403, "Missing Authentication Token")]
    [InlineData(Hi, "Bearer sk-wrong", 403, "security token")]
    [InlineData("[]", "Bearer k", 400, "not valid JSON")]
    [InlineData("{}", "Bearer k", 400, "must not be empty")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"text":"x"}]}]}""", "Bearer k", 400, "not known")]
    [InlineData("""{"messages":[{"role":"assistant","content":[{"text":"x"}]}]}""", "Bearer k", 400, "start with a user message")]
    [InlineData("""{"messages":[{"role":"user","content":[{"text":"x"}]},{"role":"user","content":[{"text":"x"}]}]}""", "Bearer k", 400, "alternate")]
    [InlineData("""{"messages":[{"role":"user","content":[]}]}""", "Bearer k", 400, "is empty")]
    [InlineData("""{"messages":[{"role":"user","content":[{"toolResult":{}}]}]}""", "Bearer k", 400, "toolConfig")]
    public async Task Bad_requests_are_refused_as_the_provider_refuses_them(string body, string authorization, int status, string says)
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        using HttpResponseMessage answer = await PostAsync(fakes, "converse", body, authorization);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(says, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<HttpResponseMessage> PostAsync(FakeProviderServer fakes, string operation, string body, string authorization = "Bearer k", string? model = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fakes.BaseAddress, $"bedrock/model/{model ?? Uri.EscapeDataString(Model)}/{operation}"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The type of an event is the value of its first header, in this server.</summary>
    private static IEnumerable<(string Type, JsonElement Data)> Events(byte[] bytes)
    {
        for (int at = 0, length; at < bytes.Length; at += length)
        {
            length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            int headers = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at + 4));
            int value = at + 12 + 1 + bytes[at + 12] + 1;
            int valueLength = BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(value));
            yield return (Encoding.UTF8.GetString(bytes, value + 2, valueLength), Parse(Encoding.UTF8.GetString(bytes, at + 12 + headers, length - 12 - headers - 4)));
        }
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
