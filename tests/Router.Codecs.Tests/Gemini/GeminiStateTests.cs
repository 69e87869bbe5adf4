using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Gemini;

/// <summary>Signatures go back to the model that made them, on the parts on which they came.</summary>
public sealed class GeminiStateTests
{
    private static readonly ModelProfile Flash = GeminiWire.Everything.Of("gemini", "gemini-3.8-flash");
    private static readonly ModelProfile Pro = (GeminiWire.Everything | GeminiQuirks.SignatureWithCalls).Of("gemini", "gemini-3.1-pro");

    private static readonly string[] Done = [GeminiWire.Answer("""{"text":"done"}""")];

    private static readonly string Whole = GeminiWire.Answer(
        """{"thought":true,"text":"Hm.","thoughtSignature":"S1"},{"text":"Wait.","thoughtSignature":"S2"},{"functionCall":{"id":"c1","name":"f","args":{}},"thoughtSignature":"S3"},{"functionCall":{"id":"c2","name":"f","args":{}}}""");

    private static readonly string[] Chunks =
    [
        GeminiWire.Chunk("""{"thought":true,"text":"Well. "}"""),
        GeminiWire.Chunk("""{"thought":true,"text":"Hm.","thoughtSignature":"S1"}"""),
        GeminiWire.Chunk("""{"text":"Please. "}"""),
        GeminiWire.Chunk("""{"text":"Wait.","thoughtSignature":"S2"}"""),
        GeminiWire.Chunk("""{"functionCall":{"id":"c1","name":"f","args":{}},"thoughtSignature":"S3"}"""),
        GeminiWire.Answer("""{"functionCall":{"id":"c2","name":"f","args":{}}}"""),
    ];

    private const string Signed =
        """{"text":"Hm.","thought":true,"thoughtSignature":"S1"},{TEXT}{"text":"Wait.","thoughtSignature":"S2"},{"functionCall":{"id":"c1","name":"f","args":{}},"thoughtSignature":"S3"},{"functionCall":{"id":"c2","name":"f","args":{}}}""";

    private const string Unsigned = """{"functionCall":{"id":"c1","name":"f","args":{}}},{"functionCall":{"id":"c2","name":"f","args":{}}}""";

    private static async Task<List<ChatMessage>> FirstRoundAsync(ScriptedModel model, bool stream)
    {
        List<ChatMessage> messages = [new(ChatRole.User, "Hi")];
        messages.AddRange((stream ? await model.GetStreamingResponseAsync(messages).ToChatResponseAsync() : await model.GetResponseAsync(messages)).Messages);
        messages.Add(new(ChatRole.Tool, [new FunctionResultContent("c1", "x"), new FunctionResultContent("c2", "y")]));
        return messages;
    }

    private static string Parts(ScriptedModel model) => model.Requests[^1]["contents"]![1]!["parts"]!.ToJsonString();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Signatures_go_back_to_their_own_model_only(bool stream)
    {
        string[] answer = stream ? Chunks : [Whole];
        string text = stream ? """{"text":"Please. "},""" : "";
        var flash = ScriptedModel.Gemini(Flash, answer, Done);
        List<ChatMessage> messages = await FirstRoundAsync(flash, stream);
        await flash.GetResponseAsync(messages);
        Assert.Equal("[" + Signed.Replace("{TEXT}", text) + "]", Parts(flash));

        foreach (ModelProfile other in new[] { GeminiWire.Everything.Of("gemini", "gemini-4"), GeminiWire.Everything.Of("vertex", "gemini-3.8-flash") })
        {
            var another = ScriptedModel.Gemini(other, Done);
            await another.GetResponseAsync(messages);
            Assert.Equal($$"""[{"text":"{{(stream ? "Please. " : "")}}Wait."},{{Unsigned}}]""", Parts(another));
        }

        var again = ScriptedModel.Gemini(GeminiWire.Everything.Of("gemini", "gemini-3.8-flash"), Done);
        string json = JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions);
        await again.GetResponseAsync(JsonSerializer.Deserialize<List<ChatMessage>>(json, AIJsonUtilities.DefaultOptions)!);
        Assert.Equal("[" + Signed.Replace("{TEXT}", text) + "]", Parts(again));
    }

    [Fact]
    public async Task Parts_of_a_stream_that_were_not_joined_go_back_the_same()
    {
        var flash = ScriptedModel.Gemini(Flash, Chunks, Done);
        var contents = new List<AIContent>();
        await foreach (ChatResponseUpdate update in flash.GetStreamingResponseAsync([new(ChatRole.User, "Hi")])) contents.AddRange(update.Contents);
        await flash.GetResponseAsync([new(ChatRole.User, "Hi"), new(ChatRole.Assistant, contents), new(ChatRole.Tool, [new FunctionResultContent("c1", "x"), new FunctionResultContent("c2", "y")])]);
        Assert.Equal("[" + Signed.Replace("{TEXT}", """{"text":"Please. "},""") + "]", Parts(flash));
    }

    [Fact]
    public async Task A_signature_in_a_last_empty_text_is_one_part()
    {
        string[] chunks = [GeminiWire.Chunk("""{"text":"Hel"}"""), GeminiWire.Chunk("""{"text":"lo"}"""), GeminiWire.Answer("""{"text":"","thoughtSignature":"S"}""")];
        var flash = ScriptedModel.Gemini(Flash, chunks, Done);
        List<ChatMessage> messages = await FirstRoundAsync(flash, stream: true);
        Assert.Equal("Hello", messages[1].Text);
        await flash.GetResponseAsync([.. messages.Take(2), new(ChatRole.User, "Go on")]);
        Assert.Equal("""[{"text":"Hello"},{"text":"","thoughtSignature":"S"}]""", Parts(flash));
    }

    [Fact]
    public async Task A_text_that_was_changed_loses_its_signature()
    {
        var flash = ScriptedModel.Gemini(Flash, [Whole], Done);
        List<ChatMessage> messages = await FirstRoundAsync(flash, stream: false);
        foreach (TextContent text in messages[1].Contents.OfType<TextContent>()) text.Text = "Go.";
        ((TextReasoningContent)messages[1].Contents[0]).Text = "Hm!";
        await flash.GetResponseAsync(messages);
        Assert.Equal("""[{"text":"Go."},{"functionCall":{"id":"c1","name":"f","args":{}},"thoughtSignature":"S3"},{"functionCall":{"id":"c2","name":"f","args":{}}}]""", Parts(flash));
    }

    [Fact]
    public async Task A_turn_of_another_model_has_the_placeholder_on_its_first_call()
    {
        var flash = ScriptedModel.Gemini(Flash, [Whole]);
        List<ChatMessage> messages = await FirstRoundAsync(flash, stream: false);
        var pro = ScriptedModel.Gemini(Pro, Done);
        await pro.GetResponseAsync(messages);
        Assert.Equal(
            """[{"text":"Wait."},{"functionCall":{"id":"c1","name":"f","args":{}},"thoughtSignature":"skip_thought_signature_validator"},{"functionCall":{"id":"c2","name":"f","args":{}}}]""",
            Parts(pro));
    }

    [Fact]
    public async Task A_signed_first_call_needs_no_placeholder_in_any_turn()
    {
        string second = GeminiWire.Answer("""{"functionCall":{"id":"c3","name":"f","args":{}},"thoughtSignature":"S4"}""");
        var pro = ScriptedModel.Gemini(Pro, [Whole], [second], Done);
        List<ChatMessage> messages = await FirstRoundAsync(pro, stream: false);
        messages.AddRange((await pro.GetResponseAsync(messages)).Messages);
        messages.Add(new(ChatRole.Tool, [new FunctionResultContent("c3", "z")]));
        await pro.GetResponseAsync(messages);
        string sent = pro.Requests[^1].ToJsonString();
        Assert.Contains("\"S3\"", sent);
        Assert.Contains("\"S4\"", sent);
        Assert.DoesNotContain(GeminiSignatures.Placeholder, sent);
    }

    [Fact]
    public async Task A_signed_image_stays_in_the_models_turn_for_that_model_alone()
    {
        string drawn = GeminiWire.Answer("""{"text":"Here."},{"inlineData":{"mimeType":"image/png","data":"emVicmE="},"thoughtSignature":"S"}""");
        var flash = ScriptedModel.Gemini(Flash, [drawn], Done);
        List<ChatMessage> messages = [new(ChatRole.User, "Draw")];
        messages.AddRange((await flash.GetResponseAsync(messages)).Messages);
        messages.Add(new(ChatRole.User, "Bluer"));
        await flash.GetResponseAsync(messages);
        Assert.Equal("""[{"text":"Here."},{"inlineData":{"mimeType":"image/png","data":"emVicmE="},"thoughtSignature":"S"}]""", Parts(flash));

        var pro = ScriptedModel.Gemini(Pro, Done);
        await pro.GetResponseAsync(messages);
        Assert.Equal("""[{"text":"Here."}]""", Parts(pro));
        Assert.Equal("""[{"inlineData":{"mimeType":"image/png","data":"emVicmE="}},{"text":"Bluer"}]""", pro.Requests[0]["contents"]![2]!["parts"]!.ToJsonString());
    }

    [Fact]
    public async Task What_the_APIs_own_tools_did_goes_back_where_the_request_has_them()
    {
        const string ran = """{"executableCode":{"id":"e1","language":"PYTHON","code":"print(1)"},"thoughtSignature":"S1"},{"codeExecutionResult":{"id":"e1","outcome":"OUTCOME_OK","output":"1"}},{"text":"One."}""";
        var flash = ScriptedModel.Gemini(Flash, [GeminiWire.Answer(ran)], Done, Done);
        List<ChatMessage> messages = [new(ChatRole.User, "Run")];
        messages.AddRange((await flash.GetResponseAsync(messages)).Messages);
        Assert.Equal("One.", messages[1].Text);
        messages.Add(new(ChatRole.User, "Again"));
        string json = JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions);
        messages = JsonSerializer.Deserialize<List<ChatMessage>>(json, AIJsonUtilities.DefaultOptions)!;

        var options = new ChatOptions { Tools = [new HostedCodeInterpreterTool()] };
        await flash.GetResponseAsync(messages, options);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("[" + ran + "]"), JsonNode.Parse(Parts(flash))), Parts(flash));
        await flash.GetResponseAsync(messages);
        Assert.Equal("""[{"text":"One."}]""", Parts(flash));

        var pro = ScriptedModel.Gemini(Pro, Done);
        await pro.GetResponseAsync(messages, options);
        Assert.DoesNotContain("S1", Parts(pro));
        Assert.Contains("executableCode", Parts(pro));
    }

    [Fact]
    public async Task Thoughts_without_a_signature_and_those_of_others_stay_behind()
    {
        var flash = ScriptedModel.Gemini(Flash, [GeminiWire.Answer("""{"thought":true,"text":"Hm."},{"text":"Hi"}""")], Done);
        List<ChatMessage> messages = [new(ChatRole.User, "Hi")];
        messages.AddRange((await flash.GetResponseAsync(messages)).Messages);
        Assert.Equal("Hm.", Assert.IsType<TextReasoningContent>(messages[1].Contents[0]).Text);
        messages.Add(new(ChatRole.Assistant, [new TextReasoningContent("Foreign") { ProtectedData = "EqQB" }]));
        await flash.GetResponseAsync([.. messages, new(ChatRole.User, "Well?")]);
        Assert.Equal("""[{"text":"Hi"}]""", Parts(flash));
        Assert.DoesNotContain("Foreign", flash.Requests[^1].ToJsonString());
    }
}
