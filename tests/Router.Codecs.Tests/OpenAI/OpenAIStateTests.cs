using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIChat;

/// <summary>What a model sends of its own state goes back to it with the next turn, as it came, and to no other model.</summary>
public sealed class OpenAIStateTests
{
    private const string Call = """{"index":0,"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Oslo\"}"}}""";
    private const string SignedCall = """{"index":0,"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Oslo\"}"},"extra_content":{"google":{"thought_signature":"SIG1"}}}""";

    private static readonly ModelProfile DeepSeek = Of("deepseek", "deepseek-v4-pro", OpenAIQuirks.ReturnsReasoningContent | OpenAIQuirks.ReasoningContentWithCalls);
    private static readonly ModelProfile Server = Of("own", "qwen", OpenAIQuirks.ReturnsReasoningContent | OpenAIQuirks.ReturnsReasoning);
    private static readonly ModelProfile GptOss = Of("groq", "openai/gpt-oss-120b", OpenAIQuirks.ReturnsReasoning);
    private static readonly ModelProfile OpenRouter = Of("openrouter", "anthropic/claude", OpenAIQuirks.ReturnsReasoningDetails | OpenAIQuirks.ReturnsReasoning);
    private static readonly ModelProfile Gemini = Of("gemini", "gemini-3-flash", OpenAIQuirks.ReturnsExtraContent | OpenAIQuirks.SignatureWithCalls);
    private static readonly ModelProfile Gpt = Of("openai", "gpt-4o", OpenAIQuirks.None);

    private static readonly ChatOptions WithTool = new() { Tools = [AIFunctionFactory.Create((string city) => "sunny in " + city, "get_weather")] };

    /// <summary>A case: the model, its first answer whole and in events, and the member of the assistant's turn that must come back with its value.</summary>
    public static TheoryData<string, string[], string, string> Cases => new()
    {
        {
            "deepseek",
            [Delta("""{"reasoning_content":"I need "}"""), Delta("""{"reasoning_content":"the tool."}"""), Delta($$"""{"tool_calls":[{{Call}}]}"""), End("tool_calls"), "[DONE]"],
            Message("\"content\":\"\",\"reasoning_content\":\"I need the tool.\",\"tool_calls\":[" + Call + "]"),
            """{"reasoning_content":"I need the tool."}"""
        },
        {
            "groq",
            [Delta("""{"reasoning":"I need "}"""), Delta("""{"reasoning":"the tool."}"""), Delta($$"""{"tool_calls":[{{Call}}]}"""), End("tool_calls"), "[DONE]"],
            Message("\"reasoning\":\"I need the tool.\",\"tool_calls\":[" + Call + "]"),
            """{"reasoning":"I need the tool."}"""
        },
        {
            "own",
            [Delta("""{"reasoning":"I need "}"""), Delta($$"""{"reasoning":"the tool.","content":"Wait.","tool_calls":[{{Call}}]}"""), End("tool_calls"), "[DONE]"],
            Message("\"reasoning\":\"I need the tool.\",\"content\":\"Wait.\",\"tool_calls\":[" + Call + "]"),
            """{"reasoning":"I need the tool.","content":"Wait."}"""
        },
        {
            "openrouter",
            [
                Delta("""{"reasoning":"I need ","reasoning_details":[{"type":"reasoning.text","text":"I need ","format":"anthropic-claude-v1","index":0}]}"""),
                Delta("""{"reasoning":"the tool.","reasoning_details":[{"type":"reasoning.text","text":"the tool.","format":"anthropic-claude-v1","index":0}]}"""),
                Delta("""{"content":"","reasoning_details":[{"type":"reasoning.text","signature":"SIG","format":"anthropic-claude-v1","index":0}]}"""),
                Delta("""{"reasoning_details":[{"type":"reasoning.encrypted","data":"xyz","id":"r1","format":"anthropic-claude-v1","index":1}]}"""),
                Delta($$"""{"tool_calls":[{{Call}}]}"""),
                End("tool_calls"), "[DONE]",
            ],
            Message("""
                "reasoning":"I need the tool.","content":null,"reasoning_details":[{"type":"reasoning.text","text":"I need the tool.","format":"anthropic-claude-v1","index":0,"signature":"SIG"},{"type":"reasoning.encrypted","data":"xyz","id":"r1","format":"anthropic-claude-v1","index":1}],"tool_calls":[
                """ + Call + "]"),
            """{"reasoning_details":[{"type":"reasoning.text","text":"I need the tool.","format":"anthropic-claude-v1","index":0,"signature":"SIG"},{"type":"reasoning.encrypted","data":"xyz","id":"r1","format":"anthropic-claude-v1","index":1}]}"""
        },
        {
            "gemini",
            [Delta($$"""{"tool_calls":[{{SignedCall}}]}"""), End("tool_calls"), "[DONE]"],
            Message("\"tool_calls\":[" + SignedCall + "]"),
            """{"tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Oslo\"}"},"extra_content":{"google":{"thought_signature":"SIG1"}}}]}"""
        },
        {
            "gemini",
            [Delta("""{"content":"Let me "}"""), Delta("""{"content":"see.","extra_content":{"google":{"thought_signature":"TEXT"}}}"""), Delta($$"""{"tool_calls":[{{Call}}]}"""), End("tool_calls"), "[DONE]"],
            Message("\"content\":\"Let me see.\",\"extra_content\":{\"google\":{\"thought_signature\":\"TEXT\"}},\"tool_calls\":[" + Call + "]"),
            """{"content":"Let me see.","extra_content":{"google":{"thought_signature":"TEXT"}}}"""
        },
    };

    /// <summary>The quirks of a model without those that demand something of each turn.</summary>
    private static OpenAIQuirks Lenient(ModelProfile model) => (OpenAIQuirks)model.Quirks & ~(OpenAIQuirks.ReasoningContentWithCalls | OpenAIQuirks.SignatureWithCalls);

    private static ModelProfile Of(string provider, string model, OpenAIQuirks quirks) => new(provider, model) { Capabilities = ModelCapabilities.Tools, Quirks = (int)quirks };

    private static ModelProfile Named(string name) => new[] { DeepSeek, Server, GptOss, OpenRouter, Gemini }.Single(model => model.Name.StartsWith(name + "/", StringComparison.Ordinal));

    private static string Delta(string delta) => $$"""{"id":"x","model":"m","choices":[{"index":0,"delta":{{delta}}}]}""";

    private static string End(string reason) => $$"""{"id":"x","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"{{reason}}"}]}""";

    private static string Message(string members) => $$"""{"id":"x","model":"m","choices":[{"index":0,"message":{"role":"assistant",{{members}}},"finish_reason":"tool_calls"}]}""";

    private static string Text(string text) => $$"""{"id":"y","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{{text}}"},"finish_reason":"stop"}]}""";

    private static string[] Played(bool stream, string[] events, string whole, string text) => stream ? [Delta($$"""{"content":"{{text}}"}"""), End("stop"), "[DONE]"] : [Text(text)];

    private static async Task<ChatResponse> AskAsync(IChatClient client, bool stream, IEnumerable<ChatMessage> messages, ChatOptions? options) => stream
        ? await client.GetStreamingResponseAsync(messages, options).ToChatResponseAsync()
        : await client.GetResponseAsync(messages, options);

    private static JsonNode Turn(ScriptedModel model) => model.Requests[^1]["messages"]!.AsArray().First(message => (string?)message!["role"] == "assistant")!;

    private static void AssertHas(string members, JsonNode turn)
    {
        foreach ((string name, JsonNode? value) in JsonNode.Parse(members)!.AsObject())
        {
            Assert.True(JsonNode.DeepEquals(value, turn[name]), $"{name}: {turn.ToJsonString()}");
        }
    }

    private static void AssertHasNoState(JsonNode turn)
    {
        foreach (string name in new[] { "reasoning", "reasoning_details", "extra_content" }) Assert.False(turn.AsObject().ContainsKey(name), turn.ToJsonString());
        string json = turn.ToJsonString();
        foreach (string secret in new[] { "SIG", "TEXT", "I need", "xyz", "rg1" }) Assert.DoesNotContain(secret, json);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task State_goes_back_with_a_tools_result(string provider, string[] events, string whole, string members)
    {
        foreach (bool stream in new[] { false, true })
        {
            var model = ScriptedModel.OpenAI(Named(provider), stream ? events : [whole], Played(stream, events, whole, "It is sunny."));
            ChatResponse answer = await AskAsync(model.AsBuilder().UseFunctionInvocation().Build(), stream, [new(ChatRole.User, "Weather?")], WithTool);
            Assert.Equal("It is sunny.", answer.Messages[^1].Text);
            AssertHas(members, Turn(model));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task State_survives_the_serialisation_of_the_conversation(string provider, string[] events, string whole, string members)
    {
        foreach (bool stream in new[] { false, true })
        {
            var model = ScriptedModel.OpenAI(Named(provider), stream ? events : [whole], [Text("ok")]);
            List<ChatMessage> messages = [new(ChatRole.User, "Weather?")];
            messages.AddRange((await AskAsync(model, stream, messages, WithTool)).Messages);
            messages.Add(new(ChatRole.Tool, [new FunctionResultContent("call_1", "sunny")]));
            string json = JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions);
            await AskAsync(model, false, JsonSerializer.Deserialize<List<ChatMessage>>(json, AIJsonUtilities.DefaultOptions)!, WithTool);
            AssertHas(members, Turn(model));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task State_goes_to_no_other_model_and_returns_to_its_own(string provider, string[] events, string whole, string members)
    {
        foreach (bool stream in new[] { false, true })
        {
            ModelProfile own = Named(provider);
            var first = ScriptedModel.OpenAI(own, stream ? events : [whole], [Text("back again")]);
            var another = ScriptedModel.OpenAI(Gpt, [Text("me now")]);
            var sibling = ScriptedModel.OpenAI(Of(own.Name.Split('/')[0], "another", Lenient(own)), [Text("me now")]);
            var elsewhere = ScriptedModel.OpenAI(Of("elsewhere", own.Name.Split('/', 2)[1], Lenient(own)), [Text("me now")]);
            var secondKey = ScriptedModel.OpenAI(Of(own.Name.Split('/')[0], own.Name.Split('/', 2)[1], (OpenAIQuirks)own.Quirks), [Text("same model")]);

            List<ChatMessage> messages = [new(ChatRole.User, "Weather?")];
            messages.AddRange((await AskAsync(first, stream, messages, WithTool)).Messages);
            messages.Add(new(ChatRole.Tool, [new FunctionResultContent("call_1", "sunny")]));
            foreach (ScriptedModel foreign in new[] { another, sibling, elsewhere })
            {
                await AskAsync(foreign, false, messages, WithTool);
                AssertHasNoState(Turn(foreign));
                Assert.Equal("get_weather", (string?)Turn(foreign)["tool_calls"]![0]!["function"]!["name"]);
            }

            messages.Add(new(ChatRole.Assistant, "me now"));
            foreach (ScriptedModel same in new[] { first, secondKey })
            {
                await AskAsync(same, false, messages, WithTool);
                AssertHas(members, Turn(same));
            }
        }
    }

    [Fact]
    public async Task Parts_of_a_stream_that_were_not_joined_go_back_joined()
    {
        var model = ScriptedModel.OpenAI(DeepSeek, Cases.First().Data.Item2, [Text("ok")]);
        var contents = new List<AIContent>();
        await foreach (ChatResponseUpdate update in model.GetStreamingResponseAsync([new(ChatRole.User, "Weather?")], WithTool)) contents.AddRange(update.Contents);
        await AskAsync(model, false, [new(ChatRole.User, "Weather?"), new(ChatRole.Assistant, contents), new(ChatRole.Tool, [new FunctionResultContent("call_1", "x")])], WithTool);
        Assert.Equal("I need the tool.", (string?)Turn(model)["reasoning_content"]);
    }

    [Fact]
    public async Task Thoughts_go_back_without_calls_as_well()
    {
        var model = ScriptedModel.OpenAI(DeepSeek, [Message("\"content\":\"Hi\",\"reasoning_content\":\"Hm.\"")], [Text("ok")]);
        List<ChatMessage> messages = [new(ChatRole.User, "Hi")];
        messages.AddRange((await AskAsync(model, false, messages, null)).Messages);
        await AskAsync(model, false, [.. messages, new(ChatRole.User, "Why?")], null);
        Assert.Equal("Hm.", (string?)Turn(model)["reasoning_content"]);
    }

    [Fact]
    public async Task A_turn_with_calls_of_another_model_has_what_the_model_demands_of_each()
    {
        ChatMessage[] messages =
        [
            new(ChatRole.User, "Weather?"),
            new(ChatRole.Assistant, [new TextReasoningContent("not yours") { ProtectedData = "another adapter's" }, new FunctionCallContent("a", "f"), new FunctionCallContent("b", "f")]),
            new(ChatRole.Tool, [new FunctionResultContent("a", "x"), new FunctionResultContent("b", "x")]),
            new(ChatRole.Assistant, "Sunny."),
        ];
        var deepSeek = ScriptedModel.OpenAI(DeepSeek, [Text("ok")]);
        await AskAsync(deepSeek, false, messages, WithTool);
        Assert.Equal("", (string?)Turn(deepSeek)["reasoning_content"]);
        Assert.False(deepSeek.Requests[0]["messages"]![4]!.AsObject().ContainsKey("reasoning_content"));

        var gemini = ScriptedModel.OpenAI(Gemini, [Text("ok")]);
        await AskAsync(gemini, false, messages, WithTool);
        Assert.Equal("skip_thought_signature_validator", (string?)Turn(gemini)["tool_calls"]![0]!["extra_content"]!["google"]!["thought_signature"]);
        Assert.False(Turn(gemini)["tool_calls"]![1]!.AsObject().ContainsKey("extra_content"));

        var other = ScriptedModel.OpenAI(Gpt, [Text("ok")]);
        await AskAsync(other, false, messages, WithTool);
        Assert.DoesNotContain("not yours", other.Requests[0].ToJsonString());
        Assert.DoesNotContain("another adapter's", other.Requests[0].ToJsonString());
    }

    [Fact]
    public async Task Thoughts_that_were_parts_go_back_as_parts()
    {
        ModelProfile magistral = Of("mistral", "magistral-medium-2509", OpenAIQuirks.ReturnsThinkingParts);
        var state = new OpenAIStateReader(magistral);
        state.NoteThoughts();
        ChatMessage turn = new(ChatRole.Assistant, [new TextReasoningContent("Hm.") { ProtectedData = state.EndThoughts() }, new TextContent("4"), new FunctionCallContent("D681PevKs", "f")]);
        ChatMessage[] messages = [new(ChatRole.User, "2+2?"), turn, new(ChatRole.Tool, [new FunctionResultContent("D681PevKs", "x")])];

        var model = ScriptedModel.OpenAI(magistral, [Text("ok")]);
        await AskAsync(model, false, messages, WithTool);
        Assert.Equal("""[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"4"}]""", Turn(model)["content"]!.ToJsonString());

        turn.Contents.RemoveAt(1);
        model = ScriptedModel.OpenAI(magistral, [Text("ok")]);
        await AskAsync(model, false, messages, WithTool);
        Assert.Equal("""[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]}]""", Turn(model)["content"]!.ToJsonString());

        var another = ScriptedModel.OpenAI(Of("mistral", "mistral-large-4", OpenAIQuirks.ReturnsThinkingParts), [Text("ok")]);
        await AskAsync(another, false, messages, WithTool);
        Assert.Null(Turn(another)["content"]);
    }

    [Fact]
    public async Task State_alone_is_no_answer()
    {
        var model = ScriptedModel.OpenAI(
            Gemini,
            [Message("\"content\":\"\",\"extra_content\":{\"google\":{\"thought_signature\":\"TEXT\"}}")],
            [Delta("""{"content":"","extra_content":{"google":{"thought_signature":"TEXT"}}}"""), End("stop"), "[DONE]"]);
        foreach (bool stream in new[] { false, true })
        {
            ChatResponse answer = await AskAsync(model, stream, [new(ChatRole.User, "Hi")], null);
            Assert.Empty(answer.Messages.SelectMany(message => message.Contents));
        }
    }

    [Fact]
    public async Task A_stamp_that_holds_no_JSON_is_left_out()
    {
        var model = ScriptedModel.OpenAI(OpenRouter, [Text("ok")]);
        await AskAsync(model, false,
        [
            new(ChatRole.User, "Hi"),
            new(ChatRole.Assistant, [new TextReasoningContent("") { ProtectedData = CodecState.Stamp(OpenRouter, "reasoning_details", "[{") }, new TextContent("Hi")]),
        ], null);
        AssertHasNoState(Turn(model));
        Assert.Equal("Hi", (string?)Turn(model)["content"]);
    }

    [Fact]
    public void Details_of_one_index_are_one_and_encrypted_ones_of_calls_stay_apart()
    {
        var details = new OpenAIReasoningDetails();
        Read("""[{"type":"reasoning.summary","summary":"A","index":0},{"type":"reasoning.encrypted","data":"x","id":"c1","index":0},{"type":"reasoning.encrypted","data":"y","id":"c2","index":0}]""");
        Read("""[{"type":"reasoning.summary","summary":"B","index":0},7,{"type":"reasoning.encrypted","data":"z","id":null,"format":null},{"type":"reasoning.text","text":"p"}]""");
        Read("""[{"type":"reasoning.text","text":"q","signature":null},{"type":"reasoning.text","text":"","signature":"s"}]""");
        Assert.Equal(
            """[{"type":"reasoning.summary","summary":"AB","index":0},{"type":"reasoning.encrypted","data":"x","id":"c1","index":0},{"type":"reasoning.encrypted","data":"y","id":"c2","index":0},{"type":"reasoning.encrypted","data":"z","id":null,"format":null},{"type":"reasoning.text","text":"pq","signature":"s"}]""",
            details.ToJson());

        void Read(string json)
        {
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(json));
            reader.Read();
            details.Read(ref reader);
        }
    }
}
