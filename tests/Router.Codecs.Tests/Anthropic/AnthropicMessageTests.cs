using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.AnthropicMessages.AnthropicWire;

namespace RouterGen.Codecs.Tests.AnthropicMessages;

public class AnthropicMessageTests
{
    private static AdditionalPropertiesDictionary Cached(object how) => new() { ["cache_control"] = how };

    [Fact]
    public void A_text_is_a_plain_string() =>
        Assert.Equal("""{"model":"m","max_tokens":4096,"messages":[{"role":"user","content":"Hello"}]}""", Body([Hello]));

    [Fact]
    public void Text_is_escaped_as_JSON_demands_and_half_a_character_is_replaced() => Assert.Equal(
        """{"messages":[{"role":"user","content":"a\"b\\c\n\u0001 <é> \uD83D\uDE00 \uFFFD"}]}""",
        Members([new(ChatRole.User, "a\"b\\c\n\u0001 <é> 😀 \ud800")]));

    [Fact]
    public void System_text_comes_from_instructions_and_system_messages_wherever_they_stand() => Assert.Equal(
        """{"system":[{"type":"text","text":"One"},{"type":"text","text":"Two"},{"type":"text","text":"Three"}],"messages":[{"role":"user","content":[{"type":"text","text":"Hello"},{"type":"text","text":"Again"}]}]}""",
        Members([new(ChatRole.System, "Two"), Hello, new(new ChatRole("developer"), "Three"), new(ChatRole.User, "Again")], new ChatOptions { Instructions = "One" }));

    [Fact]
    public void One_system_text_is_a_plain_string() => Assert.Equal(
        """{"system":"Be brief.","messages":[{"role":"user","content":"Hello"}]}""",
        Members([new(ChatRole.System, "Be brief."), Hello]));

    [Fact]
    public void A_cached_system_text_is_a_block() => Assert.Equal(
        """{"system":[{"type":"text","text":"Long","cache_control":{"type":"ephemeral","ttl":"1h"}}],"messages":[{"role":"user","content":"Hello"}]}""",
        Members([new(ChatRole.System, "Long") { AdditionalProperties = Cached("1h") }, Hello]));

    [Fact]
    public void A_conversation_without_a_turn_cannot_be_sent()
    {
        Assert.Contains("at least one user or assistant message", Refused([new(ChatRole.System, "Be brief.")]).Message);
        Assert.Contains("at least one user or assistant message", Refused([new(ChatRole.User, " \n")]).Message);
    }

    [Fact]
    public void Unknown_roles_and_media_in_system_text_cannot_be_sent()
    {
        Assert.Contains("'critic'", Refused([new(new ChatRole("critic"), "Hm")]).Message);
        Assert.Contains("System message", Refused([new(ChatRole.System, [new DataContent(new byte[1], "image/png")]), Hello]).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Messages_of_one_speaker_are_one_turn_and_empty_ones_are_left_out() => Assert.Equal(
        """{"messages":[{"role":"user","content":[{"type":"text","text":"One"},{"type":"text","text":"Two"}]},{"role":"assistant","content":"Three"}]}""",
        Members([new(ChatRole.User, "One"), new(ChatRole.Assistant, "  "), new(ChatRole.User, "Two"), new(ChatRole.Assistant, "Three")]));

    [Fact]
    public void Images_are_links_or_data_or_files() => Assert.Equal(
        """{"messages":[{"role":"user","content":[{"type":"text","text":"Look"},{"type":"image","source":{"type":"url","url":"https://example.com/a.png?b=1&c=2"}},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"+/8="}},{"type":"image","source":{"type":"file","file_id":"file_1"}}]}]}""",
        Members([new(ChatRole.User,
        [
            new TextContent("Look"),
            new UriContent("https://example.com/a.png?b=1&c=2", "image/png"),
            new DataContent(new byte[] { 0xFB, 0xFF }, "image/png"),
            new HostedFileContent("file_1") { MediaType = "image/png" },
        ])]));

    [Fact]
    public void Documents_are_data_or_links_or_text_or_files() => Assert.Equal(
        """{"messages":[{"role":"user","content":[{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AQI="},"title":"a.pdf"},{"type":"document","source":{"type":"url","url":"https://example.com/b.pdf"}},{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Some text"}},{"type":"document","source":{"type":"file","file_id":"file_2"}}]}]}""",
        Members([new(ChatRole.User,
        [
            new DataContent(new byte[] { 1, 2 }, "application/pdf") { Name = "a.pdf" },
            new UriContent("https://example.com/b.pdf", "application/pdf"),
            new DataContent("Some text"u8.ToArray(), "text/markdown"),
            new HostedFileContent("file_2"),
        ])]));

    [Fact]
    public void Where_media_are_read_from_the_request_alone_links_and_files_are_refused()
    {
        Takes inline = AnthropicWire.AllButThinking | AnthropicQuirks.InlineMedia;
        AIContent[] elsewhere = [new UriContent("https://example.com/a.png", "image/png"), new UriContent("https://example.com/b.pdf", "application/pdf"), new HostedFileContent("file_1")];

        foreach (AIContent content in elsewhere) Assert.Contains("no links and no uploaded files", Refused([new(ChatRole.User, [content])], takes: inline).Message);
        Assert.Contains("base64", Members([new(ChatRole.User, [new DataContent(new byte[1], "image/png")])], takes: inline));
        Assert.DoesNotContain("example.com", Members([new(ChatRole.User, [elsewhere[0], new TextContent("Look")]), new(ChatRole.Assistant, "A cat"), new(ChatRole.User, "Sure?")], takes: inline));
    }

    [Fact]
    public void What_the_dialect_or_the_model_cannot_take_is_refused_before_it_is_sent()
    {
        ChatMessage image = new(ChatRole.User, [new DataContent(new byte[1], "image/png")]);
        ChatMessage document = new(ChatRole.User, [new DataContent(new byte[1], "application/pdf")]);
        ChatMessage call = new(ChatRole.Assistant, [new FunctionCallContent("1", "f")]);
        ChatMessage result = new(ChatRole.Tool, [new FunctionResultContent("1", "x")]);
        Assert.Contains("images", Refused([image], takes: ModelCapabilities.Documents).Message);
        Assert.Contains("documents", Refused([document], takes: ModelCapabilities.Vision).Message);
        Assert.Contains("tool call", Refused([call], takes: Takes.Nothing).Message);
        Assert.Contains("tool's result", Refused([result], takes: Takes.Nothing).Message);
        Assert.Contains("audio/wav", Refused([new(ChatRole.User, [new DataContent(new byte[1], "audio/wav")])]).Message);
        Assert.Contains("video/mp4", Refused([new(ChatRole.User, [new UriContent("https://example.com/a", "video/mp4")])]).Message);
        Assert.Contains("RuntimeType", Refused([new(ChatRole.User, [new AIContent { RawRepresentation = typeof(int) }])]).Message);
        Assert.Contains("'handle'", Refused([new(ChatRole.Assistant, [new FunctionCallContent("1", "f", new Dictionary<string, object?> { ["handle"] = new IntPtr(1) })])]).Message);
        Assert.Contains("IntPtr", Refused([new(ChatRole.Tool, [new FunctionResultContent("1", new IntPtr(1))])]).Message);
    }

    [Fact]
    public void Calls_and_results_of_one_round_stand_together_results_first() => Assert.Equal(
        """{"messages":[{"role":"user","content":"Hello"},{"role":"assistant","content":[{"type":"text","text":"Let me see."},{"type":"tool_use","id":"t1","name":"weather","input":{"city":"Rome","days":2}},{"type":"tool_use","id":"t2","name":"time","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"sunny"},{"type":"tool_result","tool_use_id":"t2","content":"{\"hour\":9}"},{"type":"text","text":"Hurry"}]}]}""",
        Members(
        [
            Hello,
            new(ChatRole.Assistant,
            [
                new TextContent("Let me see."),
                new FunctionCallContent("t1", "weather", new Dictionary<string, object?> { ["city"] = "Rome", ["days"] = 2 }),
                new FunctionCallContent("t2", "time"),
            ]),
            new(ChatRole.User, "Hurry"),
            new(ChatRole.Tool, [new FunctionResultContent("t1", "sunny")]),
            new(ChatRole.Tool, [new FunctionResultContent("t2", JsonDocument.Parse("""{"hour":9}""").RootElement)]),
        ]));

    [Fact]
    public void A_result_is_text_or_blocks_or_nothing_or_an_error() => Assert.Equal(
        """{"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"a"},{"type":"tool_result","tool_use_id":"b","content":"Error: The tool failed.","is_error":true},{"type":"tool_result","tool_use_id":"c","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQ=="}}]},{"type":"tool_result","tool_use_id":"d","content":[{"type":"text","text":"x"},{"type":"document","source":{"type":"url","url":"https://example.com/b.pdf"}}]},{"type":"tool_result","tool_use_id":"e","content":"1.5"},{"type":"tool_result","tool_use_id":"f","content":"text"}]}]}""",
        Members([new(ChatRole.Tool,
        [
            new FunctionResultContent("a", null),
            new FunctionResultContent("b", null) { Exception = new InvalidOperationException("no") },
            new FunctionResultContent("c", new DataContent(new byte[] { 1 }, "image/png")),
            new FunctionResultContent("d", new List<AIContent> { new TextContent("x"), new UriContent("https://example.com/b.pdf", "application/pdf") }),
            new FunctionResultContent("e", 1.5),
            new FunctionResultContent("f", new TextContent("text")),
        ])]));

    [Fact]
    public void Call_ids_of_other_providers_are_made_fit_alike_in_call_and_result()
    {
        string id = CodecNames.CallId("functions.get:0", 64);
        Assert.Matches("^functions_get_0_[0-9a-f]{12}$", id);
        Assert.Contains(
            $$$"""{"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"{{{id}}}","name":"get","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"{{{id}}}","content":"x"}]}]""",
            Members(
            [
                new(ChatRole.Assistant, [new FunctionCallContent("functions.get:0", "get")]),
                new(ChatRole.Tool, [new FunctionResultContent("functions.get:0", "x")]),
            ]));
    }

    [Fact]
    public void Thoughts_go_back_signed_or_redacted_and_unsigned_ones_stay() => Assert.Equal(
        """{"messages":[{"role":"user","content":"Hello"},{"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"c2ln"},{"type":"redacted_thinking","data":"b3BhcXVl"},{"type":"text","text":"Hi"}]}]}""",
        Members([Hello, new(ChatRole.Assistant,
        [
            new TextReasoningContent("not mine"),
            Thoughts("Hm.", "c2ln"),
            new TextReasoningContent("another adapter's") { ProtectedData = "c2ln" },
            Redacted("b3BhcXVl"),
            new TextContent("Hi"),
            new UsageContent(new UsageDetails()),
            new ErrorContent("not said by the model"),
        ])]));

    [Fact]
    public void Cache_control_stands_on_the_block_that_bears_it() => Assert.Equal(
        """{"messages":[{"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"image","source":{"type":"url","url":"https://example.com/a.png"},"cache_control":{"type":"ephemeral","ttl":"5m"}}]},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{},"cache_control":{"type":"ephemeral"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"x","cache_control":{"type":"ephemeral"}}]}]}""",
        Members(
        [
            new(ChatRole.User,
            [
                new TextContent("a") { AdditionalProperties = Cached("ephemeral") },
                new UriContent("https://example.com/a.png", "image/png") { AdditionalProperties = Cached(JsonDocument.Parse("""{"type":"ephemeral","ttl":"5m"}""").RootElement) },
            ]),
            new(ChatRole.Assistant, [new FunctionCallContent("t", "f") { AdditionalProperties = Cached("ephemeral") }]),
            new(ChatRole.Tool, [new FunctionResultContent("t", "x") { AdditionalProperties = Cached("ephemeral") }]),
        ]));

    [Fact]
    public void A_messages_cache_control_stands_on_its_last_block_that_can_bear_it() => Assert.Equal(
        """{"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b","cache_control":{"type":"ephemeral"}},{"type":"text","text":"c"}]},{"role":"assistant","content":[{"type":"text","text":"d","cache_control":{"type":"ephemeral"}},{"type":"thinking","thinking":"e","signature":"s"}]}]}""",
        Members(
        [
            new(ChatRole.User, [new TextContent("a"), new TextContent("b"), new TextContent(" ")]) { AdditionalProperties = Cached("ephemeral") },
            new(ChatRole.User, "c"),
            new(ChatRole.Assistant, [new TextContent("d"), Thoughts("e", "s")]) { AdditionalProperties = Cached("ephemeral") },
        ]));

    [Fact]
    public void Cache_control_that_is_no_JSON_is_refused() =>
        Assert.Contains("cache_control", Refused([new(ChatRole.User, "a") { AdditionalProperties = Cached(new IntPtr(1)) }]).Message);

    [Fact]
    public void Neither_messages_nor_options_are_changed()
    {
        ChatMessage message = new(ChatRole.User, [new TextContent("a"), new TextContent("")]);
        var options = new ChatOptions { Instructions = "b", AdditionalProperties = new() { ["metadata"] = "c" } };
        string before = JsonSerializer.Serialize((message, options), AIJsonUtilities.DefaultOptions) + JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions);
        Members([message], options);
        Assert.Equal(before, JsonSerializer.Serialize((message, options), AIJsonUtilities.DefaultOptions) + JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions));
    }
}
