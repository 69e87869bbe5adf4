using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>Tools answer with more than text: images, lists of contents, MCP's results.</summary>
public class ToolResultTests
{
    private const string Base64 = "emVicmE=";
    private static readonly byte[] Zebra = "zebra"u8.ToArray();

    private const string Mcp = """{"content":[{"type":"text","text":"A page"},{"type":"image","data":"emVicmE=","mimeType":"image/png"}]}""";

    /// <summary>A text and an image, as tools, protocols and stored histories have them.</summary>
    public static readonly Dictionary<string, Func<object>> TextAndImage = new()
    {
        ["list"] = () => new List<AIContent> { new TextContent("A page"), new DataContent(Zebra, "image/png") },
        ["array"] = () => new AIContent[] { new TextContent("A page"), new DataContent(Zebra, "image/png") },
        ["objects"] = () => new object[] { "A page", new DataContent(Zebra, "image/png") },
        ["sequence"] = () => Enumerable.Repeat<AIContent>(new TextContent("A page"), 1).Append(new DataContent(Zebra, "image/png")),
        ["message"] = () => new ChatMessage(ChatRole.Assistant, [new TextContent("A page"), new DataContent(Zebra, "image/png")]),
        ["response"] = () => new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextContent("A page"), new DataContent(Zebra, "image/png")])),
        ["MCP"] = () => JsonDocument.Parse(Mcp).RootElement,
        ["MCP, document"] = () => JsonDocument.Parse(Mcp),
        ["MCP, node"] = () => JsonNode.Parse(Mcp)!,
        ["MCP, text"] = () => Mcp,
        ["MCP, a string in JSON"] = () => JsonSerializer.SerializeToElement(Mcp),
        ["MCP, blocks"] = () => JsonDocument.Parse(Mcp).RootElement.GetProperty("content"),
        ["MCP, with more"] = () => JsonDocument.Parse("""{"_meta":{},"isError":false,"structuredContent":{"a":1},"later":1,""" + Mcp[1..]).RootElement,
        ["MCP, resource"] = () => JsonDocument.Parse("""{"content":[{"type":"resource","resource":{"uri":"a://b","text":"A page"}},{"type":"resource","resource":{"uri":"a://c","mimeType":"image/png","blob":"emVicmE="}}]}""").RootElement,
        ["MCP, its own type"] = () => new { content = new object[] { new { type = "text", text = "A page" }, new { type = "image", data = Base64, mimeType = "image/png" } } },
        ["stored"] = () => JsonSerializer.SerializeToElement<IEnumerable<AIContent>>([new TextContent("A page"), new DataContent(Zebra, "image/png")], AIJsonUtilities.DefaultOptions),
        ["Anthropic's blocks"] = () => JsonDocument.Parse("""[{"type":"text","text":"A page"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"emVicmE="}}]""").RootElement,
        ["OpenAI's parts"] = () => JsonDocument.Parse("""[{"type":"text","text":"A page"},{"type":"image_url","image_url":{"url":"data:image/png;base64,emVicmE="}}]""").RootElement,
    };

    public static TheoryData<string> Forms() => new(TextAndImage.Keys);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Anthropic_sees_text_and_image_in_the_result(string form) => Assert.Equal(
        """{"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":[{"type":"text","text":"A page"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"emVicmE="}}]}]}""",
        Last(CodecWire.Messages("anthropic", Round(TextAndImage[form]()))));

    [Theory]
    [MemberData(nameof(Forms))]
    public void In_Chat_Completions_the_image_follows_the_result(string form) => Assert.EndsWith(
        """{"role":"tool","tool_call_id":"c1","content":"A page"},{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,emVicmE="}}]}]""",
        CodecWire.Messages("openai", Round(TextAndImage[form]())));

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_model_that_sees_no_images_is_passed_over(string form)
    {
        foreach (string dialect in CodecWire.Names)
        {
            Assert.Contains("images", CodecWire.Refused(dialect, ModelCapabilities.Tools, Round(TextAndImage[form]())));
            ChatMessage[] later = [.. Round(TextAndImage[form]()), new(ChatRole.Assistant, "I see."), new(ChatRole.User, "Go on")];
            string written = CodecWire.MessagesFor(dialect, ModelCapabilities.Tools, later);
            Assert.Contains("[image/png, not shown]", written);
            Assert.Contains("A page", written);
            Assert.DoesNotContain(Base64, written);
        }
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public void Texts_are_texts(string dialect)
    {
        object[] forms =
        [
            new List<AIContent> { new TextContent("one"), new TextContent("two") },
            JsonDocument.Parse("""{"content":[{"type":"text","text":"one"},{"type":"text","text":"two"}],"isError":false}""").RootElement,
            JsonSerializer.SerializeToElement<IEnumerable<AIContent>>([new TextContent("one"), new UsageContent(), new TextContent("two")], AIJsonUtilities.DefaultOptions),
        ];
        foreach (object form in forms)
        {
            Assert.Contains("""[{"type":"text","text":"one"},{"type":"text","text":"two"}]""", CodecWire.Messages(dialect, Round(form)));
        }

        Assert.Contains("\"one\\ntwo\"", CodecWire.MessagesFor("openai", (Takes)ModelCapabilities.Tools | OpenAIQuirks.PlainContent, Round(forms[0])));
    }

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void JSON_that_only_looks_like_contents_stays_JSON(string dialect)
    {
        string[] own =
        [
            """{"content":[{"type":"text","text":"one"}],"total":1}""",
            """{"content":[{"type":"chart","data":"emVicmE="}]}""",
            """{"content":"text"}""",
            """{"type":"text","text":"one"}""",
            """[{"type":"text","text":"one"}]""",
            """{"type":"image","data":"no base64!","mimeType":"image/png"}""",
            """{"type":"image","data":"emVicmE=","mimeType":"nonsense"}""",
            """[]""",
        ];
        foreach (string json in own)
        {
            string written = CodecWire.Messages(dialect, Round(JsonDocument.Parse(json).RootElement));
            string escaped = JsonEncodedText.Encode(json, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
            Assert.Contains(dialect is "gemini" ? json : escaped, written); // Gemini takes a result as JSON, the others as text.
        }
    }

    [Fact]
    public void All_results_of_a_round_come_before_the_images()
    {
        string written = CodecWire.Messages("openai",
            new(ChatRole.User, "Look"),
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "shot"), new FunctionCallContent("c2", "time")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", new DataContent(Zebra, "image/png"))]),
            new(ChatRole.Tool, [new FunctionResultContent("c2", 9)]),
            new(ChatRole.User, "Well?"));
        Assert.EndsWith(
            """{"role":"tool","tool_call_id":"c1","content":"The result follows in the next user message."},{"role":"tool","tool_call_id":"c2","content":"9"},{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,emVicmE="}},{"type":"text","text":"Well?"}]}]""",
            written);
    }

    [Fact]
    public void Where_a_user_must_not_follow_a_result_an_assistant_speaks_between()
    {
        Takes mistral = (Takes)OpenAIQuirks.AssistantAfterResult | (ModelCapabilities.Tools | ModelCapabilities.Vision);
        Assert.EndsWith(
            """{"role":"tool","tool_call_id":"c1","content":"1"},{"role":"assistant","content":"Understood."},{"role":"user","content":"Well?"}]""",
            CodecWire.MessagesFor("openai", mistral, [.. Round("1"), new(ChatRole.User, "Well?")]));
        Assert.DoesNotContain("Understood", CodecWire.MessagesFor("openai", mistral, [.. Round("1"), new(ChatRole.Assistant, "One."), new(ChatRole.User, "Well?")]));
        Assert.DoesNotContain("Understood", CodecWire.Messages("openai", [.. Round("1"), new(ChatRole.User, "Well?")]));
        Assert.Contains("Understood", CodecWire.MessagesFor("openai", mistral, Round(new DataContent(Zebra, "image/png"))));
    }

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void Data_that_is_text_is_text_and_data_that_no_model_reads_is_named(string dialect)
    {
        Assert.Contains("\"zebra\"", CodecWire.Messages(dialect, Round(new DataContent(Zebra, "text/csv"))).Replace("\"text\":", ""));
        string zip = CodecWire.MessagesFor(dialect, ModelCapabilities.Tools, Round(new DataContent(Zebra, "application/zip")));
        Assert.Contains("[application/zip, not shown]", zip);
        Assert.DoesNotContain(Base64, zip);
    }

    [Fact]
    public void A_failure_is_marked_for_Anthropic_and_then_has_text_only()
    {
        FunctionResultContent failed = new("c1", new List<AIContent> { new TextContent("No page"), new DataContent(Zebra, "image/png") }) { Exception = new InvalidOperationException("secret") };
        Assert.EndsWith("""{"type":"tool_result","tool_use_id":"c1","content":[{"type":"text","text":"No page"}],"is_error":true}]}]""", CodecWire.Messages("anthropic", Round(failed)));
        JsonElement mcp = JsonDocument.Parse("""{"content":[{"type":"text","text":"No page"}],"isError":true}""").RootElement;
        Assert.EndsWith("""{"type":"tool_result","tool_use_id":"c1","content":"No page","is_error":true}]}]""", CodecWire.Messages("anthropic", Round(mcp)));
    }

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void An_exceptions_text_is_for_the_caller(string dialect)
    {
        string written = CodecWire.Messages(dialect, Round(new FunctionResultContent("c1", null) { Exception = new InvalidOperationException("password=hunter2") }));
        Assert.Contains("Error: The tool failed.", written);
        Assert.DoesNotContain("hunter2", written);
        Assert.Contains("Error: Function failed. Exception: out", CodecWire.Messages(dialect, Round(new FunctionResultContent("c1", "Error: Function failed. Exception: out") { Exception = new InvalidOperationException("out") })));
    }

    private static ChatMessage[] Round(object? result) =>
    [
        new(ChatRole.User, "Look"),
        new(ChatRole.Assistant, [new FunctionCallContent("c1", "shot")]),
        new(ChatRole.Tool, [result as FunctionResultContent ?? new FunctionResultContent("c1", result)]),
    ];

    private static string Last(string messages) => JsonDocument.Parse(messages).RootElement.EnumerateArray().Last().GetRawText();
}
