using Microsoft.Extensions.AI;

namespace RouterGen.Codecs.Tests.Gemini;

/// <summary>Conversations as turns.</summary>
public class GeminiMessageTests
{
    private static ChatMessage User(params AIContent[] contents) => new(ChatRole.User, contents);

    private static ChatMessage Assistant(params AIContent[] contents) => new(ChatRole.Assistant, contents);

    private static ChatMessage Tool(params AIContent[] contents) => new(ChatRole.Tool, contents);

    private static FunctionCallContent Call(string id, string name, object? city = null) => new(id, name, city is null ? null : new Dictionary<string, object?> { ["city"] = city });

    [Fact]
    public void Turns_take_turns() => Assert.Equal(
        """[{"role":"user","parts":[{"text":"a"},{"text":"b"}]},{"role":"model","parts":[{"text":"c"},{"text":"d"}]},{"role":"user","parts":[{"text":"e"}]}]""",
        GeminiWire.Contents(new(ChatRole.User, "a"), new(ChatRole.User, "b"), new(ChatRole.Assistant, "c"), new(ChatRole.Assistant, [new TextContent("d"), new TextContent("")]), new(ChatRole.User, "e")));

    [Fact]
    public void System_text_goes_apart_wherever_it_stands()
    {
        string body = GeminiWire.Body([new(ChatRole.System, "Be brief."), GeminiWire.Hello, new(new ChatRole("developer"), "Be kind.")], new() { Instructions = "Be good." });
        Assert.Equal("""{"systemInstruction":{"parts":[{"text":"Be good."},{"text":"Be brief."},{"text":"Be kind."}]},"contents":[{"role":"user","parts":[{"text":"Hello"}]}]}""", body);
        Assert.Contains("text only", GeminiWire.Refused([new(ChatRole.System, [new DataContent(new byte[] { 1 }, "image/png")]), GeminiWire.Hello]));
    }

    [Fact]
    public void For_a_model_without_system_text_it_begins_the_first_user_turn()
    {
        Takes gemma = ModelCapabilities.Vision | (Takes)GeminiQuirks.SystemInUser;
        Assert.Equal("""[{"role":"user","parts":[{"text":"Be brief."},{"text":"Hello"}]}]""", GeminiWire.ContentsFor(gemma, new(ChatRole.System, "Be brief."), GeminiWire.Hello));
        Assert.Equal("""[{"role":"user","parts":[{"text":"Be brief."}]},{"role":"model","parts":[{"text":"Hi"}]},{"role":"user","parts":[{"text":"Hello"}]}]""",
            GeminiWire.ContentsFor(gemma, new(ChatRole.Assistant, "Hi"), new(ChatRole.System, "Be brief."), GeminiWire.Hello));
        Assert.DoesNotContain("systemInstruction", GeminiWire.Body([GeminiWire.Hello], new() { Instructions = "Be good." }, gemma));
    }

    [Fact]
    public void A_conversation_without_a_turn_is_refused()
    {
        Assert.Contains("at least one", GeminiWire.Refused([new(ChatRole.System, "Be brief.")]));
        Assert.Contains("'critic'", GeminiWire.Refused([new(new ChatRole("critic"), "Bad.")]));
    }

    [Fact]
    public void Results_of_all_calls_of_a_turn_stand_together_first_and_have_names() => Assert.Equal(
        """
        [{"role":"user","parts":[{"text":"Weather?"}]},{"role":"model","parts":[{"functionCall":{"id":"c1","name":"weather","args":{"city":"Köln"}}},{"functionCall":{"id":"c2","name":"time","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"id":"c1","name":"weather","response":{"output":"rain"}}},{"functionResponse":{"id":"c2","name":"time","response":{"output":12}}},{"text":"And?"}]}]
        """.Replace("\n", ""),
        GeminiWire.Contents(
            User(new TextContent("Weather?")), Assistant(Call("c1", "weather", "Köln"), Call("c2", "time")),
            Tool(new FunctionResultContent("c1", "rain")), Tool(new FunctionResultContent("c2", 12)), User(new TextContent("And?"))));

    [Fact]
    public void A_result_whose_call_was_cut_off_has_a_name_and_of_two_calls_with_one_id_the_later_counts()
    {
        Assert.Contains("""{"functionResponse":{"id":"c9","name":"tool","response":{"output":""}}}""", GeminiWire.Contents(Tool(new FunctionResultContent("c9", null))));
        string written = GeminiWire.Contents(
            GeminiWire.Hello, Assistant(Call("c", "first")), Tool(new FunctionResultContent("c", "1")), Assistant(Call("c", "second")), Tool(new FunctionResultContent("c", "2")));
        Assert.Contains("""{"id":"c","name":"first","response":{"output":"1"}}""", written);
        Assert.Contains("""{"id":"c","name":"second","response":{"output":"2"}}""", written);
    }

    public static TheoryData<object?, string> Results => new()
    {
        { "text", """{"output":"text"}""" },
        { null, """{"output":""}""" },
        { 1.5, """{"output":1.5}""" },
        { System.Text.Json.JsonDocument.Parse("""{"a":[1]}""").RootElement, """{"a":[1]}""" },
        { new Dictionary<string, object?> { ["b"] = true }, """{"b":true}""" },
        { System.Text.Json.JsonDocument.Parse("[1,2]").RootElement, """{"output":[1,2]}""" },
        { new AIContent[] { new TextContent("one") }, """{"output":"one"}""" },
        { new AIContent[] { new TextContent("one"), new TextContent("two") }, """{"output":["one","two"]}""" },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public void A_result_is_an_object(object? result, string expected) =>
        Assert.Contains("\"response\":" + expected + "}}", GeminiWire.Contents(GeminiWire.Hello, Assistant(Call("c1", "f")), Tool(new FunctionResultContent("c1", result))));

    [Fact]
    public void A_failure_is_said_as_one()
    {
        ChatMessage[] round = [GeminiWire.Hello, Assistant(Call("c1", "f")), Tool(new FunctionResultContent("c1", null) { Exception = new InvalidOperationException("secret") })];
        Assert.Contains("""{"error":"Error: The tool failed."}""", GeminiWire.Contents(round));
        round[2] = Tool(new FunctionResultContent("c1", "no page") { Exception = new InvalidOperationException("secret") });
        Assert.Contains("""{"error":"no page"}""", GeminiWire.Contents(round));
    }

    [Fact]
    public void Images_and_PDFs_stand_in_results_where_the_model_reads_them_there()
    {
        ChatMessage[] round = [GeminiWire.Hello, Assistant(Call("c1", "f")), Tool(new FunctionResultContent("c1", new AIContent[] { new TextContent("shot"), new DataContent("zebra"u8.ToArray(), "image/png") }))];
        Assert.EndsWith("""{"functionResponse":{"id":"c1","name":"f","response":{"output":"shot"},"parts":[{"inlineData":{"mimeType":"image/png","data":"emVicmE="}}]}}]}]""", GeminiWire.Contents(round));
        Assert.EndsWith("""{"functionResponse":{"id":"c1","name":"f","response":{"output":"shot"}}},{"inlineData":{"mimeType":"image/png","data":"emVicmE="}}]}]""", GeminiWire.ContentsFor(GeminiWire.Budget, round));

        round[2] = Tool(new FunctionResultContent("c1", new AIContent[] { new DataContent("zebra"u8.ToArray(), "audio/wav") }));
        Assert.EndsWith("""{"output":"The result follows in the next user message."}}},{"inlineData":{"mimeType":"audio/wav","data":"emVicmE="}}]}]""", GeminiWire.Contents(round));
    }

    public static TheoryData<AIContent, string> Media => new()
    {
        { new DataContent("zebra"u8.ToArray(), "image/webp"), """{"inlineData":{"mimeType":"image/webp","data":"emVicmE="}}""" },
        { new DataContent("zebra"u8.ToArray(), "audio/mp3"), """{"inlineData":{"mimeType":"audio/mp3","data":"emVicmE="}}""" },
        { new DataContent("zebra"u8.ToArray(), "video/mp4"), """{"inlineData":{"mimeType":"video/mp4","data":"emVicmE="}}""" },
        { new DataContent("zebra"u8.ToArray(), "application/pdf"), """{"inlineData":{"mimeType":"application/pdf","data":"emVicmE="}}""" },
        { new DataContent("zebra"u8.ToArray(), "application/json"), """{"inlineData":{"mimeType":"text/plain","data":"emVicmE="}}""" },
        { new UriContent("https://www.youtube.com/watch?v=9hE5-98ZeCg", "video/mp4"), """{"fileData":{"mimeType":"video/mp4","fileUri":"https://www.youtube.com/watch?v=9hE5-98ZeCg"}}""" },
        { new UriContent("gs://bucket/a.png", "image/*"), """{"fileData":{"fileUri":"gs://bucket/a.png"}}""" },
        { new HostedFileContent("files/abc") { MediaType = "application/pdf" }, """{"fileData":{"mimeType":"application/pdf","fileUri":"https://generativelanguage.googleapis.com/v1beta/files/abc"}}""" },
        { new HostedFileContent("https://example.com/f"), """{"fileData":{"fileUri":"https://example.com/f"}}""" },
    };

    [Theory]
    [MemberData(nameof(Media))]
    public void Media_are_data_or_links(AIContent media, string expected) => Assert.Equal($$"""[{"role":"user","parts":[{{expected}}]}]""", GeminiWire.Contents(User(media)));

    [Theory]
    [InlineData("image/png", "images")]
    [InlineData("audio/wav", "audio")]
    [InlineData("video/mp4", "videos")]
    [InlineData("application/pdf", "documents")]
    [InlineData("text/csv", "documents")]
    [InlineData("application/zip", "application/zip")]
    public void What_the_model_does_not_take_is_refused_before_it_is_sent(string type, string word) =>
        Assert.Contains(word, GeminiWire.Refused([User(new DataContent("zebra"u8.ToArray(), type))], null, ModelCapabilities.Tools));

    [Fact]
    public void Tools_in_the_history_of_a_model_that_has_none_are_refused()
    {
        Assert.Contains("tool call", GeminiWire.Refused([GeminiWire.Hello, Assistant(Call("c1", "f"))], null, Takes.Nothing));
        Assert.Contains("result", GeminiWire.Refused([Tool(new FunctionResultContent("c1", "x"))], null, Takes.Nothing));
        Assert.Contains("argument 'city'", GeminiWire.Refused([GeminiWire.Hello, Assistant(Call("c1", "f", new object[] { double.NaN }))]));
        Assert.Contains("'c1'", GeminiWire.Refused([Tool(new FunctionResultContent("c1", double.NaN))]));
    }

    [Fact]
    public void A_raw_part_is_sent_as_it_is()
    {
        var raw = new AIContent { RawRepresentation = new System.Text.Json.Nodes.JsonObject { ["text"] = "x", ["videoMetadata"] = new System.Text.Json.Nodes.JsonObject { ["fps"] = 1 } } };
        Assert.Equal("""[{"role":"user","parts":[{"text":"x","videoMetadata":{"fps":1}}]}]""", GeminiWire.Contents(User(raw)));
    }
}
