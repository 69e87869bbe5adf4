using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests;

/// <summary>What clients of the Responses API have of their own.</summary>
public sealed class ResponsesTests
{
    /// <summary>The twelve members that Codex sends, with the kinds of tools that it declares.</summary>
    private const string Codex = """
        {
          "model": "claude",
          "instructions": "You are a coding agent.",
          "input": [
            {"type":"message","role":"developer","content":[{"type":"input_text","text":"Sandbox: read-only."}]},
            {"type":"message","role":"user","content":[{"type":"input_text","text":"ACTION"}]}
          ],
          "tools": [
            {"type":"function","name":"exec_command","description":"Runs a command.","strict":false,"parameters":{"type":"object","properties":{"cmd":{"type":"string"}},"required":["cmd"],"additionalProperties":false}},
            {"type":"custom","name":"apply_patch","description":"Edits files.","format":{"type":"grammar","syntax":"lark","definition":"start: /.+/s"}},
            {"type":"namespace","name":"mcp__files","description":"Files.","tools":[{"type":"function","name":"read","parameters":{"type":"object","properties":{"path":{"type":"string"}}}}]},
            {"type":"web_search","external_web_access":false},
            {"type":"local_shell"},
            {"type":"image_generation","output_format":"png"},
            {"type":"tool_search","execution":"client","description":"d","parameters":{"type":"object"}}
          ],
          "tool_choice": "auto",
          "parallel_tool_calls": true,
          "reasoning": {"effort":"medium","summary":"auto"},
          "store": false,
          "stream": true,
          "include": ["reasoning.encrypted_content"],
          "prompt_cache_key": "019b-session",
          "text": {"verbosity":"low"},
          "client_metadata": {"x-codex-installation-id":"i"}
        }
        """;

    // What the object of an answer always has, in the published schema and in OpenAI's libraries.
    private static readonly string[] Demanded =
    [
        "id", "object", "created_at", "status", "error", "incomplete_details", "instructions", "metadata", "model", "output", "parallel_tool_calls", "temperature", "tool_choice", "tools", "top_p", "usage",
    ];

    [Theory]
    [InlineData("claude")]
    [InlineData("gemini")]
    [InlineData("converse")]
    [InlineData("chat")]
    public async Task Codex_works_with_a_model_of_any_dialect(string group)
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/responses", Codex.Replace("ACTION", "Say hello", StringComparison.Ordinal).Replace("\"claude\"", $"\"{group}\"", StringComparison.Ordinal));
        Assert.True(got.Status is 200, got.Body);
        SentEvent[] events = SentEvent.Parse(got.Body);
        Assert.Equal("response.completed", events[^1].Name);
        Assert.StartsWith("Hello from", new ResponsesClient().Read(events).Text, StringComparison.Ordinal);
        string sent = world.Providers![MatrixTests.Deployments[group]].Requests[0].Body;
        Assert.Contains("exec_command", sent, StringComparison.Ordinal);
        Assert.Contains("mcp__files__read", sent, StringComparison.Ordinal);
        Assert.Contains("You are a coding agent.", sent, StringComparison.Ordinal);
        Assert.All((string[])["local_shell", "web_search", "image_generation", "tool_search", "client_metadata", "prompt_cache_key"], name => Assert.DoesNotContain(name, sent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tool_that_takes_a_text_is_called_with_a_text()
    {
        await using World world = await World.StartAsync();
        string action = JsonEncodedText.Encode("""call apply_patch {"input":"*** Begin Patch\n"}""").ToString();
        Got got = await world.PostAsync("/v1/responses", Codex.Replace("ACTION", action, StringComparison.Ordinal));
        SentEvent[] events = SentEvent.Parse(got.Body);
        JsonNode item = Assert.Single(events, sent => sent.Name is "response.output_item.done").Json["item"]!;
        Assert.Equal(("custom_tool_call", "apply_patch", "*** Begin Patch\n"), ((string?)item["type"], (string?)item["name"], (string?)item["input"]));
        Assert.Equal("*** Begin Patch\n", (string?)Assert.Single(events, sent => sent.Name is "response.custom_tool_call_input.done").Json["input"]);

        // Its output comes back, and the call as it was.
        JsonNode request = JsonNode.Parse(Codex.Replace("ACTION", "Edit", StringComparison.Ordinal))!;
        request["input"]!.AsArray().Add(item.DeepClone());
        request["input"]!.AsArray().Add(new JsonObject { ["type"] = "custom_tool_call_output", ["call_id"] = (string?)item["call_id"], ["output"] = "Done" });
        got = await world.PostAsync("/v1/responses", request.ToJsonString());
        Assert.Contains("The tool said: \\\"Done\\\"", got.Body.Replace("\\u0022", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("""{"input":"*** Begin Patch\n"}""", world.Providers!["anthropic/claude-haiku-4-5"].Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_of_a_namespace_is_called_in_it()
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/v1/responses", Codex.Replace("ACTION", "call mcp__files__read", StringComparison.Ordinal));
        JsonNode item = Assert.Single(SentEvent.Parse(got.Body), sent => sent.Name is "response.output_item.done").Json["item"]!;
        Assert.Equal(("function_call", "mcp__files", "read"), ((string?)item["type"], (string?)item["namespace"], (string?)item["name"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_has_all_that_clients_expect(bool stream)
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/v1/responses", $$"""{"model":"claude","input":"Hi","store":true,"temperature":0.5,"metadata":{"a":"b"},"stream":{{(stream ? "true" : "false")}}}""");
        JsonNode response = stream ? SentEvent.Parse(got.Body)[^1].Json["response"]! : JsonNode.Parse(got.Body)!;
        Assert.All(Demanded, name => Assert.True(response.AsObject().ContainsKey(name), name));
        Assert.False((bool)response["store"]!);
        Assert.Equal(0.5, (double)response["temperature"]!);
        Assert.Equal("b", (string?)response["metadata"]!["a"]);
        Assert.StartsWith("resp_", (string?)response["id"], StringComparison.Ordinal);
        Assert.Equal(["input_tokens", "input_tokens_details", "output_tokens", "output_tokens_details", "total_tokens"], response["usage"]!.AsObject().Select(member => member.Key));
        Assert.DoesNotContain("store", world.Providers!["anthropic/claude-haiku-4-5"].Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_come_in_the_order_of_OpenAIs()
    {
        await using World world = await World.StartAsync(new Upstream().ThenStream(Wire.ClaudeThinksInPieces));
        Got got = await world.PostAsync("/v1/responses", """{"model":"claude","input":"Hi","stream":true,"tools":[{"type":"function","name":"weather","parameters":{"type":"object"}}]}""");
        Assert.Equal(
            [
                "response.created", "response.in_progress",
                "response.output_item.added", "response.reasoning_summary_part.added", "response.reasoning_summary_text.delta", "response.reasoning_summary_text.delta",
                "response.reasoning_summary_text.done", "response.reasoning_summary_part.done", "response.output_item.done",
                "response.output_item.added", "response.output_item.done",
                "response.output_item.added", "response.content_part.added", "response.output_text.delta", "response.output_text.done", "response.content_part.done", "response.output_item.done",
                "response.output_item.added", "response.function_call_arguments.delta", "response.function_call_arguments.done", "response.output_item.done",
                "response.completed",
            ],
            SentEvent.Parse(got.Body).Select(sent => sent.Name));
        Assert.Equal([0, 1, 2, 3], SentEvent.Parse(got.Body).Where(sent => sent.Name is "response.output_item.done").Select(sent => (int)sent.Json["output_index"]!));
    }

    [Theory]
    [InlineData("/v1/responses")]
    [InlineData("/responses")]
    public async Task A_WebSocket_is_refused_for_good(string path)
    {
        await using World world = await World.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Connection.Add("Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        using HttpResponseMessage response = await world.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("invalid_request_error", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["type"]);
    }

    [Fact]
    public async Task A_plain_GET_is_told_the_method()
    {
        await using World world = await World.StartAsync();
        using HttpResponseMessage response = await world.Http.GetAsync("/v1/responses");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("""{"format":{"type":"json_schema","name":"city","strict":true,"schema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}}}""", "output_config")]
    [InlineData("""{"format":{"type":"text"}}""", null)]
    public async Task A_schema_for_the_answer_arrives(string text, string? member)
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/v1/responses", $$"""{"model":"claude","input":"Hi","text":{{text}}}""");
        Assert.True(got.Status is 200, got.Body);
        Assert.Equal(member is not null, world.Providers!["anthropic/claude-haiku-4-5"].Requests[0].Body.Contains("output_config", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Allowed_tools_are_the_only_ones()
    {
        await using World world = await World.StartAsync();
        await world.PostAsync("/v1/responses", """
            {"model":"claude","input":"Hi","tool_choice":{"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"b"}]},
             "tools":[{"type":"function","name":"a","parameters":{"type":"object"}},{"type":"function","name":"b","parameters":{"type":"object"}}]}
            """);
        JsonNode sent = JsonNode.Parse(world.Providers!["anthropic/claude-haiku-4-5"].Requests[0].Body)!;
        Assert.Equal("b", (string?)Assert.Single(sent["tools"]!.AsArray())!["name"]);
        Assert.Equal("any", (string?)sent["tool_choice"]!["type"]);
    }
}
