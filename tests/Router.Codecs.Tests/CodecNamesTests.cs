using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>Names of tools in any alphabet, and ids of calls, in what each API takes, and back.</summary>
public sealed class CodecNamesTests
{
    private static readonly string[] Names =
    [
        "github.create_issue", "github/create_issue", "github create_issue", "github:create_issue", "github_create_issue", "wetter für übermorgen", "天気", "天候", "🌦", "🌧", "",
        new('a', 64), new('a', 65), new('a', 66), new string('a', 70) + ".b", new string('a', 70) + ".c", "__", ". .", "-",
    ];

    private static readonly ModelProfile Model = new("test", "m") { Capabilities = ModelCapabilities.Tools, Parameters = ModelParameters.ParallelToolCalls | ModelParameters.RequiredToolChoice };

    [Fact]
    public void Each_name_is_valid_on_the_wire_and_its_own()
    {
        string[] wire = [.. Names.Select(CodecNames.ToWire)];
        Assert.All(wire, name => Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", name));
        Assert.Equal(wire.Length, wire.Distinct().Count());
        Assert.Equal(wire, Names.Select(CodecNames.ToWire));
        Assert.Equal("github_create_issue", CodecNames.ToWire("github_create_issue"));
        Assert.Equal("github_create_issue_" + (CodecHash.Of("github.create_issue") & 0xFFFF_FFFF_FFFF).ToString("x12"), CodecNames.ToWire("github.create_issue"));
    }

    [Fact]
    public void Each_name_comes_back_and_what_no_tool_has_stays()
    {
        ChatOptions options = new() { Tools = [.. Names.Where(name => name.Length > 0).Select(name => AIFunctionFactory.CreateDeclaration(name, null, default))] };
        Assert.All(Names.Where(name => name.Length > 0), name => Assert.Equal(name, CodecNames.FromWire(CodecNames.ToWire(name), options)));
        Assert.Equal("made_up", CodecNames.FromWire("made_up", options));
        Assert.Equal("made_up", CodecNames.FromWire("made_up", null));
        Assert.Equal("made_up", CodecNames.FromWire("made_up", new ChatOptions()));
    }

    [Theory]
    [InlineData("github.create_issue", false, false)]
    [InlineData("github.create_issue", true, false)]
    [InlineData("天気", false, true)]
    [InlineData("天気", true, true)]
    public async Task A_tool_of_any_name_is_called(string name, bool stream, bool anthropic)
    {
        string wire = CodecNames.ToWire(name);
        string[] call = (anthropic, stream) switch
        {
            (false, false) => [$$$"""{"choices":[{"message":{"tool_calls":[{"id":"c1","type":"function","function":{"name":"{{{wire}}}","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}"""],
            (false, true) => [$$$"""{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"{{{wire}}}","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""", "[DONE]"],
            (true, false) => [$$$"""{"id":"m1","type":"message","content":[{"type":"tool_use","id":"c1","name":"{{{wire}}}","input":{}}],"stop_reason":"tool_use"}"""],
            (true, true) =>
            [
                """{"type":"message_start","message":{"id":"m1"}}""",
                $$$$"""{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"c1","name":"{{{{wire}}}}","input":{}}}""",
                """{"type":"content_block_stop","index":0}""", """{"type":"message_delta","delta":{"stop_reason":"tool_use"}}""", """{"type":"message_stop"}""",
            ],
        };
        string[] end = (anthropic, stream) switch
        {
            (false, false) => ["""{"choices":[{"message":{"content":"done"},"finish_reason":"stop"}]}"""],
            (false, true) => ["""{"choices":[{"delta":{"content":"done"},"finish_reason":"stop"}]}""", "[DONE]"],
            (true, false) => ["""{"id":"m2","type":"message","content":[{"type":"text","text":"done"}],"stop_reason":"end_turn"}"""],
            (true, true) =>
            [
                """{"type":"message_start","message":{"id":"m2"}}""", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"done"}}""",
                """{"type":"content_block_stop","index":0}""", """{"type":"message_delta","delta":{"stop_reason":"end_turn"}}""", """{"type":"message_stop"}""",
            ],
        };
        ScriptedModel model = anthropic ? ScriptedModel.Anthropic(Model, call, end) : ScriptedModel.OpenAI(Model, call, end);
        int calls = 0;
        ChatOptions options = new() { Tools = [AIFunctionFactory.Create(() => ++calls, name)], ToolMode = ChatToolMode.RequireSpecific(name) };
        IChatClient client = model.AsBuilder().UseFunctionInvocation().Build();
        ChatResponse answer = stream ? await client.GetStreamingResponseAsync("hi", options).ToChatResponseAsync() : await client.GetResponseAsync("hi", options);

        Assert.Equal("done", answer.Messages[^1].Text);
        Assert.Equal(1, calls);
        string all = string.Concat(model.Requests.Select(request => request.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })));
        Assert.DoesNotContain($"\"name\":\"{name}\"", all);
        Assert.Equal(4, Regex.Count(all, Regex.Escape($"\"name\":\"{wire}\""))); // The tool twice, the choice (dropped once it is met), the call of the history.
    }

    [Theory]
    [InlineData("chatcmpl-tool-0123456789abcdef0123456789abcdef")]
    [InlineData("toolu_01A09q90qw90lq917835lq9")]
    [InlineData("call_é:1")]
    [InlineData("D681PevKs")]
    [InlineData("")]
    public void Ids_of_calls_are_fitted_alike_in_call_and_result(string id)
    {
        foreach ((OpenAIQuirks quirks, string pattern) in new[] { (OpenAIQuirks.ShortCallIds, "^[a-zA-Z0-9]{9}$"), (OpenAIQuirks.None, "^.{1,40}$") })
        {
            var body = new RequestWriter();
            ChatMessage[] messages = [new(ChatRole.Assistant, [new FunctionCallContent(id, "f")]), new(ChatRole.Tool, [new FunctionResultContent(id, "x")])];
            Assert.Null(OpenAIChatRequest.Write(new ChatRequest(messages, null, false), body, "{\"model\":\"m\""u8, new ModelProfile("test", "m") { Capabilities = ModelCapabilities.Tools, Quirks = (int)quirks }));
            var sent = System.Text.Json.Nodes.JsonNode.Parse(body.WrittenMemory.Span)!["messages"]!;
            string? call = (string?)sent[0]!["tool_calls"]![0]!["id"];
            Assert.Matches(pattern, call);
            Assert.Equal(call, (string?)sent[1]!["tool_call_id"]);
            if (Regex.IsMatch(id, pattern)) Assert.Equal(id, call);
        }
    }

    [Fact]
    public void Short_ids_of_different_calls_differ()
    {
        IEnumerable<string> ids = Enumerable.Range(0, 10_000).Select(i => "functions.get_weather:" + i);
        Assert.Equal(10_000, ids.Select(CodecNames.ShortCallId).Distinct().Count());
        Assert.Equal(10_000, ids.Select(id => CodecNames.CallId(id, 64)).Distinct().Count());
        Assert.NotEqual(CodecNames.CallId("a.b", 64), CodecNames.CallId("a:b", 64));
    }
}
