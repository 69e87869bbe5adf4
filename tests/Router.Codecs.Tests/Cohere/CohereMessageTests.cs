using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using static RouterGen.Codecs.Tests.CohereChat.CohereWire;

namespace RouterGen.Codecs.Tests.CohereChat;

public class CohereMessageTests
{
    [Fact]
    public void A_text_is_a_string_and_several_are_parts()
    {
        Assert.Equal("""{"messages":[{"role":"user","content":"Hello"}]}""", Body([Hello]));
        Assert.Equal(
            """[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b \"ö\" 😀"}]}]""",
            Messages(new ChatMessage(ChatRole.User, [new TextContent("a"), new TextContent(""), new TextContent("b \"ö\" 😀")])).Replace("\\uD83D\\uDE00", "😀"));
    }

    [Fact]
    public void What_the_system_says_stands_first_in_one_message() => Assert.Equal(
        """[{"role":"system","content":[{"type":"text","text":"one"},{"type":"text","text":"two"},{"type":"text","text":"three"}]},{"role":"user","content":"Hello"}]""",
        JsonDocument.Parse(Body([new(ChatRole.System, "two"), Hello, new(new ChatRole("developer"), "three")], new ChatOptions { Instructions = "one" })).RootElement.GetProperty("messages").GetRawText());

    [Fact]
    public void One_system_text_is_a_string() => Assert.Equal("""[{"role":"system","content":"one"},{"role":"user","content":"Hello"}]""", Messages(new(ChatRole.System, "one"), Hello));

    [Fact]
    public void Images_are_parts_with_their_detail()
    {
        var data = new DataContent("zebra"u8.ToArray(), "image/png") { AdditionalProperties = new() { ["detail"] = "low" } };
        Assert.Equal(
            """[{"role":"user","content":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"data:image/png;base64,emVicmE=","detail":"low"}},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]""",
            Messages(new ChatMessage(ChatRole.User, [new TextContent("Look"), data, new UriContent("https://example.com/a.png", "image/png")])));
    }

    [Fact]
    public void What_the_model_cannot_see_is_refused()
    {
        Assert.Contains("images", Refused([new(ChatRole.User, [new DataContent("z"u8.ToArray(), "image/png")])], takes: ModelCapabilitiesOnlyTools));
        Assert.Contains("application/pdf", Refused([new(ChatRole.User, [new DataContent("z"u8.ToArray(), "application/pdf")])]));
        Assert.Contains("audio/wav", Refused([new(ChatRole.User, [new DataContent("z"u8.ToArray(), "audio/wav")])]));
        Assert.Contains("files", Refused([new(ChatRole.User, [new HostedFileContent("f")])]));
    }

    [Fact]
    public void Calls_have_their_arguments_as_text_and_each_result_is_a_message()
    {
        string written = Messages(
            Hello,
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Röm" }), new FunctionCallContent("c2", "time")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "sunny"), new FunctionResultContent("c2", new List<AIContent> { new TextContent("12"), new TextContent("30") })]));
        Assert.Equal(
            """[{"role":"user","content":"Hello"},{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Röm\"}"}},{"id":"c2","type":"function","function":{"name":"time","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"sunny"},{"role":"tool","tool_call_id":"c2","content":[{"type":"text","text":"12"},{"type":"text","text":"30"}]}]""",
            written);
    }

    [Fact]
    public void What_another_model_says_before_its_calls_is_the_plan() => Assert.Equal(
        """{"role":"assistant","tool_plan":"I'll look it up.","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}""",
        JsonDocument.Parse(Messages(Hello, new(ChatRole.Assistant, [new TextContent("I'll look "), new TextContent("it up."), new FunctionCallContent("c1", "f")]))).RootElement[1].GetRawText());

    [Fact]
    public void An_answer_in_parts_stays_in_parts() => Assert.Equal(
        """{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}""",
        JsonDocument.Parse(Messages(Hello, new(ChatRole.Assistant, [new TextContent("a"), new TextContent("b")]), Hello)).RootElement[1].GetRawText());

    [Fact]
    public void A_raw_part_is_sent_as_it_is() => Assert.Equal(
        """[{"role":"user","content":[{"type":"document","document":{"data":"x"}}]}]""",
        Messages(new ChatMessage(ChatRole.User, [new AIContent { RawRepresentation = JsonNode.Parse("""{"type":"document","document":{"data":"x"}}""") }])));

    [Fact]
    public void Ids_that_are_too_long_are_shortened_alike()
    {
        string id = new('x', 65);
        JsonElement messages = JsonDocument.Parse(Messages(Hello, new(ChatRole.Assistant, [new FunctionCallContent(id, "f"), new FunctionCallContent("", "g")]), new(ChatRole.Tool, [new FunctionResultContent(id, "1"), new FunctionResultContent("", "2")]))).RootElement;
        string sent = messages[1].GetProperty("tool_calls")[0].GetProperty("id").GetString()!;
        Assert.Equal((64, sent), (sent.Length, messages[2].GetProperty("tool_call_id").GetString()));
        Assert.Equal(messages[1].GetProperty("tool_calls")[1].GetProperty("id").GetString(), messages[3].GetProperty("tool_call_id").GetString());
        Assert.NotEqual("", messages[3].GetProperty("tool_call_id").GetString());
    }

    [Fact]
    public void What_has_no_place_in_the_conversation_is_refused()
    {
        Assert.Contains("message", Refused([]));
        Assert.Contains("message", Refused([new(ChatRole.User, "")]));
        Assert.Contains("role", Refused([new(new ChatRole("critic"), "no")]));
        Assert.Contains("assistant's", Refused([new(ChatRole.User, [new FunctionCallContent("c", "f")])]));
        Assert.Contains("text", Refused([new(ChatRole.System, [new DataContent("z"u8.ToArray(), "image/png")]), Hello]));
        Assert.Contains("tools", Refused([Hello, new(ChatRole.Assistant, [new FunctionCallContent("c", "f")])], takes: Takes.Nothing));
        Assert.Contains("tool's result", Refused([Hello, new(ChatRole.Tool, [new FunctionResultContent("c", "1")])], takes: Takes.Nothing));
        Assert.Contains("'a'", Refused([Hello, new(ChatRole.Assistant, [new FunctionCallContent("c", "f", new Dictionary<string, object?> { ["a"] = new Unwritable() })])]));
        Assert.Contains("'c'", Refused([Hello, new(ChatRole.Tool, [new FunctionResultContent("c", new Unwritable())])]));
    }

    private static Takes ModelCapabilitiesOnlyTools => ModelCapabilities.Tools;

    private sealed class Unwritable
    {
        public Type Type => typeof(int); // The serializer refuses it.
    }
}
