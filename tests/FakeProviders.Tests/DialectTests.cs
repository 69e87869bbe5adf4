using System.Text.Json;
using static RouterGen.FakeProviders.Tests.RawClient;

namespace RouterGen.FakeProviders.Tests;

public sealed class DialectTests
{
    [Fact]
    public async Task OpenAI_answers_with_text_and_usage()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        RawAnswer answer = await OpenAIAsync(fakes);

        JsonElement json = Parse(answer.Body);
        Assert.Equal("chat.completion", json.GetProperty("object").GetString());
        Assert.Equal("gpt-4o-mini", json.GetProperty("model").GetString());
        JsonElement choice = json.GetProperty("choices")[0];
        Assert.Equal("Hello from gpt-4o-mini. You said: \"Hi there\"", choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(2, json.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Contains("x-request-id: ", answer.Head);
    }

    [Fact]
    public async Task Anthropic_answers_with_a_block_and_usage()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        RawAnswer answer = await AnthropicAsync(fakes);

        JsonElement json = Parse(answer.Body);
        Assert.Equal("message", json.GetProperty("type").GetString());
        Assert.Equal("Hello from claude-haiku-4-5. You said: \"Hi there\"", json.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal("end_turn", json.GetProperty("stop_reason").GetString());
        Assert.Equal(2, json.GetProperty("usage").GetProperty("input_tokens").GetInt32());
        Assert.Contains("\r\nrequest-id: ", answer.Head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(""","stream_options":{"include_usage":true}""", 1)]
    public async Task OpenAI_streams_chunks(string extra, int usages)
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        RawAnswer answer = await OpenAIAsync(fakes, OpenAIBody(stream: true, extra: extra));

        Assert.Contains("Content-Type: text/event-stream", answer.Head);
        string[] events = Events(answer.Body);
        Assert.Equal("[DONE]", events[^1]["data: ".Length..]);
        JsonElement[] chunks = [.. events[..^1].Select(e => Parse(e["data: ".Length..]))];
        Assert.Equal("assistant", Delta(chunks[0]).GetProperty("role").GetString());
        JsonElement[] withChoice = [.. chunks.Where(chunk => chunk.GetProperty("choices").GetArrayLength() > 0)];
        Assert.Equal("stop", withChoice[^1].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal("Hello from gpt-4o-mini. You said: \"Hi there\"",
            string.Concat(withChoice[..^1].Select(chunk => Delta(chunk).GetProperty("content").GetString())));
        Assert.Equal(usages, chunks.Length - withChoice.Length);
        if (usages == 1) Assert.Equal(2, chunks[^1].GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }

    [Fact]
    public async Task Anthropic_streams_typed_events()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        RawAnswer answer = await AnthropicAsync(fakes, stream: true);

        (string Name, JsonElement Data)[] events = [.. Events(answer.Body).Select(Typed)];
        Assert.All(events, e => Assert.Equal(e.Name, e.Data.GetProperty("type").GetString()));
        Assert.Equal(["message_start", "content_block_start", "ping", "content_block_delta"], events[..4].Select(e => e.Name));
        Assert.Equal(["content_block_stop", "message_delta", "message_stop"], events[^3..].Select(e => e.Name));
        Assert.Equal("Hello from claude-haiku-4-5. You said: \"Hi there\"",
            string.Concat(events[3..^3].Select(e => e.Data.GetProperty("delta").GetProperty("text").GetString())));
        Assert.Equal(13, events[^2].Data.GetProperty("usage").GetProperty("output_tokens").GetInt32());
    }

    [Fact]
    public async Task OpenAI_calls_a_tool_that_the_user_names()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        const string tools = ""","tools":[{"type":"function","function":{"name":"weather"}}]""";
        const string text = """Please call weather {\"city\":\"Rome\"} now""";

        JsonElement choice = Parse((await OpenAIAsync(fakes, OpenAIBody(text: text, extra: tools))).Body).GetProperty("choices")[0];
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        JsonElement function = choice.GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function");
        Assert.Equal("weather", function.GetProperty("name").GetString());
        Assert.Equal("""{"city":"Rome"}""", function.GetProperty("arguments").GetString());

        RawAnswer streamed = await OpenAIAsync(fakes, OpenAIBody(stream: true, text: text, extra: tools));
        JsonElement[] calls = [.. Events(streamed.Body)[1..^2].Select(e => Delta(Parse(e["data: ".Length..])).GetProperty("tool_calls")[0])];
        Assert.Equal("weather", calls[0].GetProperty("function").GetProperty("name").GetString());
        Assert.Equal("""{"city":"Rome"}""", string.Concat(calls.Select(call => call.GetProperty("function").GetProperty("arguments").GetString())));
    }

    [Fact]
    public async Task Anthropic_calls_a_tool_and_then_reads_its_result()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        const string tools = ""","tools":[{"name":"weather","input_schema":{"type":"object"}}]""";

        JsonElement json = Parse((await AnthropicAsync(fakes, AnthropicBody(text: "call weather", extra: tools))).Body);
        Assert.Equal("tool_use", json.GetProperty("stop_reason").GetString());
        Assert.Equal("{}", json.GetProperty("content")[0].GetProperty("input").GetRawText());

        RawAnswer streamed = await AnthropicAsync(fakes, AnthropicBody(stream: true, text: "call weather", extra: tools));
        Assert.Contains("""{"type":"input_json_delta","partial_json":"{}"}""", streamed.Body);

        const string result = """[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"call weather: sunny"}]}]""";
        string body = AnthropicBody(text: "X", extra: tools).Replace("\"X\"", result);
        Assert.Contains("The tool said: \\\"call weather: sunny\\\"", (await AnthropicAsync(fakes, body)).Body.Replace("\\u0022", "\\\""));
    }

    [Fact]
    public async Task A_schema_is_answered_with_the_smallest_object()
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        const string schema = """
            {"type":"object","required":["name","age","kind","next"],"properties":{"name":{"type":"string"},"age":{"type":"integer"},
            "kind":{"enum":["a","b"]},"next":{"$ref":"#/$defs/next"},"extra":{"type":"string"}},"$defs":{"next":{"type":["array","null"]}}}
            """;
        const string minimal = """{"name":"","age":0,"kind":"a","next":[]}""";

        string openAI = $$$""","response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{{{schema}}}}}""";
        JsonElement json = Parse((await OpenAIAsync(fakes, OpenAIBody(extra: openAI))).Body);
        Assert.Equal(minimal, json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());

        string anthropic = $$$""","output_config":{"format":{"type":"json_schema","schema":{{{schema}}}}}""";
        json = Parse((await AnthropicAsync(fakes, AnthropicBody(extra: anthropic))).Body);
        Assert.Equal(minimal, json.GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(OpenAIPath, """{"model":"m","messages":[{"role":"user","content":"x"}]}""", "X-None: 1", 401, "You didn't provide an API key.")]
    [InlineData(OpenAIPath, """{"model":"m","messages":[{"role":"user","content":"x"}]}""", "Authorization: Bearer sk-wrong", 401, "invalid_api_key")]
    [InlineData(OpenAIPath, """{"messages":[{"role":"user","content":"x"}]}""", "Authorization: Bearer k", 400, "model parameter")]
    [InlineData(OpenAIPath, """{"model":"m"}""", "Authorization: Bearer k", 400, "missing_required_parameter")]
    [InlineData(OpenAIPath, """{"model":""", "Authorization: Bearer k", 400, "parse the JSON")]
    [InlineData(AnthropicPath, """{"model":"m","max_tokens":1,"messages":[{}]}""", "anthropic-version: 1", 401, "authentication_error")]
    [InlineData(AnthropicPath, """{"model":"m","max_tokens":1,"messages":[{}]}""", "x-api-key: sk-wrong", 401, "invalid x-api-key")]
    [InlineData(AnthropicPath, """{"model":"m","max_tokens":1,"messages":[{}]}""", "x-api-key: k", 400, "anthropic-version: header is required")]
    [InlineData(AnthropicPath, """{"max_tokens":1,"messages":[{}]}""", "x-api-key: k|anthropic-version: 1", 400, "model: Field required")]
    [InlineData(AnthropicPath, """{"model":"m","max_tokens":1}""", "x-api-key: k|anthropic-version: 1", 400, "messages: Field required")]
    [InlineData(AnthropicPath, """{"model":"m","messages":[{}]}""", "x-api-key: k|anthropic-version: 1", 400, "max_tokens: Field required")]
    [InlineData("elsewhere/v1/files", "{}", "x-api-key: k", 404, "")]
    [InlineData("chat/completions", "{}", "Authorization: Bearer k", 404, "")]
    public async Task Bad_requests_are_refused_as_the_provider_refuses_them(string path, string body, string headers, int status, string says)
    {
        await using var fakes = await FakeProviderServer.StartAsync();
        RawAnswer answer = await PostAsync(fakes, path, body, headers.Split('|'));
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(says, answer.Body);
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static JsonElement Delta(JsonElement chunk) => chunk.GetProperty("choices")[0].GetProperty("delta");

    private static string[] Events(string body)
    {
        Assert.EndsWith("\n\n(end)", body);
        return body[..^"\n\n(end)".Length].Split("\n\n");
    }

    private static (string Name, JsonElement Data) Typed(string text)
    {
        string[] lines = text.Split('\n');
        return (lines[0]["event: ".Length..], Parse(lines[1]["data: ".Length..]));
    }
}
