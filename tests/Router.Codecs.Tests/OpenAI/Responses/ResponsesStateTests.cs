using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIResponses;

/// <summary>What a model sends of its own state goes back to it with the next turn, where it stood and as it came, and to no other model.</summary>
public class ResponsesStateTests
{
    private const string Thoughts = """{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"I need it."}],"encrypted_content":"gAAA+/="}""";
    private const string Plain = """{"type":"reasoning","id":"rs_2","summary":[],"content":[{"type":"reasoning_text","text":"Hm, \"ö\"."}]}""";
    private const string Call = """{"type":"function_call","call_id":"call_1","name":"weather","arguments":"{\"city\":\"Oslo\"}"}""";
    private const string Search = """{"id":"ws_1","type":"web_search_call","status":"completed","action":{"type":"search","query":"zebra"}}""";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ModelProfile Other = ResponsesWire.Everything.Of("test", "gpt-other");

    public static TheoryData<string, string> Turns => new()
    {
        { $"{Thoughts},{Call}", $"{Thoughts},{Call}" },
        { $"{Plain},{Call}", $"{Plain},{Call}" },
        { $"{Thoughts},{Message("Wait.", "commentary")},{Call}", $"{Thoughts},{Sent("Wait.", "commentary")},{Call}" },
        { $"{Thoughts},{Message("One.", "commentary")},{Message("Two.", "final_answer")}", $"{Thoughts},{Sent("One.", "commentary")},{Sent("Two.", "final_answer")}" },
        { $"{Thoughts},{Search},{Plain},{Message("Found.", null)}", $"{Thoughts},{Search},{Plain},{Sent("Found.", null)}" },
        { $"{Thoughts},{Message("Yes.", null)}", $"{Thoughts},{Sent("Yes.", null)}" },

        // A summary is for the caller, and thoughts that nothing follows are refused.
        { $$"""{"type":"reasoning","id":"rs_3","summary":[{"type":"summary_text","text":"I think."}]},{{Message("Yes.", null)}}""", Sent("Yes.", null) },
        { $"{Message("Yes.", null)},{Thoughts}", Sent("Yes.", null) },
        { $$"""{"type":"reasoning","summary":null,"encrypted_content":"g","content":null,"status":null},{{Call}}""", $$"""{"type":"reasoning","summary":[],"encrypted_content":"g"},{{Call}}""" },
    };

    [Theory]
    [MemberData(nameof(Turns))]
    public void A_turn_goes_back_to_its_model(string output, string sent)
    {
        foreach (List<ChatMessage> answer in Ways(output))
        {
            Assert.Equal($$"""[{"type":"message","role":"user","content":"Go"},{{sent}},{"type":"message","role":"user","content":"On"}]""", Next(ResponsesWire.Profile, answer));
        }
    }

    [Theory]
    [MemberData(nameof(Turns))]
    public void And_without_its_state_to_any_other(string output, string sent)
    {
        JsonArray expected = [];
        foreach (JsonNode? item in JsonNode.Parse($"[{sent}]")!.AsArray())
        {
            if ((string)item!["type"]! is "reasoning" or "web_search_call") continue;
            item.AsObject().Remove("phase");
            expected.Add(item.DeepClone());
        }

        foreach (List<ChatMessage> answer in Ways(output))
        {
            JsonArray items = JsonNode.Parse(Next(Other, answer))!.AsArray();
            items.RemoveAt(items.Count - 1);
            items.RemoveAt(0);

            // Without their phases two messages are one.
            string text = string.Concat(items.Select(static item => (string?)item!["content"]));
            Assert.Equal(string.Concat(expected.Select(static item => (string?)item!["content"])), text);
            Assert.Equal(expected.Count(static item => (string)item!["type"]! is "function_call"), items.Count(static item => (string)item!["type"]! is "function_call"));
            Assert.DoesNotContain(items, static item => (string)item!["type"]! is "reasoning" or "web_search_call" || item["phase"] is not null);
        }
    }

    [Fact]
    public void State_that_was_changed_or_is_another_adapters_is_left_out()
    {
        foreach (List<ChatMessage> answer in Ways($"{Thoughts},{Call}"))
        {
            foreach (TextReasoningContent thoughts in answer[0].Contents.OfType<TextReasoningContent>()) thoughts.ProtectedData = thoughts.ProtectedData?.Replace("gAAA", "gBBB");
            Assert.DoesNotContain("reasoning", Next(ResponsesWire.Profile, answer));
        }

        Assert.DoesNotContain("reasoning", Next(ResponsesWire.Profile, [new(ChatRole.Assistant, [new TextReasoningContent("Hm") { ProtectedData = "gAAA" }, new TextContent("Yes.")])]));
        Assert.DoesNotContain("ws_1", Next(ResponsesWire.Profile, [new(ChatRole.Assistant, [new AIContent { AdditionalProperties = new() { ["openai.item"] = JsonDocument.Parse(Search).RootElement } }, new TextContent("Yes.")])]));
    }

    [Fact]
    public void One_model_in_both_dialects_keeps_the_states_apart()
    {
        ModelProfile chat = (OpenAIChat.OpenAIWire.Everything | OpenAIQuirks.ReturnsReasoning | OpenAIQuirks.ReturnsReasoningContent | OpenAIQuirks.ReturnsReasoningDetails).Of("test", "gpt");
        foreach (List<ChatMessage> answer in Ways($"{Thoughts},{Search},{Message("Wait.", "commentary")},{Call}"))
        {
            var body = new RequestWriter();
            Assert.Null(OpenAIChatRequest.Write(new ChatRequest(Conversation(answer), null, false), body, "{\"model\":\"gpt\""u8, chat));
            string written = Encoding.UTF8.GetString(body.WrittenMemory.Span);
            Assert.Contains("it.", written);
            Assert.DoesNotContain("reasoning", written);
            Assert.DoesNotContain("ws_1", written);
        }
    }

    /// <summary>The turn as it is read whole, streamed (with its updates joined, or each a message's content), and out of a stored history.</summary>
    private static IEnumerable<List<ChatMessage>> Ways(string output)
    {
        List<ChatMessage> whole = [.. ResponsesWire.Reply(ResponsesWire.Answer(output)).Messages];
        yield return whole;
        yield return JsonSerializer.Deserialize<List<ChatMessage>>(JsonSerializer.Serialize(whole, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;
        List<ChatResponseUpdate> updates = ResponsesWire.Stream(Events(output));
        yield return [.. updates.ToChatResponse().Messages];
        yield return [new ChatMessage(ChatRole.Assistant, [.. updates.SelectMany(static update => update.Contents)])];
    }

    private static IEnumerable<string> Events(string output)
    {
        int index = 0;
        foreach (JsonNode? node in JsonNode.Parse($"[{output}]")!.AsArray())
        {
            JsonObject item = node!.AsObject();
            JsonObject begun = item.DeepClone().AsObject();
            foreach (string later in (string[])["content", "summary"])
            {
                if (begun[later] is JsonArray) begun[later] = new JsonArray();
            }

            yield return Event("output_item.added", index, ("item", begun));
            foreach ((string list, string type) in new[] { ("summary", "reasoning_summary_text.delta"), ("content", (string)item["type"]! is "message" ? "output_text.delta" : "reasoning_text.delta") })
            {
                for (int i = 0; i < (item[list] as JsonArray)?.Count; i++)
                {
                    string text = (string)item[list]![i]!["text"]!;
                    yield return Event(type, index, ("content_index", i), ("delta", text[..2]));
                    yield return Event(type, index, ("content_index", i), ("delta", text[2..]));
                }
            }

            yield return Event("output_item.done", index++, ("item", item.DeepClone()));
        }

        yield return """{"type":"response.completed","response":{"status":"completed"}}""";
    }

    private static string Event(string type, int index, params (string Name, JsonNode Value)[] members)
    {
        var data = new JsonObject { ["type"] = "response." + type, ["output_index"] = index };
        foreach ((string name, JsonNode value) in members) data[name] = value;
        return data.ToJsonString(Relaxed);
    }

    private static string Next(ModelProfile model, List<ChatMessage> answer) => ResponsesWire.InputFor(model, Conversation(answer));

    private static List<ChatMessage> Conversation(List<ChatMessage> answer) => [new(ChatRole.User, "Go"), .. answer, new(ChatRole.User, "On")];

    private static string Message(string text, string? phase) =>
        $$"""{"id":"msg","type":"message","role":"assistant","status":"completed"{{(phase is null ? "" : $",\"phase\":\"{phase}\"")}},"content":[{"type":"output_text","text":"{{text}}","annotations":[]}]}""";

    private static string Sent(string text, string? phase) => $$"""{"type":"message","role":"assistant","content":"{{text}}"{{(phase is null ? "" : $",\"phase\":\"{phase}\"")}}}""";
}
