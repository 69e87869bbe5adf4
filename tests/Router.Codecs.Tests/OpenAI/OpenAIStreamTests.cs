using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIChat;

public class OpenAIStreamTests
{
    internal static readonly string[] Golden =
    [
        """{"id":"c1","object":"chat.completion.chunk","created":1741569952,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null}""",
        """{"id":"c1","object":"chat.completion.chunk","created":1741569952,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{"content":"Hel"},"logprobs":null,"finish_reason":null}],"usage":null}""",
        """{"id":"c1","object":"chat.completion.chunk","created":1741569952,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{"content":"lo \"ö\""},"logprobs":null,"finish_reason":null}],"usage":null}""",
        """{"id":"c1","object":"chat.completion.chunk","created":1741569952,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null}""",
        """{"id":"c1","object":"chat.completion.chunk","created":1741569952,"model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":4}}}""",
        "[DONE]",
    ];

    internal static readonly string[] GoldenCalls =
    [
        """{"id":"c2","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"weather","arguments":""}}]},"finish_reason":null}]}""",
        """{"id":"c2","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"ci"}}]},"finish_reason":null}]}""",
        """{"id":"c2","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"time","arguments":"{}"}}]},"finish_reason":null}]}""",
        """{"id":"c2","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"ty\":\"K\u00f6ln\"}"}}]},"finish_reason":null}]}""",
        """{"id":"c2","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
        "[DONE]",
    ];

    [Fact]
    public void A_stream_is_read_event_by_event()
    {
        var stream = new Stream();

        Assert.Null(stream.Continue(Golden[0]));
        ChatResponseUpdate first = stream.Update(Golden[1]);
        Assert.Equal("Hel", Assert.IsType<TextContent>(Assert.Single(first.Contents)).Text);
        Assert.Equal("lo \"ö\"", stream.Update(Golden[2]).Text);
        ChatResponseUpdate finish = stream.Update(Golden[3]);
        Assert.Empty(finish.Contents);
        Assert.Equal(ChatFinishReason.Stop, finish.FinishReason);
        Assert.Null(stream.Continue(Golden[4]));
        ChatResponseUpdate? last = stream.Completed(Golden[5]);

        UsageDetails usage = Assert.IsType<UsageContent>(Assert.Single(last!.Contents)).Details;
        Assert.Equal((9L, 2L, 11L, 4L), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.CachedInputTokenCount));
        Assert.All([first, finish, last], update =>
        {
            Assert.Equal(ChatRole.Assistant, update.Role);
            Assert.Equal(("c1", "c1", "gpt-4o-mini"), (update.ResponseId, update.MessageId, update.ModelId));
            Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1741569952), update.CreatedAt);
        });
        Assert.Null(first.FinishReason);
    }

    [Fact]
    public void Updates_make_one_response()
    {
        ChatResponse response = Stream.All(Golden).ToChatResponse();
        Assert.Equal("Hello \"ö\"", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal(11, response.Usage?.TotalTokenCount);
        Assert.Single(response.Messages);
    }

    [Fact]
    public void Tool_calls_are_assembled_by_index_and_come_whole()
    {
        var stream = new Stream();
        for (int i = 0; i < 4; i++) stream.Progress(GoldenCalls[i]);
        ChatResponseUpdate update = stream.Update(GoldenCalls[4]);
        Assert.Null(stream.Completed(GoldenCalls[5]));

        Assert.Equal(ChatFinishReason.ToolCalls, update.FinishReason);
        Assert.Collection(
            update.Contents.Cast<FunctionCallContent>(),
            call =>
            {
                Assert.Equal(("call_a", "weather"), (call.CallId, call.Name));
                Assert.Equal("Köln", call.Arguments?["city"]?.ToString());
            },
            call =>
            {
                Assert.Equal(("call_b", "time"), (call.CallId, call.Name));
                Assert.Empty(call.Arguments!);
            });
    }

    [Fact]
    public void Arguments_may_be_split_anywhere()
    {
        const string Arguments = """{"a":"x\n\"y\" ü","b":[1,2]}""";
        for (int split = 0; split <= Arguments.Length; split++)
        {
            var stream = new Stream();
            stream.Progress(Delta(Part("\"index\":0,\"id\":\"c\",", "\"name\":\"f\",\"arguments\":" + JsonSerializer.Serialize(Arguments[..split]))));
            stream.Progress(Delta(Part("\"index\":0,", "\"arguments\":" + JsonSerializer.Serialize(Arguments[split..]))));
            FunctionCallContent call = Assert.Single(stream.Finish().Contents.Cast<FunctionCallContent>());
            Assert.Null(call.Exception);
            Assert.Equal("x\n\"y\" ü", call.Arguments?["a"]?.ToString());
        }
    }

    [Fact]
    public void A_name_may_be_split_or_repeated()
    {
        Assert.Equal(["get_weather"], Names(Part("\"index\":0,\"id\":\"c\",", "\"name\":\"get_\""), Part("\"index\":0,", "\"name\":\"weather\"")));
        Assert.Equal(["get_weather"], Names(Part("\"index\":0,\"id\":\"c\",", "\"name\":\"get_weather\""), Part("\"index\":0,\"id\":\"c\",", "\"name\":\"get_weather\"")));
        Assert.Equal(["f"], Names(Part("\"index\":0,\"id\":\"c\",", "\"name\":\"f\""), Part("\"index\":0,\"id\":\"\",", "\"name\":null")));
    }

    [Fact]
    public void An_index_may_be_missing_or_always_0()
    {
        Assert.Equal(["f"], Names(Part("\"id\":\"a\",", "\"name\":\"f\",\"arguments\":\"{\""), Part("", "\"arguments\":\"}\"")));
        Assert.Equal(["f", "g"], Names(Part("\"id\":\"a\",", "\"name\":\"f\""), Part("\"id\":\"b\",", "\"name\":\"g\"")));
        Assert.Equal(["f", "g"], Names(Part("\"index\":0,\"id\":\"a\",", "\"name\":\"f\""), Part("\"index\":0,\"id\":\"b\",", "\"name\":\"g\""), Part("\"index\":0,", "\"arguments\":\"{}\"")));
        Assert.Equal(["f", "g"], Names(Part("\"index\":1,\"id\":\"a\",", "\"name\":\"f\"") + "," + Part("\"index\":0,\"id\":\"b\",", "\"name\":\"g\"")));
    }

    [Fact]
    public void The_members_of_a_part_may_come_in_any_order()
    {
        var stream = new Stream();
        stream.Progress("""{"choices":[{"finish_reason":null,"delta":{"tool_calls":[{"function":{"arguments":"{\"x\":1","name":"f"},"id":"a","index":1},{"function":{"name":"g"},"id":"b","index":0}]},"index":0}]}""");
        stream.Progress("""{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"}"},"index":1}]},"index":0}]}""");
        stream.Finish();
        var call = (FunctionCallContent)stream.Completed("[DONE]")!.Contents[0];
        Assert.Equal(("a", "f", "1"), (call.CallId, call.Name, call.Arguments?["x"]?.ToString()));
    }

    [Fact]
    public void Calls_that_nothing_finished_come_with_the_terminator()
    {
        var stream = new Stream();
        stream.Progress(Delta(Part("\"index\":0,\"id\":\"c\",", "\"name\":\"f\",\"arguments\":\"{}\"")));
        Assert.IsType<FunctionCallContent>(Assert.Single(stream.Completed("[DONE]")!.Contents));
    }

    [Fact]
    public void Broken_arguments_are_told_to_the_caller()
    {
        var stream = new Stream();
        stream.Progress(Delta(Part("\"index\":0,\"id\":\"c\",", "\"name\":\"f\",\"arguments\":\"{\\\"a\"")));
        Assert.Empty(stream.Finish("length").Contents); // The rest may still come.
        var call = (FunctionCallContent)stream.Completed("[DONE]")!.Contents[0];
        Assert.Null(call.Arguments);
        Assert.IsType<JsonException>(call.Exception);
    }

    [Fact]
    public void A_call_without_a_name_is_no_answer()
    {
        var stream = new Stream();
        stream.Progress(Delta(Part("\"index\":0,\"id\":\"c\",", "\"arguments\":\"{}\"")));
        stream.Finish();
        Assert.Equal(FailureKind.InvalidResponse, stream.Failed("[DONE]").Kind);
    }

    [Theory]
    [InlineData("reasoning_content")]
    [InlineData("reasoning")]
    public void Reasoning_is_handed_on(string name)
    {
        var stream = new Stream();
        ChatResponseUpdate update = stream.Update($$$"""{"choices":[{"delta":{"{{{name}}}":"hm","content":"x"}}]}""");
        Assert.Equal("hm", Assert.IsType<TextReasoningContent>(update.Contents[0]).Text);
        Assert.Equal("x", Assert.IsType<TextContent>(update.Contents[1]).Text);
    }

    [Fact]
    public void A_refusal_comes_whole()
    {
        var stream = new Stream();
        stream.Progress("""{"choices":[{"delta":{"refusal":"I ca"}}]}""");
        stream.Progress("""{"choices":[{"delta":{"refusal":"n't."}}]}""");
        var refusal = Assert.IsType<ErrorContent>(Assert.Single(stream.Finish("stop").Contents));
        Assert.Equal(("I can't.", "Refusal"), (refusal.Message, refusal.ErrorCode));
    }

    [Fact]
    public void Usage_is_handed_on_once_and_the_last_counts()
    {
        List<ChatResponseUpdate> updates = Stream.All([
            """{"choices":[{"delta":{"content":"a"}}],"usage":{"completion_tokens":1}}""",
            """{"choices":[{"delta":{"content":"b"}}],"usage":{"completion_tokens":2}}""",
            """{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":null,"x_groq":{"id":"r","usage":{"completion_tokens":3}}}""",
            "[DONE]",
        ]);
        UsageContent usage = Assert.Single(updates.SelectMany(update => update.Contents).OfType<UsageContent>());
        Assert.Equal(3, usage.Details.OutputTokenCount);
        Assert.IsType<UsageContent>(Assert.Single(updates[^1].Contents));
    }

    [Fact]
    public void A_repeated_finish_reason_is_told_once()
    {
        var stream = new Stream();
        stream.Update("""{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}""");
        stream.Continue("""{"choices":[{"delta":{"content":""},"finish_reason":"stop"}],"usage":{"completion_tokens":2}}""");
    }

    [Fact]
    public void Other_choices_and_unknown_things_are_skipped()
    {
        var stream = new Stream();
        stream.Continue("""{"id":"","model":"","choices":[],"prompt_filter_results":[{"prompt_index":0}]}""");
        stream.Continue("""{"choices":[{"delta":{"content":"b"},"index":1,"finish_reason":"stop"}]}""");
        stream.Continue("""{"choices":null,"obfuscation":"x"}""");
        stream.Continue("""{"choices":[{"index":0,"delta":null}]}""");
        stream.Continue("{}");
        stream.Continue("");
        stream.Continue("not JSON", "ping");
        ChatResponseUpdate update = stream.Update(Golden[1]);
        Assert.Equal(("c1", "gpt-4o-mini"), (update.ResponseId, update.ModelId));
    }

    [Theory]
    [InlineData("""{"error":{"message":"Slow down","type":"rate_limit_error"}}""", FailureKind.RateLimited, "Slow down")]
    [InlineData("""{"error":{"message":"Upstream","code":502},"choices":[{"delta":{"content":""},"finish_reason":"error"}]}""", FailureKind.ServerError, "Upstream")]
    [InlineData("""{"choices":[{"delta":{"content":"x"},"error":{"message":"Upstream","code":502}}]}""", FailureKind.ServerError, "Upstream")]
    [InlineData("""{"error":{"message":"Long","code":"context_length_exceeded"}}""", FailureKind.ContextWindowExceeded, "Long")]
    [InlineData("""{"x_groq":{"error":"over capacity"},"choices":[]}""", FailureKind.InvalidResponse, "over capacity")]
    [InlineData("""{"choices":[{"delta":{"content":"x"},"finish_reason":"insufficient_system_resource"}]}""", FailureKind.Overloaded, "The provider interrupted the answer: it is overloaded.")]
    public void An_error_inside_the_stream_ends_it(string data, FailureKind kind, string message)
    {
        var stream = new Stream();
        stream.Update(Golden[1]);
        AttemptFailure failure = stream.Failed(data);
        Assert.Equal((kind, message), (failure.Kind, failure.Message));
    }

    [Fact]
    public void An_event_of_type_error_ends_it()
    {
        AttemptFailure failure = new Stream().Failed("""{"message":"Broken","type":"server_error"}""", "error");
        Assert.Equal((FailureKind.ServerError, "Broken"), (failure.Kind, failure.Message));
        Assert.Equal(FailureKind.InvalidResponse, new Stream().Failed("{}", "error").Kind);
    }

    [Fact]
    public void A_filter_before_any_content_is_a_failure_and_after_it_a_finish_reason()
    {
        const string Filtered = """{"choices":[{"delta":{},"finish_reason":"content_filter"}]}""";
        Assert.Equal(FailureKind.ContentFiltered, new Stream().Failed(Filtered).Kind);

        var stream = new Stream();
        stream.Update(Golden[1]);
        Assert.Equal(ChatFinishReason.ContentFilter, stream.Update(Filtered).FinishReason);
        Assert.Null(stream.Completed("[DONE]"));
    }

    [Fact]
    public void A_terminator_alone_is_no_answer()
    {
        Assert.Equal(FailureKind.InvalidResponse, new Stream().Failed("[DONE]").Kind);
        var stream = new Stream();
        stream.Continue(Golden[0]);
        stream.Continue(Golden[4]);
        Assert.Equal(FailureKind.InvalidResponse, stream.Failed("[DONE]").Kind);
    }

    [Fact]
    public void A_finish_without_content_is_an_empty_answer()
    {
        var stream = new Stream();
        stream.Update("""{"choices":[{"delta":{},"finish_reason":"stop"}]}""");
        Assert.Null(stream.Completed("[DONE]"));
    }

    [Fact]
    public void White_space_around_the_terminator_does_not_matter()
    {
        var stream = new Stream();
        stream.Update(Golden[1]);
        stream.Completed(" [DONE] ");
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[DONE")]
    [InlineData("""{"choices":[{"delta":{"content":"x"},"finish_reason":"error"}]}""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}]""")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}]} x""")]
    [InlineData("""{"choices":{}}""")]
    [InlineData("""{"choices":[1]}""")]
    [InlineData("""{"choices":[{"delta":"x"}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":1}}]}""")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":1}}]}""")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[1]}}]}""")]
    public void An_event_that_cannot_be_read_ends_the_stream(string data)
    {
        Assert.Equal(FailureKind.InvalidResponse, new Stream().Failed(data).Kind);
    }

    [Fact]
    public void A_text_delta_allocates_little()
    {
        var decoder = OpenAIWire.Codec.StartStream(OpenAIWire.Asked);
        byte[] data = Encoding.UTF8.GetBytes(Golden[1]);
        for (int i = 0; i < 100; i++) decoder.Read(default, data, out _, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) decoder.Read(default, data, out _, out _);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / 1_000;
        Assert.InRange(each, 1, 320); // The update, its list, the content and its string.
    }

    private static string Part(string head, string function) => $$$"""{{{{head}}}"function":{{{{function}}}}}""";

    private static string Delta(string parts) => $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{{{parts}}}]}}]}""";

    private static string[] Names(params string[] deltas)
    {
        var stream = new Stream();
        foreach (string delta in deltas) stream.Progress(Delta(delta));
        IEnumerable<AIContent> contents = [.. stream.Finish().Contents, .. stream.Completed("[DONE]")?.Contents ?? []];
        return [.. contents.Cast<FunctionCallContent>().Select(call => call.Exception is null ? call.Name : "broken")];
    }

    /// <summary>A decoder and what is expected of its next event.</summary>
    private sealed class Stream
    {
        private readonly ChatStreamDecoder _decoder = OpenAIWire.Codec.StartStream(OpenAIWire.Asked);

        public static List<ChatResponseUpdate> All(string[] events)
        {
            var stream = new Stream();
            var updates = new List<ChatResponseUpdate>();
            foreach (string data in events)
            {
                (_, ChatResponseUpdate? update, AttemptFailure? failure) = stream.Read(data);
                Assert.Null(failure);
                if (update is not null) updates.Add(update);
            }

            return updates;
        }

        public ChatResponseUpdate? Continue(string data, string eventType = "") => Read(StreamSignal.Continue, data, eventType).Update;

        public void Progress(string data) => Read(StreamSignal.Progress, data, "");

        public ChatResponseUpdate Update(string data) => Read(StreamSignal.Update, data).Update!;

        public ChatResponseUpdate? Completed(string data) => Read(StreamSignal.Completed, data).Update;

        public AttemptFailure Failed(string data, string eventType = "") => Read(StreamSignal.Failed, data, eventType).Failure!;

        public ChatResponseUpdate Finish(string reason = "tool_calls") => Update($$$"""{"choices":[{"index":0,"delta":{},"finish_reason":"{{{reason}}}"}]}""");

        private (StreamSignal Signal, ChatResponseUpdate? Update, AttemptFailure? Failure) Read(StreamSignal expected, string data, string eventType = "")
        {
            var result = Read(data, eventType);
            Assert.Equal(expected, result.Signal);
            Assert.Equal(expected is StreamSignal.Failed, result.Failure is not null);
            if (expected is StreamSignal.Update) Assert.NotNull(result.Update);
            if (expected is StreamSignal.Continue or StreamSignal.Progress or StreamSignal.Failed) Assert.Null(result.Update);
            return result;
        }

        private (StreamSignal Signal, ChatResponseUpdate? Update, AttemptFailure? Failure) Read(string data, string eventType = "")
        {
            StreamSignal signal = _decoder.Read(Encoding.UTF8.GetBytes(eventType), Encoding.UTF8.GetBytes(data), out ChatResponseUpdate? update, out AttemptFailure? failure);
            return (signal, update, failure);
        }
    }
}
