using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIResponses;

/// <summary>Streams of typed events.</summary>
public class ResponsesStreamTests
{
    private const string Created = """{"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","created_at":1741569952,"status":"in_progress","model":"gpt-5-mini","output":[],"service_tier":"auto","usage":null}}""";

    internal static readonly string[] Golden =
    [
        Created,
        """{"type":"response.in_progress","sequence_number":1,"response":{"id":"resp_1","object":"response","created_at":1741569952,"status":"in_progress","model":"gpt-5-mini","output":[]}}""",
        """{"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[],"encrypted_content":"gA"}}""",
        """{"type":"response.reasoning_summary_part.added","sequence_number":3,"item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}""",
        """{"type":"response.reasoning_summary_text.delta","sequence_number":4,"item_id":"rs_1","output_index":0,"summary_index":0,"delta":"Fir"}""",
        """{"type":"response.reasoning_summary_text.delta","sequence_number":5,"item_id":"rs_1","output_index":0,"summary_index":0,"delta":"st."}""",
        """{"type":"response.reasoning_summary_text.done","sequence_number":6,"item_id":"rs_1","output_index":0,"summary_index":0,"text":"First."}""",
        """{"type":"response.reasoning_summary_part.done","sequence_number":7,"item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":"First."}}""",
        """{"type":"response.reasoning_summary_text.delta","sequence_number":8,"item_id":"rs_1","output_index":0,"summary_index":1,"delta":"Then."}""",
        """{"type":"response.output_item.done","sequence_number":9,"output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"First."},{"type":"summary_text","text":"Then."}],"encrypted_content":"gAAA"}}""",
        """{"type":"response.output_item.added","sequence_number":10,"output_index":1,"item":{"id":"msg_1","type":"message","status":"in_progress","role":"assistant","content":[],"phase":"final_answer"}}""",
        """{"type":"response.content_part.added","sequence_number":11,"item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","annotations":[],"logprobs":[],"text":""}}""",
        """{"type":"response.output_text.delta","sequence_number":12,"item_id":"msg_1","output_index":1,"content_index":0,"delta":"Hel","logprobs":[],"obfuscation":"x"}""",
        """{"type":"response.output_text.delta","sequence_number":13,"item_id":"msg_1","output_index":1,"content_index":0,"delta":"lo \"ö\""}""",
        """{"type":"response.output_text.annotation.added","sequence_number":14,"item_id":"msg_1","output_index":1,"content_index":0,"annotation_index":0,"annotation":{"type":"url_citation","start_index":0,"end_index":5,"url":"https://example.com/","title":"Example"}}""",
        """{"type":"response.output_text.done","sequence_number":15,"item_id":"msg_1","output_index":1,"content_index":0,"text":"Hello \"ö\""}""",
        """{"type":"response.content_part.done","sequence_number":16,"item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"Hello \"ö\"","annotations":[{"type":"url_citation","start_index":0,"end_index":5,"url":"https://example.com/","title":"Example"}]}}""",
        """{"type":"response.output_item.done","sequence_number":17,"output_index":1,"item":{"id":"msg_1","type":"message","status":"completed","role":"assistant","phase":"final_answer","content":[{"type":"output_text","text":"Hello \"ö\"","annotations":[{"type":"url_citation","start_index":0,"end_index":5,"url":"https://example.com/","title":"Example"}]}]}}""",
        """{"type":"response.completed","sequence_number":18,"response":""" + Compact(ResponsesReplyTests.Golden) + "}",
    ];

    internal static readonly string[] GoldenCalls =
    [
        Created.Replace("resp_1", "resp_2"),
        """{"type":"response.output_item.added","output_index":0,"item":{"id":"fc_1","type":"function_call","status":"in_progress","arguments":"","call_id":"call_1","name":"weather"}}""",
        """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"{\"ci"}""",
        """{"type":"response.output_item.added","output_index":1,"item":{"id":"fc_2","type":"function_call","status":"in_progress","arguments":"","call_id":"call_2","name":"time"}}""",
        """{"type":"response.function_call_arguments.delta","item_id":"fc_2","output_index":1,"delta":"{}"}""",
        """{"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"ty\":\"K\u00f6ln\"}"}""",
        """{"type":"response.function_call_arguments.done","item_id":"fc_1","output_index":0,"arguments":"{\"city\":\"Köln\"}"}""",
        """{"type":"response.output_item.done","output_index":0,"item":{"id":"fc_1","type":"function_call","status":"completed","arguments":"{\"city\":\"Köln\"}","call_id":"call_1","name":"weather"}}""",
        """{"type":"response.function_call_arguments.done","item_id":"fc_2","output_index":1,"arguments":"{}"}""",
        """{"type":"response.output_item.done","output_index":1,"item":{"id":"fc_2","type":"function_call","status":"completed","arguments":"{}","call_id":"call_2","name":"time"}}""",
        """{"type":"response.completed","response":""" + Compact(ResponsesReplyTests.GoldenCalls) + "}",
    ];

    [Fact]
    public void A_stream_says_what_the_whole_answer_says()
    {
        foreach ((string[] events, string whole) in new[] { (Golden, ResponsesReplyTests.Golden), (GoldenCalls, ResponsesReplyTests.GoldenCalls) })
        {
            List<ChatResponseUpdate> updates = ResponsesWire.Stream(events);
            ChatResponse streamed = updates.ToChatResponse();
            RoutedResponse reply = ResponsesWire.Reply(Compact(whole));
            Assert.Equal(Said(reply), Said(streamed));
            Assert.Equal(reply.FinishReason, streamed.FinishReason);
            Assert.Equal(JsonSerializer.Serialize(reply.Usage), JsonSerializer.Serialize(streamed.Usage));
            Assert.Equal((reply.ResponseId, reply.ModelId, reply.CreatedAt), (streamed.ResponseId, streamed.ModelId, streamed.CreatedAt));
            Assert.Equal(reply.AdditionalProperties?["ServiceTier"] ?? "auto", updates[^1].AdditionalProperties!["ServiceTier"]);
            Assert.Single(streamed.Messages);
            Assert.All(updates, static update => Assert.Equal((ChatRole.Assistant, update.ResponseId), (update.Role!.Value, update.MessageId)));
        }
    }

    [Fact]
    public void Pieces_are_handed_on_as_they_come()
    {
        string[] texts = [.. ResponsesWire.Stream(Golden).SelectMany(static update => update.Contents).Where(static content => content is TextContent { Text.Length: > 0 } or TextReasoningContent { Text.Length: > 0 }).Select(static content => content.ToString()!)];
        Assert.Equal(["Fir", "st.", "\n\nThen.", "Hel", "lo \"ö\""], texts);
    }

    [Fact]
    public void Whichever_of_the_events_are_missing_nothing_is_lost_and_nothing_doubled()
    {
        string expected = Said(ResponsesWire.Reply(Compact(ResponsesReplyTests.Golden)));
        for (int set = 0; set < 1 << 7; set++)
        {
            // Any of the kinds of events may be missing, but for the last one.
            string[] kinds = ["output_item.added", "_text.delta", "_text.done", "_part.done", "annotation.added", "output_item.done", "_part.added"];
            string[] events = [.. Golden.Where(data => !kinds.Where((_, i) => (set & (1 << i)) != 0).Any(kind => TypeOf(data).EndsWith(kind, StringComparison.Ordinal)))];
            string said = Said(ResponsesWire.Stream(events).ToChatResponse());

            // State stands before what follows it, or is not known when that comes.
            if ((set & 0b100001) == 0) Assert.Equal(expected, said);
            else Assert.Equal(WithoutState(expected), WithoutState(said));
        }
    }

    [Fact]
    public void Calls_may_come_in_pieces_or_whole()
    {
        string expected = Said(ResponsesWire.Reply(ResponsesReplyTests.GoldenCalls));
        for (int set = 0; set < 1 << 4; set++)
        {
            string[] kinds = ["output_item.added", "arguments.delta", "arguments.done", "output_item.done"];
            bool[] missing = [.. Enumerable.Range(0, 4).Select(i => (set & (1 << i)) != 0)];
            string[] events = [.. GoldenCalls.Where(data => !kinds.Where((_, i) => missing[i]).Any(kind => TypeOf(data).EndsWith(kind, StringComparison.Ordinal)))];
            Assert.Equal(expected, Said(ResponsesWire.Stream(events).ToChatResponse()));
        }
    }

    [Fact]
    public void The_last_event_may_hold_nothing_but_its_type()
    {
        foreach (string[] golden in new[] { Golden, GoldenCalls })
        {
            string expected = Said(ResponsesWire.Stream(golden).ToChatResponse());
            Assert.Equal(expected, Said(ResponsesWire.Stream([.. golden[..^1], """{"type":"response.completed"}"""]).ToChatResponse()));
            Assert.Equal(expected, Said(ResponsesWire.Stream([.. golden[..^1], "[DONE]"]).ToChatResponse()));
            Assert.Equal(expected, Said(ResponsesWire.Stream([.. golden[..^1], """{"type":"response.completed","response":{"status":"completed","output":[]}}"""]).ToChatResponse()));
        }
    }

    [Fact]
    public void Items_may_lack_numbers_share_one_or_change_their_ids()
    {
        string expected = Said(ResponsesWire.Stream(Golden).ToChatResponse());
        Assert.Equal(expected, Said(ResponsesWire.Stream(Golden.Select(static data => data.Replace("\"output_index\":0,", "").Replace("\"output_index\":1,", ""))).ToChatResponse()));
        Assert.Equal(expected, Said(ResponsesWire.Stream(Golden.Select(static data => data.Replace("\"output_index\":1", "\"output_index\":0"))).ToChatResponse()));
        int count = 0;
        Assert.Equal(expected, Said(ResponsesWire.Stream(Golden.Select(data => data.Replace("\"item_id\":\"msg_1\"", $"\"item_id\":\"msg_{count++}\""))).ToChatResponse()));
        expected = Said(ResponsesWire.Stream(GoldenCalls).ToChatResponse());
        Assert.Equal(expected, Said(ResponsesWire.Stream(GoldenCalls.Select(static data => data.Replace("\"output_index\":0,", "").Replace("\"output_index\":1,", ""))).ToChatResponse()));
        Assert.Equal(expected, Said(ResponsesWire.Stream(GoldenCalls.Select(static data => data.Replace("\"item_id\":\"fc_1\",", "").Replace("\"item_id\":\"fc_2\",", ""))).ToChatResponse()));
    }

    [Fact]
    public void The_type_may_be_the_events_name_alone()
    {
        ChatStreamDecoder decoder = ResponsesWire.Codec.StartStream(ResponsesWire.Asked);
        Assert.Equal(StreamSignal.Update, decoder.Read("response.output_text.delta"u8, "{\"delta\":\"Hi\"}"u8, out ChatResponseUpdate? update, out _));
        Assert.Equal("Hi", update!.Text);
        Assert.False(decoder.IsFinished);
        Assert.Equal(StreamSignal.Completed, decoder.Read("response.completed"u8, "{}"u8, out update, out _));
        Assert.Equal(ChatFinishReason.Stop, update!.FinishReason);
        Assert.True(decoder.IsFinished);
        Assert.Equal(StreamSignal.Continue, decoder.Read(default, "[DONE]"u8, out _, out _));
    }

    [Theory]
    [InlineData("response.later.thing", StreamSignal.Continue)]
    [InlineData("keepalive", StreamSignal.Continue)]
    [InlineData("response.created", StreamSignal.Continue)]
    [InlineData("response.web_search_call.searching", StreamSignal.Progress)]
    [InlineData("response.code_interpreter_call_code.delta", StreamSignal.Progress)]
    [InlineData("response.image_generation_call.partial_image", StreamSignal.Progress)]
    [InlineData("response.function_call_arguments.delta", StreamSignal.Progress)]
    public void An_event_without_content_shows_at_most_that_the_model_is_at_work(string type, StreamSignal expected)
    {
        ChatStreamDecoder decoder = ResponsesWire.Codec.StartStream(ResponsesWire.Asked);
        Assert.Equal(expected, decoder.Read(default, Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","delta":"x","sequence_number":1}"""), out ChatResponseUpdate? update, out _));
        Assert.Null(update);
    }

    [Fact]
    public void State_does_not_commit_a_call_before_there_is_content()
    {
        ChatStreamDecoder decoder = ResponsesWire.Codec.StartStream(ResponsesWire.Asked);
        Assert.Equal(StreamSignal.Progress, decoder.Read(default, """{"type":"response.output_item.done","output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[],"encrypted_content":"gAAA"}}"""u8, out _, out _));
        Assert.Equal(StreamSignal.Failed, decoder.Read(default, """{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"}}}"""u8, out _, out AttemptFailure? failure));
        Assert.Equal(FailureKind.ContentFiltered, failure!.Kind);
    }

    [Fact]
    public void A_refusal_comes_whole()
    {
        string[] pieces = ["""{"type":"response.refusal.delta","output_index":0,"content_index":0,"delta":"I can"}""", """{"type":"response.refusal.delta","output_index":0,"content_index":0,"delta":"not."}"""];
        string[][] endings =
        [
            ["""{"type":"response.refusal.done","output_index":0,"content_index":0,"refusal":"I cannot."}"""],
            ["""{"type":"response.output_item.done","output_index":0,"item":{"type":"message","content":[{"type":"refusal","refusal":"I cannot."}]}}"""],
            [],
        ];
        foreach (string[] ending in endings)
        {
            ErrorContent refusal = ResponsesWire.Stream([Created, .. pieces, .. ending, """{"type":"response.completed"}"""]).SelectMany(static update => update.Contents).OfType<ErrorContent>().Single();
            Assert.Equal(("I cannot.", "Refusal"), (refusal.Message, refusal.ErrorCode));
        }
    }

    [Fact]
    public void Usage_is_known_when_it_is_said()
    {
        ChatStreamDecoder decoder = ResponsesWire.Codec.StartStream(ResponsesWire.Asked);
        decoder.Read(default, Encoding.UTF8.GetBytes(Created), out _, out _);
        Assert.Null(decoder.UsageSoFar);
        decoder.Read(default, """{"type":"response.in_progress","response":{"usage":{"input_tokens":5,"output_tokens":1}}}"""u8, out _, out _);
        Assert.Equal(5, decoder.UsageSoFar!.InputTokenCount);
        decoder.Read(default, """{"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"x"},"usage":{"input_tokens":5,"output_tokens":9}}}"""u8, out _, out AttemptFailure? failure);
        Assert.Equal(FailureKind.ServerError, failure!.Kind);
        Assert.Equal(9, decoder.UsageSoFar!.OutputTokenCount);
    }

    [Theory]
    [InlineData("""{"type":"error","code":"rate_limit_exceeded","message":"Slow down.","param":null,"sequence_number":3}""", FailureKind.RateLimited, "Slow down.")]
    [InlineData("""{"type":"error","sequence_number":3,"error":{"type":"invalid_request_error","code":"context_length_exceeded","message":"Too long.","param":"input"}}""", FailureKind.ContextWindowExceeded, "Too long.")]
    [InlineData("""{"type":"error","error":{"type":"server_error","message":"Oh."}}""", FailureKind.ServerError, "Oh.")]
    [InlineData("""{"error":{"code":429,"message":"Behind."}}""", FailureKind.RateLimited, "Behind.")]
    [InlineData("""{"type":"error"}""", FailureKind.InvalidResponse, "")]
    [InlineData("""{"type":"response.failed","response":{"error":{"code":"server_is_overloaded","message":"Busy."}}}""", FailureKind.Overloaded, "Busy.")]
    [InlineData("""{"type":"response.failed"}""", FailureKind.ServerError, "failed")]
    [InlineData("""{"type":"response.cancelled","response":{}}""", FailureKind.ServerError, "cancelled")]
    [InlineData("[DONE]", FailureKind.InvalidResponse, "without an answer")]
    [InlineData("{", FailureKind.InvalidResponse, "cannot be read")]
    [InlineData("[]", FailureKind.InvalidResponse, "'event' is a StartArray")]
    [InlineData("""{"type":"response.output_item.done","item":{"type":"function_call"}}""", FailureKind.InvalidResponse, "names no function")]
    public void An_error_ends_the_stream(string data, FailureKind kind, string message)
    {
        AttemptFailure failure = ResponsesWire.Broken([Created, data]);
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(message, failure.Message);
    }

    [Fact]
    public void An_answer_that_was_cut_keeps_what_there_is()
    {
        ChatResponse cut = ResponsesWire.Stream([.. Golden[..14], """{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}}"""]).ToChatResponse();
        Assert.Equal(("Hello \"ö\"", ChatFinishReason.Length), (cut.Text, cut.FinishReason!.Value));
        cut = ResponsesWire.Stream([.. Golden[..14], """{"type":"response.incomplete","response":{"incomplete_details":{"reason":"content_filter"}}}"""]).ToChatResponse();
        Assert.Equal(ChatFinishReason.ContentFilter, cut.FinishReason);
        FunctionCallContent call = ResponsesWire.Stream([.. GoldenCalls[..3], """{"type":"response.incomplete","response":{}}"""]).SelectMany(static update => update.Contents).OfType<FunctionCallContent>().Single();
        Assert.NotNull(call.Exception);
    }

    [Fact]
    public void A_whole_answer_where_a_stream_was_asked_for_is_an_answer()
    {
        Assert.Equal(Said(ResponsesWire.Reply(ResponsesReplyTests.Golden)), Said(ResponsesWire.Stream([ResponsesReplyTests.Golden]).ToChatResponse()));
        Assert.Equal(FailureKind.ServerError, ResponsesWire.Broken(["""{"object":"response","status":"failed","error":{"code":"server_error","message":"x"},"output":[]}"""]).Kind);
    }

    /// <summary>All that an answer says, with its state and its sources, as text.</summary>
    private static string Said(ChatResponse response)
    {
        List<string> said = [];
        List<string> sources = [];
        foreach (AIContent content in response.Messages.SelectMany(static message => message.Contents))
        {
            sources.AddRange(content.Annotations?.OfType<CitationAnnotation>().Select(static source => source.Url!.ToString()) ?? []);
            switch (content)
            {
                case TextReasoningContent thoughts: said.Add($"thoughts {thoughts.Text} {thoughts.ProtectedData}"); break;
                case TextContent { Text.Length: > 0 } text: said.Add("text " + text.Text); break;
                case FunctionCallContent call: said.Add($"call {call.CallId} {call.Name} {JsonSerializer.Serialize(call.Arguments)}"); break;
                case not (TextContent or UsageContent): said.Add(content.GetType().Name); break;
            }
        }

        return string.Join("\n", said.Concat(sources));
    }

    private static string WithoutState(string said) => string.Join("\n", said.Split('\n').Where(static line => line is not "final_answer" && !line.StartsWith('{')).Select(static line => line.Split("rg1")[0].Trim()).Where(static line => line is not "thoughts").Order(StringComparer.Ordinal));

    /// <summary>The whole answer without white space, as the events have it.</summary>
    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static string TypeOf(string data) => JsonDocument.Parse(data).RootElement.GetProperty("type").GetString()!;
}
