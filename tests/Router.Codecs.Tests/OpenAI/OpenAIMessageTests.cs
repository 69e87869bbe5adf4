using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIChat;

public class OpenAIMessageTests
{
    [Fact]
    public void A_text_is_a_plain_string()
    {
        Assert.Equal("""{"model":"m","messages":[{"role":"user","content":"Hi"}]}""", OpenAIWire.Request([new ChatMessage(ChatRole.User, "Hi")]));
    }

    [Theory]
    [InlineData("system")]
    [InlineData("user")]
    [InlineData("assistant")]
    public void Several_texts_stay_apart_as_parts(string role)
    {
        var message = new ChatMessage(new ChatRole(role), [new TextContent("Hello"), new TextContent(""), new TextContent("world")]);
        Assert.Equal($$"""[{"role":"{{role}}","content":[{"type":"text","text":"Hello"},{"type":"text","text":"world"}]}]""", OpenAIWire.Messages(message));
    }

    [Theory]
    [InlineData("system", "\\n\\n")]
    [InlineData("user", "\\n\\n")]
    [InlineData("assistant", "")]
    public void Several_texts_are_one_string_where_the_provider_takes_no_parts(string role, string separator)
    {
        var message = new ChatMessage(new ChatRole(role), [new TextContent("Hello"), new TextContent(""), new TextContent("world")]);
        string body = OpenAIWire.Request([message], takes: OpenAIWire.Everything | OpenAIQuirks.PlainContent);
        Assert.Equal($$"""[{"role":"{{role}}","content":"Hello{{separator}}world"}]""", OpenAIWire.MessagesOf(body));
    }

    [Fact]
    public void A_conversation_keeps_its_roles_and_order()
    {
        Assert.Equal(
            """[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello."},{"role":"user","content":"Bye"}]""",
            OpenAIWire.Messages(
                new ChatMessage(ChatRole.System, "Be brief."),
                new ChatMessage(ChatRole.User, "Hi"),
                new ChatMessage(ChatRole.Assistant, "Hello."),
                new ChatMessage(ChatRole.User, "Bye")));
    }

    [Fact]
    public void Instructions_come_before_the_messages()
    {
        string body = OpenAIWire.Request([new ChatMessage(ChatRole.System, "B"), new ChatMessage(ChatRole.User, "C")], new ChatOptions { Instructions = "A" });
        Assert.Equal("""[{"role":"system","content":"A"},{"role":"system","content":"B"},{"role":"user","content":"C"}]""", OpenAIWire.MessagesOf(body));
    }

    [Fact]
    public void System_text_goes_out_as_developer_where_the_model_wants_that()
    {
        string body = OpenAIWire.Request(
            [new ChatMessage(ChatRole.System, "B"), new ChatMessage(new ChatRole("developer"), "C")],
            new ChatOptions { Instructions = "A" },
            OpenAIWire.Everything | OpenAIQuirks.DeveloperRole);
        Assert.Equal("""[{"role":"developer","content":"A"},{"role":"developer","content":"B"},{"role":"developer","content":"C"}]""", OpenAIWire.MessagesOf(body));
    }

    [Theory]
    [InlineData("ada_1-x", ""","name":"ada_1-x" """)]
    [InlineData("Ada Lovelace", ""","name":"Ada_Lovelace" """)]
    [InlineData("", "")]
    [InlineData(" ", "")]
    [InlineData("ünal", ""","name":"_nal" """)]
    [InlineData("张伟", ""","name":"name-0dfdaa20" """)]
    [InlineData("李娜", ""","name":"name-5709f8b7" """)]
    public void An_authors_name_is_made_to_fit(string author, string expected)
    {
        var message = new ChatMessage(ChatRole.User, "Hi") { AuthorName = author };
        Assert.Equal($$"""[{"role":"user"{{expected.Trim()}},"content":"Hi"}]""", OpenAIWire.Messages(message));
    }

    [Fact]
    public void A_long_name_is_cut()
    {
        var message = new ChatMessage(ChatRole.User, "Hi") { AuthorName = new string('x', 65) };
        Assert.Equal($$"""[{"role":"user","name":"{{new string('x', 64)}}","content":"Hi"}]""", OpenAIWire.Messages(message));
    }

    [Fact]
    public void An_author_is_left_out_where_the_provider_takes_no_names()
    {
        ChatMessage[] messages = [new(ChatRole.User, "Hi") { AuthorName = "ada" }, new(ChatRole.Assistant, "Ho") { AuthorName = "bob" }];
        Assert.Equal(
            """[{"role":"user","content":"Hi"},{"role":"assistant","content":"Ho"}]""",
            OpenAIWire.MessagesOf(OpenAIWire.Request(messages, takes: OpenAIWire.Everything.Without(OpenAIQuirks.MessageNames))));
    }

    [Fact]
    public void Text_is_escaped_as_JSON_demands_and_no_more()
    {
        Assert.Equal(
            """[{"role":"user","content":"\"quoted\" \\ <b>ä</b> 日本 \n\u0001"}]""",
            OpenAIWire.Messages(new ChatMessage(ChatRole.User, "\"quoted\" \\ <b>ä</b> 日本 \n\u0001")));
    }

    [Fact]
    public void A_lone_surrogate_does_not_break_the_body()
    {
        using JsonDocument body = JsonDocument.Parse(OpenAIWire.Request([new ChatMessage(ChatRole.User, "a\ud83db")]));
        Assert.Equal("a\uFFFDb", body.RootElement.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    [Fact]
    public void Images_are_parts_by_address_or_by_data()
    {
        var byAddress = new UriContent("https://example.com/a.png?b=1&c=ü", "image/png") { AdditionalProperties = new() { ["detail"] = "low" } };
        var byData = new DataContent(new byte[] { 1, 2, 3 }, "image/jpeg");
        Assert.Equal(
            """[{"role":"user","content":[{"type":"text","text":"What?"},{"type":"image_url","image_url":{"url":"https://example.com/a.png?b=1&c=ü","detail":"low"}},{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,AQID"}}]}]""",
            OpenAIWire.Messages(new ChatMessage(ChatRole.User, [new TextContent("What?"), byAddress, byData])));
    }

    [Theory]
    [InlineData("audio/wav", "wav")]
    [InlineData("audio/x-wav", "wav")]
    [InlineData("audio/mpeg", "mp3")]
    [InlineData("audio/mp3", "mp3")]
    public void Audio_is_a_part(string mediaType, string format)
    {
        Assert.Equal(
            $$$"""[{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AQID","format":"{{{format}}}"}}]}]""",
            OpenAIWire.Messages(new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1, 2, 3 }, mediaType)])));
    }

    [Fact]
    public void Files_are_parts_by_id_or_by_data()
    {
        var named = new DataContent(new byte[] { 1, 2, 3 }, "application/pdf") { Name = "a.pdf" };
        var unnamed = new DataContent(new byte[] { 4 }, "application/pdf");
        Assert.Equal(
            """[{"role":"user","content":[{"type":"file","file":{"file_id":"file-1"}},{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AQID"}},{"type":"file","file":{"filename":"document.pdf","file_data":"data:application/pdf;base64,BA=="}}]}]""",
            OpenAIWire.Messages(new ChatMessage(ChatRole.User, [new HostedFileContent("file-1"), named, unnamed])));
    }

    [Fact]
    public void A_tool_call_carries_its_arguments_as_a_string()
    {
        var call = new FunctionCallContent("call_1", "weather", new Dictionary<string, object?> { ["city"] = "Köln \"am\" Rhein", ["days"] = 2, ["exact"] = null });
        Assert.Equal(
            """[{"role":"assistant","content":"Let me see.","tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Köln \\\"am\\\" Rhein\",\"days\":2,\"exact\":null}"}},{"id":"call_2","type":"function","function":{"name":"time","arguments":"{}"}}]}]""",
            OpenAIWire.Messages(new ChatMessage(ChatRole.Assistant, [new TextContent("Let me see."), call, new FunctionCallContent("call_2", "time")])));
    }

    [Fact]
    public void A_tool_call_without_text_has_a_null_content()
    {
        Assert.Equal(
            """[{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}]""",
            OpenAIWire.Messages(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c", "f")])));
    }

    [Fact]
    public void Each_tool_result_is_a_message()
    {
        var results = new ChatMessage(ChatRole.Tool, [
            new FunctionResultContent("a", "sunny"),
            new FunctionResultContent("b", 21.5),
            new FunctionResultContent("c", JsonDocument.Parse("""{"x":[1,2]}""").RootElement),
            new FunctionResultContent("d", null) { Exception = new InvalidOperationException("broke") },
        ]);
        Assert.Equal(
            """[{"role":"tool","tool_call_id":"a","content":"sunny"},{"role":"tool","tool_call_id":"b","content":"21.5"},{"role":"tool","tool_call_id":"c","content":"{\"x\":[1,2]}"},{"role":"tool","tool_call_id":"d","content":"Error: The tool failed."}]""",
            OpenAIWire.Messages(results));
    }

    [Fact]
    public void A_tool_result_in_a_user_message_goes_before_the_rest_of_it()
    {
        Assert.Equal(
            """[{"role":"tool","tool_call_id":"a","content":"1"},{"role":"user","content":"And now?"}]""",
            OpenAIWire.Messages(new ChatMessage(ChatRole.User, [new TextContent("And now?"), new FunctionResultContent("a", "1")])));
    }

    [Fact]
    public void Reasoning_usage_and_errors_of_the_past_are_left_out()
    {
        var past = new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("Yes."), new UsageContent(new UsageDetails()), new ErrorContent("x")]);
        var onlyReasoning = new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm")]);
        Assert.Equal("""[{"role":"assistant","content":"Yes."}]""", OpenAIWire.Messages(past, onlyReasoning));
    }

    [Fact]
    public void A_refusal_of_the_past_is_said()
    {
        var past = new ChatMessage(ChatRole.Assistant, [new ErrorContent("I can't.") { ErrorCode = "Refusal" }]);
        Assert.Equal("""[{"role":"assistant","content":null,"refusal":"I can't."}]""", OpenAIWire.Messages(past));
    }

    [Theory]
    [InlineData(ModelCapabilities.Vision, "images")]
    [InlineData(ModelCapabilities.Audio, "audio")]
    [InlineData(ModelCapabilities.Documents, "files")]
    public void What_the_model_does_not_take_is_unsupported(ModelCapabilities missing, string word)
    {
        AIContent content = missing switch
        {
            ModelCapabilities.Vision => new UriContent("https://example.com/a.png", "image/png"),
            ModelCapabilities.Audio => new DataContent(new byte[] { 1 }, "audio/wav"),
            _ => new DataContent(new byte[] { 1 }, "application/pdf"),
        };
        var message = new ChatMessage(ChatRole.User, [new TextContent("Look"), content]);
        Assert.Contains(word, OpenAIWire.Unsupported(message, takes: OpenAIWire.Everything.Without(missing)));
        Assert.NotEmpty(OpenAIWire.Messages(message));
    }

    [Fact]
    public void Tools_of_the_past_need_a_model_with_tools()
    {
        Takes without = OpenAIWire.Everything.Without(ModelCapabilities.Tools);
        Assert.Contains("tool call", OpenAIWire.Unsupported(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c", "f")]), takes: without));
        Assert.Contains("result", OpenAIWire.Unsupported(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c", "1")]), takes: without));
    }

    [Fact]
    public void What_the_dialect_cannot_say_is_unsupported()
    {
        Assert.Contains("application/pdf", OpenAIWire.Unsupported(new ChatMessage(ChatRole.User, [new UriContent("https://example.com/a.pdf", "application/pdf")])));
        Assert.Contains("audio/ogg", OpenAIWire.Unsupported(new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "audio/ogg")])));
        Assert.Contains("'critic'", OpenAIWire.Unsupported(new ChatMessage(new ChatRole("critic"), "Hi")));
        Assert.Contains("system", OpenAIWire.Unsupported(new ChatMessage(ChatRole.System, [new HostedFileContent("f")])), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("tool call", OpenAIWire.Unsupported(new ChatMessage(ChatRole.User, [new FunctionCallContent("c", "f")])));
        Assert.Contains("Strange", OpenAIWire.Unsupported(new ChatMessage(ChatRole.User, [new Strange()])));
    }

    [Fact]
    public void What_cannot_be_written_as_JSON_is_unsupported()
    {
        var arguments = new Dictionary<string, object?> { ["fine"] = 1, ["odd"] = typeof(int) };
        Assert.Contains("'odd'", OpenAIWire.Unsupported(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c", "f", arguments)])));
        Assert.Contains("'c'", OpenAIWire.Unsupported(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c", typeof(int))])));
    }

    private sealed class Strange : AIContent;
}
