using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.OllamaChat.OllamaWire;

namespace RouterGen.Codecs.Tests.OllamaChat;

public class OllamaMessageTests
{
    [Fact]
    public void Texts_of_a_message_are_one()
    {
        Assert.Equal("""{"messages":[{"role":"user","content":"Hello"}]}""", Body([Hello]));
        Assert.Equal(
            """[{"role":"system","content":"S"},{"role":"system","content":"D"},{"role":"user","content":"a\n\nb \"ö\""},{"role":"assistant","content":"onetwo"},{"role":"user","content":"Hello"}]""",
            Messages(new(ChatRole.System, "S"), new(new ChatRole("developer"), "D"), new(ChatRole.User, [new TextContent("a"), new TextContent(""), new TextContent("b \"ö\"")]), new(ChatRole.Assistant, [new TextContent("one"), new TextContent("two")]), Hello));
    }

    [Fact]
    public void Instructions_come_first() => Assert.StartsWith("""{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"}]""", Body([Hello], new ChatOptions { Instructions = "Be brief." }));

    [Fact]
    public void Images_are_data_beside_the_text() => Assert.Equal(
        """[{"role":"user","content":"Look","images":["emVicmE=","emVicmE="]}]""",
        Messages(new ChatMessage(ChatRole.User, [new DataContent("zebra"u8.ToArray(), "image/png"), new TextContent("Look"), new DataContent("zebra"u8.ToArray(), "image/jpeg")])));

    [Fact]
    public void An_image_alone_is_a_message() => Assert.Equal("""[{"role":"user","content":"","images":["emVicmE="]}]""", Messages(new ChatMessage(ChatRole.User, [new DataContent("zebra"u8.ToArray(), "image/png")])));

    [Fact]
    public void An_assistants_image_is_part_of_the_next_user_message() => Assert.Equal(
        """[{"role":"user","content":"Draw"},{"role":"assistant","content":"Here."},{"role":"user","content":"Bluer","images":["emVicmE="]}]""",
        Messages(new(ChatRole.User, "Draw"), new(ChatRole.Assistant, [new TextContent("Here."), new DataContent("zebra"u8.ToArray(), "image/png")]), new(ChatRole.User, "Bluer")));

    [Fact]
    public void Calls_have_their_arguments_as_an_object_and_results_the_name_of_the_function() => Assert.Equal(
        """[{"role":"user","content":"Hello"},{"role":"assistant","content":"Wait.","tool_calls":[{"id":"c1","function":{"name":"weather","arguments":{"city":"Röm"}}},{"function":{"name":"time","arguments":{}}}]},{"role":"tool","content":"sunny","tool_name":"weather","tool_call_id":"c1"},{"role":"tool","content":"12\n30","tool_name":"time"},{"role":"tool","content":"?","tool_call_id":"other"}]""",
        Messages(
            Hello,
            new(ChatRole.Assistant, [new TextContent("Wait."), new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Röm" }), new FunctionCallContent("", "time")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "sunny"), new FunctionResultContent("", new List<AIContent> { new TextContent("12"), new TextContent("30") })]),
            new(ChatRole.Tool, [new FunctionResultContent("other", "?")])));

    [Fact]
    public void A_result_names_the_last_call_with_its_id()
    {
        ChatMessage[] messages =
        [
            Hello, new(ChatRole.Assistant, [new FunctionCallContent("c1", "first")]), new(ChatRole.Tool, [new FunctionResultContent("c1", "1")]),
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "git.hub")]), new(ChatRole.Tool, [new FunctionResultContent("c1", "2")]),
        ];
        JsonElement written = JsonDocument.Parse(Messages(messages)).RootElement;
        Assert.Equal("first", written[2].GetProperty("tool_name").GetString());
        Assert.Equal(CodecNames.ToWire("git.hub"), written[4].GetProperty("tool_name").GetString());
    }

    [Fact]
    public void What_has_no_place_in_the_conversation_is_refused()
    {
        Assert.Contains("message", Refused([]));
        Assert.Contains("message", Refused([new(ChatRole.User, "")]));
        Assert.Contains("role", Refused([new(new ChatRole("critic"), "no")]));
        Assert.Contains("assistant's", Refused([new(ChatRole.User, [new FunctionCallContent("c", "f")])]));
        Assert.Contains("user's", Refused([new(ChatRole.System, [new DataContent("z"u8.ToArray(), "image/png")]), Hello]));
        Assert.Contains("data only", Refused([new(ChatRole.User, [new UriContent("https://example.com/a.png", "image/png")])]));
        Assert.Contains("application/pdf", Refused([new(ChatRole.User, [new DataContent("z"u8.ToArray(), "application/pdf")])]));
        Assert.Contains("files", Refused([new(ChatRole.User, [new HostedFileContent("f")])]));
        Assert.Contains("images", Refused([new(ChatRole.User, [new DataContent("z"u8.ToArray(), "image/png")])], takes: ModelCapabilities.Tools));
        Assert.Contains("raw representation", Refused([new(ChatRole.User, [new TextContent("x"), new AIContent { RawRepresentation = new JsonObject { ["a"] = 1 } }])]));
        Assert.Contains("tools", Refused([Hello, new(ChatRole.Assistant, [new FunctionCallContent("c", "f")])], takes: Takes.Nothing));
        Assert.Contains("tool's result", Refused([Hello, new(ChatRole.Tool, [new FunctionResultContent("c", "1")])], takes: Takes.Nothing));
        Assert.Contains("'a'", Refused([Hello, new(ChatRole.Assistant, [new FunctionCallContent("c", "f", new Dictionary<string, object?> { ["a"] = new Unwritable() })])]));
        Assert.Contains("'c'", Refused([Hello, new(ChatRole.Tool, [new FunctionResultContent("c", new Unwritable())])]));
    }

    private sealed class Unwritable
    {
        public Type Type => typeof(int); // The serializer refuses it.
    }
}
