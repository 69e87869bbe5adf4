using System.Text.Json.Nodes;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests;

/// <summary>Where the deployment speaks the client's dialect, what is not the router's concern goes through byte for byte.</summary>
public sealed class PassingTests
{
    // Members, blocks, events and spaces that no one knows.
    private static readonly Dictionary<string, (string Path, string Group, string Model, string Request, string Answer, string Stream)> Cases = new()
    {
        ["chat"] = ("/v1/chat/completions", "chat", "gpt-4o-mini",
            """{"model":"GROUP","messages":[ {"role":"user","content":[{"type":"hologram","depth":1.50}],"mood":"\u00e9"} ],"made_up":{"a":[1,2.0,3e2]},"prediction" : null""",
            """{ "id":"c","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Hi","aura":"blue"},"finish_reason":"stop","made_up":[1.0]}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2},"novel":{"x":1e3}}""",
            Wire.Unnamed(
                """{"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi","aura":1.50}}],"novel":[ ]}""",
                """{"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
                "[DONE]")),
        ["messages"] = ("/v1/messages", "claude", "claude-haiku-4-5",
            """{"model":"GROUP","max_tokens":5,"system":[{"type":"text","text":"x","cache_control":{"type":"ephemeral","ttl":"1h"},"made_up":1}],"messages":[ {"role":"user","content":[{"type":"hologram","depth":1.50}],"mood":"\u00e9"} ],"made_up":{"a":[1,2.0,3e2]}""",
            """{ "id":"c","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"Hi","aura":"blue"},{"type":"hologram","z":1.50}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1,"novel":{"x":1e3}}}""",
            Wire.Named(
                """{"type":"message_start","message":{"id":"c","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":1,"output_tokens":1},"novel":1.50}}""",
                """{"type":"aurora","made_up":[ ]}""",
                """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"","aura":1e3}}""",
                """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi","mood":"\u00e9"}}""",
                """{"type":"content_block_stop","index":0}""",
                """{"type":"message_delta","delta":{"stop_reason":"end_turn","novel":null},"usage":{"output_tokens":1}}""",
                """{"type":"message_stop"}""")),
        ["responses"] = ("/v1/responses", "responses", "gpt-5-mini",
            """{"model":"GROUP","input":[ {"type":"hologram","depth":1.50,"mood":"\u00e9"} ],"made_up":{"a":[1,2.0,3e2]},"store":true""",
            """{ "id":"resp_1","object":"response","status":"completed","model":"m","output":[{"type":"hologram","z":1.50},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hi","aura":"blue"}]}],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2},"novel":{"x":1e3}}""",
            Wire.Named(
                """{"type":"response.created","response":{"id":"resp_1","status":"in_progress","output":[],"novel":1.50}}""",
                """{"type":"response.aurora","made_up":[ ]}""",
                """{"type":"response.output_text.delta","output_index":0,"content_index":0,"item_id":"m","delta":"Hi","mood":"\u00e9"}""",
                """{"type":"response.completed","response":{"id":"resp_1","object":"response","status":"completed","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hi","aura":1e3}]}],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}}""")),
    };

    public static readonly TheoryData<string> Dialects = ["chat", "messages", "responses"];

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_whole_answer_goes_through(string dialect)
    {
        (string path, string group, string model, string request, string answer, _) = Cases[dialect];
        Upstream upstream = new Upstream().Then(answer);
        await using World world = await World.StartAsync(upstream);
        Got reply = await world.PostAsync(path, request.Replace("GROUP", group, StringComparison.Ordinal) + "}");
        Assert.Equal((200, answer), (reply.Status, reply.Body));

        // The model is another, and behind the client's members may stand what the provider is to do otherwise than it would.
        string sent = upstream.Requests[0].Body;
        Assert.Equal(model, (string?)JsonNode.Parse(sent)!["model"]);
        Assert.Contains(request[request.IndexOf(',', StringComparison.Ordinal)..], sent, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_stream_goes_through(string dialect)
    {
        (string path, string group, _, string request, _, string stream) = Cases[dialect];
        Upstream upstream = new Upstream().ThenStream(stream);
        await using World world = await World.StartAsync(upstream);
        string body = request.Replace("GROUP", group, StringComparison.Ordinal) + ""","stream":true}""";
        Got reply = await world.PostAsync(path, body);
        Assert.Equal((200, stream), (reply.Status, reply.Body));
        Assert.Contains(body[body.IndexOf(',', StringComparison.Ordinal)..^1], upstream.Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_usage_of_a_stream_is_asked_for_and_shown_only_to_a_client_that_asked()
    {
        string usage = """{"id":"c","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";
        string[] events = ["""{"id":"c","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}""", usage, "[DONE]"];
        Upstream upstream = new Upstream().ThenStream(Wire.Unnamed(events));
        await using World world = await World.StartAsync(upstream);
        Got silent = await world.PostAsync("/v1/chat/completions", """{"model":"chat","messages":[{"role":"user","content":"Hi"}],"stream":true}""");
        Got told = await world.PostAsync("/v1/chat/completions", """{"model":"chat","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}""");
        Assert.Equal(Wire.Unnamed(events[0], events[2]), silent.Body);
        Assert.Equal(Wire.Unnamed(events), told.Body);
        Assert.All(upstream.Requests, request => Assert.True((bool)JsonNode.Parse(request.Body)!["stream_options"]!["include_usage"]!));
    }

    [Fact]
    public async Task An_event_of_several_lines_stays_one()
    {
        string stream = "data: {\"id\":\"c\",\ndata: \"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\ndata: \"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        await using World world = await World.StartAsync(new Upstream().ThenStream(stream));
        Got got = await world.PostAsync("/v1/chat/completions", """{"model":"chat","messages":[{"role":"user","content":"Hi"}],"stream":true}""");
        Assert.Equal(stream, got.Body);
    }

    [Theory]
    [InlineData("claude", "2023-06-01", "interleaved-thinking-2025-05-14,made-up-2026-01-01")]
    [InlineData("headed", "2023-06-01", "context-1m-2025-08-07, interleaved-thinking-2025-05-14,made-up-2026-01-01")]
    public async Task Headers_of_Anthropics_go_through_once(string group, string version, string betas)
    {
        Upstream upstream = new Upstream().Then(Wire.Short("claude", "end_turn"));
        await using World world = await World.StartAsync(upstream);
        await world.PostAsync(
            "/v1/messages", $$"""{"model":"{{group}}","max_tokens":5,"messages":[{"role":"user","content":"Hi"}]}""",
            ("anthropic-version", version), ("anthropic-beta", "interleaved-thinking-2025-05-14,made-up-2026-01-01"), ("x-api-key", "sk-of-the-client"), ("authorization", "Bearer of-the-client"));
        Assert.Equal([version], upstream.Requests[0].Headers.GetValues("anthropic-version"));
        Assert.Equal(betas, string.Join(", ", upstream.Requests[0].Headers.GetValues("anthropic-beta")));
        Assert.Equal(["sk-secret-of-a-provider"], upstream.Requests[0].Headers.GetValues("x-api-key"));
        Assert.Null(upstream.Requests[0].Headers.Authorization);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_to_Claude_at_Bedrock_goes_through(bool stream)
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync(
            "/v1/messages", $$"""{"model":"invoke","max_tokens":50,"messages":[{"role":"user","content":"Hi","mood":1.50}],"made_up":[1.0],"stream":{{(stream ? "true" : "false")}}}""", ("anthropic-version", "2023-06-01"), ("anthropic-beta", "made-up, other"));
        Assert.True(got.Status is 200, got.Body);
        RecordedRequest request = Assert.Single(world.Providers!["bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0"].Requests);
        Assert.Equal("""{"anthropic_version":"bedrock-2023-05-31","anthropic_beta":["made-up","other","context-1m-2025-08-07"],"max_tokens":50,"messages":[{"role":"user","content":"Hi","mood":1.50}],"made_up":[1.0]}""", request.Body);
        Assert.False(request.Headers.ContainsKey("anthropic-beta"));
        var client = new MessagesClient();
        Assert.StartsWith("Hello from", (stream ? client.Read(SentEvent.Parse(got.Body)) : client.Read(JsonNode.Parse(got.Body)!)).Text, StringComparison.Ordinal);

        // A stream that is written anew has no pings.
        if (stream) Assert.Contains(SentEvent.Parse(got.Body), sent => sent.Name is "ping");
    }

    [Fact]
    public async Task A_parameter_that_the_model_does_not_take_is_left_out()
    {
        Upstream upstream = new Upstream().Then(Wire.OpenAIThinks);
        await using World world = await World.StartAsync(upstream);
        await world.PostAsync("/v1/responses", """{"model":"responses","input":"Hi","top_k":5,"stop":["x"],"novel":1}""");
        var sent = JsonNode.Parse(upstream.Requests[0].Body)!.AsObject();
        Assert.True(sent.ContainsKey("novel"));
        Assert.False(sent.ContainsKey("top_k"));
    }
}
