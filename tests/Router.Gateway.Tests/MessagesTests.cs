using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests;

/// <summary>What clients of Anthropic's API have of their own.</summary>
public sealed class MessagesTests
{
    [Fact]
    public async Task A_request_of_Claude_Code_reaches_a_model_of_OpenAIs()
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/v1/messages?beta=true", """
            {"model":"thinker","max_tokens":32000,"stream":true,
             "system":[{"type":"text","text":"You are Claude Code.","cache_control":{"type":"ephemeral"}},{"type":"text","text":"Be short."}],
             "messages":[
               {"role":"user","content":[{"type":"text","text":"<system-reminder>x</system-reminder>"},{"type":"text","text":"List files","cache_control":{"type":"ephemeral"}}]},
               {"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"of-another"},{"type":"tool_use","id":"toolu_1","name":"Bash","input":{"command":"ls"}}]},
               {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","is_error":true,"content":[{"type":"text","text":"no such directory"}]},{"type":"text","text":"Try again"}]}],
             "tools":[{"name":"Bash","description":"Runs","input_schema":{"type":"object","properties":{"command":{"type":"string"}},"required":["command"]},"cache_control":{"type":"ephemeral"}}],
             "tool_choice":{"type":"any","disable_parallel_tool_use":true},
             "thinking":{"type":"enabled","budget_tokens":10000},"metadata":{"user_id":"user_a_account_b_session_c"},"temperature":1}
            """);
        Assert.True(got.Status is 200, got.Body);
        var sent = JsonNode.Parse(world.Providers!["openai/gpt-5-mini"].Requests[0].Body)!;
        Assert.Equal(32000, (int)sent["max_output_tokens"]!);
        Assert.Equal("medium", (string?)sent["reasoning"]!["effort"]);
        Assert.Equal("required", (string?)sent["tool_choice"]);
        Assert.False((bool)sent["parallel_tool_calls"]!);
        Assert.False(sent.AsObject().ContainsKey("metadata"));
        Assert.Equal(["message", "message", "function_call", "function_call_output", "message"], sent["input"]!.AsArray().Select(item => (string?)item!["type"]));
        Assert.Equal("no such directory", (string?)Assert.Single(sent["input"]!.AsArray(), item => (string?)item!["type"] is "function_call_output")!["output"]);
        Assert.DoesNotContain("of-another", sent.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cache_points_reach_Claude_at_Bedrock()
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/v1/messages", """
            {"model":"bedrock","max_tokens":100,"system":[{"type":"text","text":"Long","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":[{"type":"text","text":"Hi","cache_control":{"type":"ephemeral"}}]}],
             "tools":[{"name":"t","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"}}],"top_k":5,"stop_sequences":["END"]}
            """);
        Assert.True(got.Status is 200, got.Body);
        JsonNode sent = JsonNode.Parse(world.Providers!["bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0"].Requests[0].Body)!;
        Assert.NotNull(sent["system"]![1]!["cachePoint"]);
        Assert.NotNull(sent["messages"]![0]!["content"]![1]!["cachePoint"]);
        Assert.NotNull(sent["toolConfig"]!["tools"]![1]!["cachePoint"]);
        Assert.Equal("END", (string?)sent["inferenceConfig"]!["stopSequences"]![0]);
        Assert.Equal(5, (int)sent["additionalModelRequestFields"]!["top_k"]!);
    }

    [Theory]
    [InlineData("""{"type":"disabled"}""", "minimal")]
    [InlineData("""{"type":"enabled","budget_tokens":4000}""", "low")]
    [InlineData("""{"type":"adaptive"}""", "high")]
    public async Task Thinking_becomes_an_effort(string thinking, string effort)
    {
        await using World world = await World.StartAsync();
        await world.PostAsync("/v1/messages", $$"""{"model":"thinker","max_tokens":100,"messages":[{"role":"user","content":"Hi"}],"thinking":{{thinking}}}""");
        Assert.Equal(effort, (string?)JsonNode.Parse(world.Providers!["openai/gpt-5-mini"].Requests[0].Body)!["reasoning"]!["effort"]);
    }

    [Fact]
    public async Task Documents_and_schemas_arrive()
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/v1/messages", """
            {"model":"gemini","max_tokens":100,"output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}}},
             "messages":[{"role":"user","content":[
               {"type":"document","title":"Notes","source":{"type":"text","media_type":"text/plain","data":"It rained."}},
               {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}},
               {"type":"search_result","title":"T","source":"https://a.example","content":[{"type":"text","text":"Found"}]}]}]}
            """);
        Assert.True(got.Status is 200, got.Body);
        string sent = world.Providers!["gemini/gemini-3.5-flash"].Requests[0].Body;
        Assert.All((string[])["It rained.", "Notes", "JVBERi0=", "application/pdf", "Found", "https://a.example", "chema"], part => Assert.Contains(part, sent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"type":"tool_use","id":"t","name":"draw","input":{"type":"image","of":[{"type":"document"}]}}""", """{"type":"tool_result","tool_use_id":"t","content":"Done"}""", 200)]
    [InlineData("""{"type":"text","text":"Look"}""", """{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}""", 400)]
    public async Task Only_what_a_model_must_see_asks_for_one_that_sees(string said, string asked, int status)
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/v1/messages", $$$"""{"model":"text","max_tokens":100,"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{{{said}}}]},{"role":"user","content":[{{{asked}}}]}]}""");
        Assert.True(status == got.Status, got.Body);
    }

    [Fact]
    public async Task Events_come_in_the_order_of_Anthropics()
    {
        await using World world = await World.StartAsync(new Upstream().ThenStream(Wire.OpenAIThinksInPieces));
        Got got = await world.PostAsync("/v1/messages", """{"model":"responses","max_tokens":9,"messages":[{"role":"user","content":"Hi"}],"stream":true,"tools":[{"name":"weather","input_schema":{"type":"object"}}]}""");
        SentEvent[] events = SentEvent.Parse(got.Body);
        Assert.Equal(
            ["message_start", "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop", "content_block_start", "content_block_delta", "content_block_stop", "message_delta", "message_stop"],
            events.Select(sent => sent.Name));
        Assert.Equal(["thinking_delta", "signature_delta", "input_json_delta"], events.Where(sent => sent.Name is "content_block_delta").Select(sent => (string?)sent.Json["delta"]!["type"]));
        Assert.Equal("""{"type":"tool_use","id":"call_1","name":"weather","input":{}}""", events[5].Json["content_block"]!.ToJsonString());
        Assert.Equal("""{"input_tokens":25,"cache_creation_input_tokens":0,"cache_read_input_tokens":100,"output_tokens":7}""", events[^2].Json["usage"]!.ToJsonString());
    }

    [Theory]
    [InlineData("claude")]
    [InlineData("chat")]
    public async Task Tokens_are_counted(string group)
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/v1/messages/count_tokens", $$"""{"model":"{{group}}","messages":[{"role":"user","content":"How many tokens are these?"}]}""");
        Assert.True(got.Status is 200, got.Body);
        Assert.InRange((int)JsonNode.Parse(got.Body)!["input_tokens"]!, 3, 60);
    }

    [Theory]
    [InlineData("""{"model":"nothing","messages":[{"role":"user","content":"x"}]}""", 404)]
    [InlineData("""{"model":"chat","messages":[]}""", 400)]
    public async Task What_cannot_be_counted_is_an_error(string body, int status)
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/v1/messages/count_tokens", body);
        Assert.Equal(status, got.Status);
        Assert.Equal("error", (string?)JsonNode.Parse(got.Body)!["type"]);
    }
}
