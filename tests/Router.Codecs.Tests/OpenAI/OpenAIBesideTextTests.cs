using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIChat;

/// <summary>What an answer brings beside its text, whole and streamed.</summary>
public class OpenAIBesideTextTests
{
    private const string Page = "https://a.test/1";

    /// <summary>Each line: members beside the choices, members of the message, and the sources with their titles.</summary>
    [Theory]
    [InlineData("\"citations\":[\"https://a.test/1\",\"https://b.test/\"],", "", "https://a.test/1 , https://b.test/ ")]
    [InlineData("\"citations\":[\"https://a.test/1\"],\"search_results\":[{\"title\":\"A\",\"url\":\"https://a.test/1\",\"date\":null}],", "", "https://a.test/1 A")]
    [InlineData("\"search_results\":[{\"title\":\"A\",\"url\":\"https://a.test/1\"}],\"citations\":[\"https://a.test/1\"],", "", "https://a.test/1 A")]
    [InlineData("", ",\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://a.test/1\",\"title\":\"A\",\"start_index\":0,\"end_index\":4}}]", "https://a.test/1 A 0-4")]
    [InlineData("", ",\"annotations\":[{\"type\":\"url_citation\",\"url\":\"https://a.test/1\",\"start_index\":0,\"end_index\":4},{\"type\":\"url_citation\",\"url\":\"https://a.test/1\",\"start_index\":5,\"end_index\":7}]", "https://a.test/1  0-4, https://a.test/1  5-7")]
    [InlineData("\"citations\":[\"https://a.test/1\"],", ",\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://a.test/1\",\"title\":\"A\",\"start_index\":0,\"end_index\":4}}]", "https://a.test/1 A 0-4")]
    [InlineData("", ",\"executed_tools\":[{\"index\":0,\"type\":\"search\",\"search_results\":{\"results\":[{\"title\":\"A\",\"url\":\"https://a.test/1\",\"content\":\"x\",\"score\":0.5}]}}]", "https://a.test/1 A")]
    [InlineData("\"citations\":null,\"search_results\":{},", ",\"annotations\":[],\"executed_tools\":\"x\",\"images\":1,\"audio\":null", "")]
    [InlineData("\"citations\":[1,null,\"\",{}],", ",\"annotations\":[{\"type\":\"url_citation\"},5]", "")]
    public void Sources_come_once(string answer, string message, string expected)
    {
        IEnumerable<AIContent> whole = OpenAIWire.Reply($$$"""{{{{answer}}}"choices":[{"index":0,"message":{"content":"Oslo[1]"{{{message}}}},"finish_reason":"stop"}]}""").Messages[0].Contents;
        Assert.Equal(expected, Sources(whole));
        Assert.Equal("Oslo[1]", Assert.IsType<TextContent>(Assert.Single(whole)).Text);

        ChatResponse streamed = Stream(
            $$$"""{{{{answer}}}"choices":[{"index":0,"delta":{"content":"Oslo"{{{message}}}}}]}""",
            $$$"""{{{{answer}}}"choices":[{"index":0,"delta":{"content":"[1]"{{{message}}}}}]}""",
            $$$"""{{{{answer}}}"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
            "[DONE]").ToChatResponse();
        Assert.Equal(expected, Sources(streamed.Messages[0].Contents));
        Assert.Equal("Oslo[1]", streamed.Text);
    }

    [Fact]
    public void A_source_that_comes_after_the_finish_comes_with_the_terminator()
    {
        ChatResponse streamed = Stream("""{"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"stop"}]}""", $$"""{"choices":[],"citations":["{{Page}}"]}""", "[DONE]").ToChatResponse();
        Assert.Equal(Page + " ", Sources(streamed.Messages[0].Contents));
    }

    [Fact]
    public void A_repeated_list_allocates_nothing()
    {
        ChatStreamDecoder decoder = OpenAIWire.Codec.StartStream(OpenAIWire.Asked);
        byte[] data = Encoding.UTF8.GetBytes($$"""{"choices":[],"citations":["{{Page}}","https://b.test/"]}""");
        for (int i = 0; i < 100; i++) decoder.Read(default, data, out _, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) decoder.Read(default, data, out _, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Theory]
    [InlineData("""[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"4"}]""", "Hm.", "4")]
    [InlineData("""[{"type":"thinking","thinking":"Hm.","closed":true},{"type":"text","text":"4"},{"type":"text","text":"2"}]""", "Hm.", "42")]
    [InlineData("""[{"type":"thinking","thinking":[{"type":"text","text":"H"},{"type":"reference","reference_ids":[1]},{"type":"text","text":"m."}]},"4"]""", "Hm.", "4")]
    [InlineData("""[{"type":"reasoning","summary":[{"type":"summary_text","text":"H"},{"type":"summary_text","text":"m."}]},{"type":"text","text":"4"}]""", "Hm.", "4")]
    [InlineData("""[{"type":"output_text","text":"4"},{"type":"later","text":"no"},7]""", "", "4")]
    public void Parts_of_a_content(string content, string thoughts, string text)
    {
        IEnumerable<AIContent> whole = OpenAIWire.Reply($$$"""{"choices":[{"message":{"content":{{{content}}}},"finish_reason":"stop"}]}""").Messages[0].Contents;
        Assert.Equal((thoughts, text), (Thoughts(whole), string.Concat(whole.OfType<TextContent>())));
        ChatResponseUpdate update = Stream($$$"""{"choices":[{"delta":{"content":{{{content}}}}}]}""")[0];
        Assert.Equal((thoughts, text), (Thoughts(update.Contents), update.Text));
    }

    [Fact]
    public void Thinking_parts_of_a_stream_are_handed_on_as_they_come()
    {
        List<ChatResponseUpdate> updates = Stream(
            """{"choices":[{"delta":{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm"}]}]}}]}""",
            """{"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"."}]}]}}]}""",
            """{"choices":[{"delta":{"content":"4"},"finish_reason":"stop"}]}""",
            "[DONE]");
        Assert.Equal(["Hm", ".", ""], updates.Select(update => Thoughts(update.Contents)));
        Assert.Equal("4", updates.ToChatResponse().Text);
    }

    [Fact]
    public void A_refusal_may_be_a_part()
    {
        RoutedResponse reply = OpenAIWire.Reply("""{"choices":[{"message":{"content":[{"type":"refusal","refusal":"No."}]},"finish_reason":"stop"}]}""");
        Assert.Equal("No.", Assert.IsType<ErrorContent>(Assert.Single(reply.Messages[0].Contents)).Message);
    }

    [Theory]
    [InlineData("\"content\":\"x\",\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAEC\"}}]")]
    [InlineData("\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAEC\"}}]")]
    [InlineData("\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"image_url\",\"image_url\":\"data:image/png;base64,AAEC\"}]")]
    [InlineData("\"content\":\"x\",\"images\":[\"data:image/png;base64,AAEC\"]")]
    [InlineData("\"content\":\"x\",\"images\":[{\"b64_json\":\"AAEC\"}]")]
    public void Images_are_data(string message)
    {
        foreach (IEnumerable<AIContent> contents in Both(message))
        {
            DataContent image = Assert.Single(contents.OfType<DataContent>());
            Assert.Equal("image/png", image.MediaType);
            Assert.Equal([0, 1, 2], image.Data.ToArray());
            Assert.Equal("x", string.Concat(contents.OfType<TextContent>()));
        }
    }

    [Fact]
    public void An_image_elsewhere_is_a_link_and_an_image_alone_is_an_answer()
    {
        foreach (IEnumerable<AIContent> contents in Both("\"content\":null,\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.test/i.png\"}},{\"image_url\":{\"url\":\"data:nonsense\"}}]"))
            Assert.Equal("https://a.test/i.png", Assert.IsType<UriContent>(Assert.Single(contents)).Uri.ToString());
    }

    [Fact]
    public void Sound_comes_whole_with_its_transcript()
    {
        DataContent whole = Assert.IsType<DataContent>(Assert.Single(OpenAIWire.Reply("""{"choices":[{"message":{"content":null,"audio":{"id":"a1","data":"UklGRgA=","expires_at":1,"transcript":"Hi."}},"finish_reason":"stop"}]}""").Messages[0].Contents));
        Assert.Equal(("audio/wav", "a1", "Hi."), (whole.MediaType, whole.AdditionalProperties!["Id"], whole.AdditionalProperties["Transcript"]));

        List<ChatResponseUpdate> updates = Stream(
            """{"choices":[{"delta":{"audio":{"id":"a1","transcript":"Hi"}}}]}""",
            """{"choices":[{"delta":{"audio":{"data":"AAE="}}}]}""",
            """{"choices":[{"delta":{"audio":{"data":"AgM=","transcript":"."}}}]}""",
            """{"choices":[{"delta":{},"finish_reason":"stop"}]}""",
            "[DONE]");
        DataContent sound = Assert.Single(updates.SelectMany(update => update.Contents).OfType<DataContent>());
        Assert.Equal([0, 1, 2, 3], sound.Data.ToArray());
        Assert.Equal(("audio/pcm", "Hi."), (sound.MediaType, sound.AdditionalProperties!["Transcript"]));
    }

    [Fact]
    public void Tier_and_fingerprint_are_readable_under_the_official_adapters_names()
    {
        RoutedResponse reply = OpenAIWire.Reply("""{"service_tier":"priority","system_fingerprint":"fp_1","choices":[{"message":{"content":"x"},"finish_reason":"stop"}]}""");
        Assert.Equal(("priority", "fp_1"), (reply.AdditionalProperties!["ServiceTier"], reply.AdditionalProperties["SystemFingerprint"]));
        Assert.Null(OpenAIWire.Reply("""{"service_tier":null,"choices":[{"message":{"content":"x"},"finish_reason":"stop"}]}""").AdditionalProperties);

        ChatResponse streamed = Stream("""{"service_tier":"priority","system_fingerprint":"fp_1","choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}""", "[DONE]").ToChatResponse();
        Assert.Equal(("priority", "fp_1"), (streamed.AdditionalProperties!["ServiceTier"], streamed.AdditionalProperties["SystemFingerprint"]));
    }

    [Theory]
    [InlineData("""{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}""")]
    [InlineData("""{"choices":[{"index":0,"message":{"content":"Hello"}}],"usage":{"prompt_tokens":1,"completion_tokens":2}}""")]
    public void A_whole_answer_in_a_stream_is_complete(string whole)
    {
        ChatStreamDecoder decoder = OpenAIWire.Codec.StartStream(OpenAIWire.Asked);
        Assert.Equal(StreamSignal.Update, decoder.Read(default, Encoding.UTF8.GetBytes(whole), out ChatResponseUpdate? update, out _));
        Assert.Equal("Hello", update!.Text);
        Assert.True(decoder.IsFinished);
        Assert.Equal(StreamSignal.Completed, decoder.End(out update, out _));
        Assert.Equal(2, Assert.IsType<UsageContent>(Assert.Single(update!.Contents)).Details.OutputTokenCount);
    }

    [Fact]
    public void A_stream_is_finished_by_its_reason_only()
    {
        ChatStreamDecoder decoder = OpenAIWire.Codec.StartStream(OpenAIWire.Asked);
        foreach (string data in OpenAIStreamTests.Golden[..3]) decoder.Read(default, Encoding.UTF8.GetBytes(data), out _, out _);
        Assert.False(decoder.IsFinished);
        decoder.Read(default, Encoding.UTF8.GetBytes(OpenAIStreamTests.Golden[3]), out _, out _);
        Assert.True(decoder.IsFinished);
    }

    private static IEnumerable<AIContent>[] Both(string message) =>
    [
        OpenAIWire.Reply($$$"""{"choices":[{"index":0,"message":{{{{message}}}},"finish_reason":"stop"}]}""").Messages[0].Contents,
        Stream($$$"""{"choices":[{"index":0,"delta":{{{{message}}}}}]}""", """{"choices":[{"delta":{},"finish_reason":"stop"}]}""", "[DONE]").SelectMany(update => update.Contents),
    ];

    private static string Thoughts(IEnumerable<AIContent> contents) => string.Concat(contents.OfType<TextReasoningContent>().Select(content => content.Text));

    private static string Sources(IEnumerable<AIContent> contents) => string.Join(", ", contents.SelectMany(content => content.Annotations ?? []).Cast<CitationAnnotation>().Select(citation =>
        $"{citation.Url} {citation.Title}" + (citation.AnnotatedRegions is [TextSpanAnnotatedRegion region] ? $" {region.StartIndex}-{region.EndIndex}" : "")));

    private static List<ChatResponseUpdate> Stream(params string[] events)
    {
        ChatStreamDecoder decoder = OpenAIWire.Codec.StartStream(OpenAIWire.Asked);
        List<ChatResponseUpdate> updates = [];
        foreach (string data in events)
        {
            decoder.Read(default, Encoding.UTF8.GetBytes(data), out ChatResponseUpdate? update, out AttemptFailure? failure);
            Assert.Null(failure);
            if (update is not null) updates.Add(update);
        }

        return updates;
    }
}
