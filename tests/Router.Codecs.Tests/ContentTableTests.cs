using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>The table of docs/contents.md: what becomes of each content, by where it stands. A type of the framework without a row fails.</summary>
public class ContentTableTests
{
    private static readonly FunctionCallContent Call = new("c1", "f");

    // What is seen of a content in the text of a request; "" for what is left out, null for what refuses the request.
    private sealed record Row(Func<AIContent> Make, string? Asked, string? UserBefore, string? AssistantBefore);

    private static readonly Dictionary<Type, Row> Table = new()
    {
        [typeof(TextContent)] = new(() => new TextContent("zebra"), "zebra", "zebra", "zebra"),
        [typeof(TextReasoningContent)] = new(() => new TextReasoningContent("zebra"), "", "", ""),
        [typeof(DataContent)] = new(() => new DataContent("zebra"u8.ToArray(), "image/png"), "emVicmE=", "emVicmE=", "emVicmE="),
        [typeof(UriContent)] = new(() => new UriContent("https://example.com/zebra.png", "image/png"), "zebra.png", "zebra.png", "zebra.png"),
        [typeof(HostedFileContent)] = new(() => new HostedFileContent("zebra"), "zebra", "zebra", "zebra"),
        [typeof(HostedVectorStoreContent)] = new(() => new HostedVectorStoreContent("zebra"), null, "", ""),
        [typeof(UsageContent)] = new(() => new UsageContent(new UsageDetails { InputTokenCount = 1 }), "", "", ""),
        [typeof(ErrorContent)] = new(() => new ErrorContent("zebra"), "", "", ""),
        [typeof(AIContent)] = new(() => new AIContent(), "", "", ""),
        [typeof(InputRequestContent)] = new(() => new ToolApprovalRequestContent("r", Call), "", "", ""),
        [typeof(InputResponseContent)] = new(() => new ToolApprovalResponseContent("r", true, Call), "", "", ""),
        [typeof(ToolApprovalRequestContent)] = new(() => new ToolApprovalRequestContent("r", new McpServerToolCallContent("m1", "zebra", "s")), "", "", ""),
        [typeof(ToolApprovalResponseContent)] = new(() => new ToolApprovalResponseContent("r", false, Call) { Reason = "zebra" }, "", "", ""),
        [typeof(ToolCallContent)] = new(() => new ToolCallContent("zebra"), "", "", ""),
        [typeof(ToolResultContent)] = new(() => new ToolResultContent("zebra"), "", "", ""),
        [typeof(WebSearchToolCallContent)] = new(() => new WebSearchToolCallContent("w") { Queries = ["zebra"] }, "", "", ""),
        [typeof(WebSearchToolResultContent)] = new(() => new WebSearchToolResultContent("w") { Outputs = [new UriContent("https://example.com/zebra", "text/html")] }, "", "", ""),
        [typeof(CodeInterpreterToolCallContent)] = new(() => new CodeInterpreterToolCallContent("i") { Inputs = [new TextContent("zebra")] }, "", "", ""),
        [typeof(CodeInterpreterToolResultContent)] = new(() => new CodeInterpreterToolResultContent("i") { Outputs = [new TextContent("horse"), Image()] }, "", "", "emVicmE="),
        [typeof(McpServerToolCallContent)] = new(() => new McpServerToolCallContent("m", "zebra", "server") { Arguments = new Dictionary<string, object?> { ["a"] = 1 } }, "", "", ""),
        [typeof(McpServerToolResultContent)] = new(() => new McpServerToolResultContent("m") { Outputs = [new TextContent("horse"), Image()] }, "", "", "emVicmE="),
        [typeof(ImageGenerationToolCallContent)] = new(() => new ImageGenerationToolCallContent("g"), "", "", ""),
        [typeof(ImageGenerationToolResultContent)] = new(() => new ImageGenerationToolResultContent("g") { Outputs = [Image()] }, "", "", "emVicmE="),
        [typeof(FunctionCallContent)] = new(() => new FunctionCallContent("c9", "zebra"), "zebra", "zebra", "zebra"),
        [typeof(FunctionResultContent)] = new(() => new FunctionResultContent("c9", "zebra"), "zebra", "zebra", "zebra"),
        // Not the framework's: a type of a third party's, a raw representation in the dialect's form, and one in another's.
        [typeof(Strange)] = new(() => new Strange(), null, "", ""),
        [typeof(JsonObject)] = new(() => new AIContent { RawRepresentation = new JsonObject { ["type"] = "text", ["text"] = "zebra" } }, "zebra", "zebra", ""),
        [typeof(Type)] = new(() => new AIContent { RawRepresentation = typeof(int) }, null, "", ""),
    };

    // Where a dialect differs.
    private static readonly Dictionary<(string Dialect, Type Type), Row> Exceptions = new()
    {
        [("bedrock", typeof(UriContent))] = Table[typeof(UriContent)] with { Asked = null, UserBefore = "", AssistantBefore = "" }, // links to S3 only
        [("bedrock", typeof(HostedFileContent))] = Table[typeof(HostedFileContent)] with { Asked = null, UserBefore = "", AssistantBefore = "" },

        // Cohere has no files. Ollama fetches nothing, and has no parts.
        [("cohere", typeof(HostedFileContent))] = new(() => new HostedFileContent("zebra"), null, "", ""),
        [("ollama", typeof(HostedFileContent))] = new(() => new HostedFileContent("zebra"), null, "", ""),
        [("ollama", typeof(UriContent))] = new(() => new UriContent("https://example.com/zebra.png", "image/png"), null, "", ""),
        [("ollama", typeof(JsonObject))] = new(() => new AIContent { RawRepresentation = new JsonObject { ["text"] = "zebra" } }, null, "", ""),
    };

    public static TheoryData<string, string> Contents()
    {
        TheoryData<string, string> data = [];
        foreach (Type type in typeof(AIContent).Assembly.GetExportedTypes().Where(typeof(AIContent).IsAssignableFrom).Concat(Table.Keys).Distinct())
        {
            foreach (string dialect in CodecWire.Names) data.Add(dialect, type.FullName!);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_content_that_the_caller_asks_with_is_sent_or_refused(string dialect, string type)
    {
        Row row = RowOf(dialect, type);
        if (row.Make() is FunctionCallContent or FunctionResultContent) return; // Not a user's; the dialects' tests of messages have them.
        ChatMessage asked = new(ChatRole.User, [new TextContent("Look"), row.Make()]);
        if (row.Asked is null) CodecWire.Refused(dialect, null, asked);
        else Seen(row.Asked, CodecWire.Messages(dialect, asked));
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_content_of_an_earlier_turn_ends_no_conversation(string dialect, string type)
    {
        Row row = RowOf(dialect, type);
        if (row.Make() is FunctionCallContent or FunctionResultContent) return;
        Seen(row.UserBefore!, CodecWire.Messages(dialect, new(ChatRole.User, [new TextContent("Look"), row.Make()]), new(ChatRole.Assistant, "Yes."), new(ChatRole.User, "Go on")));
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_content_of_the_assistants_is_sent_or_left_out(string dialect, string type)
    {
        Row row = RowOf(dialect, type);
        if (row.Make() is FunctionResultContent) return;
        List<ChatMessage> messages = [new(ChatRole.User, "Hi"), new(ChatRole.Assistant, [new TextContent("Yes."), row.Make()])];
        if (row.Make() is FunctionCallContent call) messages.Add(new(ChatRole.Tool, [new FunctionResultContent(call.CallId, "1")]));
        messages.Add(new(ChatRole.User, "Go on"));
        string written = CodecWire.Messages(dialect, [.. messages]);
        Seen(row.AssistantBefore!, written);

        // Alone in its message it leaves no empty turn.
        messages[1] = new(ChatRole.Assistant, [row.Make()]);
        written = CodecWire.Messages(dialect, [.. messages]);
        Seen(row.AssistantBefore!, written);
        string contents = CodecWire.ContentsOf(dialect);
        Assert.DoesNotContain($"\"{contents}\":[]", written);

        // Ollama wants a text beside calls, were it empty.
        if (dialect is not "ollama" || row.Make() is not FunctionCallContent) Assert.DoesNotContain($"\"{contents}\":\"\"", written);
    }

    [Theory]
    [MemberData(nameof(WithParts))]
    public void An_assistants_image_is_part_of_the_next_user_message(string dialect)
    {
        string written = CodecWire.Messages(dialect, new(ChatRole.User, "Draw"), new(ChatRole.Assistant, [new TextContent("Here."), Image()]), new(ChatRole.User, "Bluer"));
        JsonElement last = JsonDocument.Parse(written).RootElement[2];
        Assert.Equal("user", last.GetProperty("role").GetString());
        JsonElement contents = last.GetProperty(CodecWire.ContentsOf(dialect));
        Assert.Equal(2, contents.GetArrayLength());
        Assert.Contains("emVicmE=", contents[0].GetRawText());
        Assert.Equal("Bluer", contents[1].GetProperty("text").GetString());
    }

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void Between_a_call_and_its_result_no_image_of_the_assistants_comes(string dialect)
    {
        string written = CodecWire.Messages(dialect, new(ChatRole.User, "Draw"), new(ChatRole.Assistant, [Image(), new FunctionCallContent("c1", "f")]), new(ChatRole.Tool, [new FunctionResultContent("c1", "done")]));
        Assert.True(written.IndexOf("done", StringComparison.Ordinal) < written.IndexOf("emVicmE=", StringComparison.Ordinal), written);
    }

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void An_image_of_an_earlier_turn_is_words_for_a_model_that_sees_none(string dialect)
    {
        ChatMessage[] messages = [new(ChatRole.User, [new TextContent("Look"), Image()]), new(ChatRole.Assistant, "A zebra."), new(ChatRole.User, "Why?")];
        CodecWire.Request(dialect, messages, out AttemptFailure? failure, out RequestWriter writer, takes: ModelCapabilities.Tools);
        Assert.Null(failure);
        Assert.Contains("[image/png, not shown]", System.Text.Encoding.UTF8.GetString(writer.WrittenMemory.Span));
        Assert.Contains("1", Assert.Single(writer.Notes!));
        Assert.Contains("images", CodecWire.Refused(dialect, ModelCapabilities.Tools, messages[0]));
        Assert.Contains("images", CodecWire.Refused(dialect, ModelCapabilities.Tools, messages[0], new(ChatRole.Assistant, "It is"))); // The answer's beginning.
        CodecWire.MessagesFor(dialect, ModelCapabilities.Tools, new(ChatRole.User, "Draw"), new(ChatRole.Assistant, [Image()]), new(ChatRole.User, "Bluer"));
    }

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void What_stands_beside_a_tools_results_follows_them(string dialect)
    {
        string written = CodecWire.Messages(dialect,
            new(ChatRole.User, "Hi"),
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "f"), new FunctionCallContent("c2", "f")]),
            new(ChatRole.Tool, [new TextContent("zebra"), new FunctionResultContent("c1", "one")]),
            new(ChatRole.Tool, [new FunctionResultContent("c2", "two")]));
        Assert.True(written.IndexOf("two", StringComparison.Ordinal) < written.IndexOf("zebra", StringComparison.Ordinal), written);
    }

    [Fact]
    public void The_callers_messages_are_not_changed()
    {
        ChatMessage assistant = new(ChatRole.Assistant, [new TextContent("Here."), Image(), new UsageContent()]) { AuthorName = "bob" };
        CodecWire.Messages("openai", new(ChatRole.User, "Draw"), assistant, new(ChatRole.User, "Bluer"));
        Assert.Equal(3, assistant.Contents.Count);
        Assert.Contains("\"name\":\"bob\"", CodecWire.Messages("openai", assistant, new(ChatRole.User, "Bluer")));
    }

    /// <summary>The dialects in which a message may have an image among its parts; Ollama has no parts.</summary>
    public static TheoryData<string> WithParts => [.. CodecWire.Names.Where(dialect => dialect is not "ollama")];

    private static Row RowOf(string dialect, string type) => Exceptions.SingleOrDefault(row => row.Key.Dialect == dialect && row.Key.Type.FullName == type).Value
        ?? Table.SingleOrDefault(row => row.Key.FullName == type).Value
        ?? throw new InvalidOperationException($"{type} is new: decide what becomes of it in CodecContents, and add a row here and in docs/contents.md.");

    private static void Seen(string expected, string written)
    {
        if (expected.Length > 0) Assert.Contains(expected, written);
        else Assert.DoesNotContain("zebra", written);
        if (expected.Length == 0) Assert.DoesNotContain("emVicmE=", written);
        Assert.DoesNotContain("horse", written);
    }

    private static DataContent Image() => new("zebra"u8.ToArray(), "image/png");

    private sealed class Strange : AIContent;
}
