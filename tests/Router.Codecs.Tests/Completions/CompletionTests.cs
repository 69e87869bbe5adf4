using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Completions;

/// <summary>Texts that models go on with, in each dialect: what is asked, and whatever bytes come back.</summary>
public class CompletionTests
{
    private const int FillsGaps = (int)OpenAIQuirks.FillsGaps | (int)OpenAIQuirks.RandomSeed;
    private const ModelParameters All = ModelParameters.Sampling | ModelParameters.Penalties | ModelParameters.Stop | ModelParameters.Seed | ModelParameters.TopK;

    private static readonly CompletionOptions Everything = new()
    {
        Suffix = "}", MaxOutputTokens = 5, Temperature = 0.5f, TopP = 0.25f, TopK = 3, FrequencyPenalty = 1, PresencePenalty = -1, Seed = 7, StopSequences = ["\n", "END"],
        AdditionalProperties = new() { ["user"] = "u1", ["max_tokens"] = 99, ["routergen.routing"] = new CallOptions() },
    };

    /// <summary>An answer whole, its stream, and the text that both say; the first event's text is "a".</summary>
    private static readonly Dictionary<string, (CompletionCodec Codec, string Reply, string[] Stream)> Dialects = new()
    {
        ["openai"] = (
            new OpenAICompletionsCodec<Plain>(),
            """{"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[{"text":"a b","index":0,"logprobs":{"tokens":["a"," b"],"token_logprobs":[-0.5,null],"top_logprobs":[{"a":-0.5,"c":-1.5},null],"text_offset":[0,1]},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}""",
            [
                """{"id":"cmpl-1","choices":[{"text":"a","index":0,"logprobs":{"tokens":["a"],"token_logprobs":[-0.5],"top_logprobs":[{"a":-0.5,"c":-1.5}]},"finish_reason":null}]}""",
                """{"choices":[{"text":" b","index":0,"logprobs":{"tokens":[" b"],"token_logprobs":[null],"top_logprobs":null},"finish_reason":null}]}""",
                """{"choices":[{"text":"","index":0,"finish_reason":"stop"}]}""", """{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}""", "[DONE]",
            ]),
        ["mistral"] = (
            new OpenAICompletionsCodec<Gaps>(),
            """{"id":"1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","tool_calls":null,"content":"a b"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"total_tokens":9,"completion_tokens":2}}""",
            [
                """{"choices":[{"index":0,"delta":{"role":"assistant","content":"a"},"finish_reason":null}]}""", """{"choices":[{"index":0,"delta":{"content":" b"},"finish_reason":null}]}""",
                """{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"total_tokens":9,"completion_tokens":2}}""", "[DONE]",
            ]),
        ["ollama"] = (
            new OllamaCompletionsCodec<Plain>(),
            """{"model":"m","created_at":"2026-11-30T00:00:00Z","response":"a b","done":true,"done_reason":"stop","context":[1],"prompt_eval_count":7,"eval_count":2,"logprobs":[{"token":"a","logprob":-0.5,"top_logprobs":[{"token":"a","logprob":-0.5},{"token":"c","logprob":-1.5}]},{"token":" b","logprob":"x"}]}""",
            ["""{"response":"a","done":false,"logprobs":[{"token":"a","logprob":-0.5,"top_logprobs":[{"token":"a","logprob":-0.5},{"token":"c","logprob":-1.5}]}]}""", """{"response":" b","done":false}""", """{"response":"","done":true,"done_reason":"stop","prompt_eval_count":7,"eval_count":2}"""]),
    };

    public static TheoryData<string> Names => [.. Dialects.Keys];

    [Fact]
    public void A_request_says_what_is_asked_in_the_names_of_its_API()
    {
        Assert.Equal(
            """{"model":"m","prompt":"Hi","suffix":"}","max_tokens":5,"temperature":0.5,"top_p":0.25,"top_k":3,"frequency_penalty":1,"presence_penalty":-1,"seed":7,"stop":["\n","END"],"user":"u1"}""",
            Written(new OpenAICompletionsCodec<Plain>(), new("Hi", Everything)));
        Assert.Equal("""{"model":"m","prompt":"Hi","stream":true,"stream_options":{"include_usage":true}}""", Written(new OpenAICompletionsCodec<Plain>(), new("Hi", null, isStreaming: true)));
        Assert.Equal(
            """{"model":"m","prompt":"Hi","suffix":"}","max_tokens":5,"temperature":0.5,"top_p":0.25,"top_k":3,"random_seed":7,"stop":["\n","END"],"user":"u1"}""",
            Written(new OpenAICompletionsCodec<Gaps>(), new("Hi", Everything)));
        Assert.Equal(
            """{"model":"m","prompt":"Hi","stream":false,"suffix":"}","options":{"num_predict":5,"temperature":0.5,"top_p":0.25,"top_k":3,"frequency_penalty":1,"presence_penalty":-1,"seed":7,"stop":["\n","END"]},"user":"u1","max_tokens":99}""",
            Written(new OllamaCompletionsCodec<Plain>(), new("Hi", Everything)));
        Assert.Equal(("/completions", "/fim/completions", "/api/generate"), (Dialects["openai"].Codec.PathFor(false), Dialects["mistral"].Codec.PathFor(true), Dialects["ollama"].Codec.PathFor(false)));
    }

    [Fact]
    public void Probabilities_are_asked_for_where_they_can_be_told()
    {
        var options = new CompletionOptions { LogProbabilities = 2 };
        Assert.Equal("""{"model":"m","prompt":"Hi","logprobs":2}""", Written(new OpenAICompletionsCodec<Plain>(), new("Hi", options)));
        Assert.Equal("""{"model":"m","prompt":"Hi","stream":false,"logprobs":true,"top_logprobs":2,"options":{}}""", Written(new OllamaCompletionsCodec<Plain>(), new("Hi", options)));
        Assert.Equal(FailureKind.Unsupported, Dialects["mistral"].Codec.WriteRequest(new("Hi", options), new RequestWriter())?.Kind);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_model_does_not_take_is_left_out_and_noted(string dialect)
    {
        CompletionCodec codec = dialect is "ollama" ? new OllamaCompletionsCodec<Nothing>() : new OpenAICompletionsCodec<Nothing>();
        var body = new RequestWriter();
        Assert.Null(codec.WriteRequest(new("Hi", Everything), body));
        Assert.Equal(["frequency_penalty: left out", "presence_penalty: left out", "seed: left out", "stop: left out", "temperature: left out", "top_k: left out", "top_p: left out"], body.Notes!.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_property_that_cannot_be_written_is_refused(string dialect) => Assert.Equal(
        FailureKind.Unsupported, Dialects[dialect].Codec.WriteRequest(new("Hi", new CompletionOptions { AdditionalProperties = new() { ["x"] = (Action)(static () => { }) } }), new RequestWriter())?.Kind);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_number_that_JSON_cannot_say_is_refused(float number)
    {
        foreach ((CompletionCodec codec, _, _) in Dialects.Values)
        {
            Assert.Equal(FailureKind.Unsupported, codec.WriteRequest(new("Hi", new CompletionOptions { TopP = number }), new RequestWriter())?.Kind);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_answer_is_read_whole(string dialect)
    {
        Assert.Null(Dialects[dialect].Codec.ReadReply(Encoding.UTF8.GetBytes(Dialects[dialect].Reply), out RoutedCompletion? reply));
        Assert.Equal(("a b", ChatFinishReason.Stop, 7L, 2L), (reply!.Text, reply.FinishReason, reply.Usage!.InputTokenCount, reply.Usage.OutputTokenCount));
        if (dialect is "mistral") Assert.Empty(reply.Tokens);
        else Assert.Equal(["a -0.5 a,c", " b  "], reply.Tokens.Select(Show));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stream_says_the_same(string dialect)
    {
        List<CompletionUpdate> updates = Play(dialect, Dialects[dialect].Stream, out StreamSignal end, out _);
        Assert.Equal(StreamSignal.Completed, end);
        Assert.Equal("a b", string.Concat(updates));
        Assert.Equal((ChatFinishReason.Stop, 7L, 2L), (updates[^1].FinishReason, updates[^1].Usage!.InputTokenCount, updates[^1].Usage!.OutputTokenCount));
        if (dialect is not "mistral") Assert.Equal("a -0.5 a,c", Show(updates[0].Tokens.Single()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_answer_cut_anywhere_is_none(string dialect)
    {
        byte[] whole = Encoding.UTF8.GetBytes(Dialects[dialect].Reply);
        for (int length = 0; length < whole.Length; length++)
        {
            AttemptFailure? failure = Dialects[dialect].Codec.ReadReply(whole.AsSpan(0, length), out RoutedCompletion? reply);
            Assert.Equal((FailureKind.InvalidResponse, null), (failure?.Kind, reply));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_event_cut_anywhere_fails_the_stream(string dialect)
    {
        string[] stream = Dialects[dialect].Stream;
        for (int i = 0; i < stream.Length; i++)
        {
            for (int length = 1; length < stream[i].Length; length++)
            {
                Play(dialect, [.. stream[..i], stream[i][..length]], out StreamSignal end, out AttemptFailure? failure);
                Assert.Equal((StreamSignal.Failed, FailureKind.InvalidResponse), (end, failure?.Kind));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_that_are_changed_anywhere_are_read_or_refused(string dialect)
    {
        byte[] whole = Encoding.UTF8.GetBytes(Dialects[dialect].Reply);
        foreach (byte other in (byte[])[0, (byte)'"', (byte)'{', (byte)'9', 0xC3, 0xFF])
        {
            for (int i = 0; i < whole.Length; i++)
            {
                byte[] changed = [.. whole];
                changed[i] = other;
                AttemptFailure? failure = Dialects[dialect].Codec.ReadReply(changed, out RoutedCompletion? reply);
                Assert.True(failure is not null || reply is not null);
            }
        }
    }

    [Theory]
    [InlineData("openai", """{"choices":[]}""", FailureKind.InvalidResponse)]
    [InlineData("openai", """{"choices":[{"finish_reason":"stop"}]}""", FailureKind.InvalidResponse)]
    [InlineData("openai", """{"choices":[{"text":5}]}""", FailureKind.InvalidResponse)]
    [InlineData("openai", """{"choices":[{"text":null}]}""", FailureKind.InvalidResponse)]
    [InlineData("openai", """[]""", FailureKind.InvalidResponse)]
    [InlineData("openai", """<html></html>""", FailureKind.InvalidResponse)]
    [InlineData("openai", """{"error":{"message":"Slow down.","type":"requests","code":"rate_limit_exceeded"}}""", FailureKind.RateLimited)]
    [InlineData("openai", """{"choices":[{"text":"a","finish_reason":"content_filter"}]}""", FailureKind.ContentFiltered)]
    [InlineData("openai", """{"choices":[{"text":"a","finish_reason":"error"}]}""", FailureKind.InvalidResponse)]
    [InlineData("mistral", """{"choices":[{"message":{"content":null}}]}""", FailureKind.InvalidResponse)]
    [InlineData("ollama", """{"done":true}""", FailureKind.InvalidResponse)]
    [InlineData("ollama", """{"response":{},"done":true}""", FailureKind.InvalidResponse)]
    [InlineData("ollama", """{"error":"model 'm' not found, try pulling it first"}""", FailureKind.ModelNotFound)]
    public void What_is_no_answer_says_so(string dialect, string body, FailureKind kind) =>
        Assert.Equal(kind, Dialects[dialect].Codec.ReadReply(Encoding.UTF8.GetBytes(body), out _)?.Kind);

    [Theory]
    [InlineData("openai", """{"error":{"message":"The server had an error","type":"server_error"}}""", FailureKind.ServerError)]
    [InlineData("openai", "[DONE]", FailureKind.InvalidResponse)]
    [InlineData("openai", """{"choices":[{"text":"","finish_reason":"content_filter"}]}""", FailureKind.ContentFiltered)]
    [InlineData("ollama", """{"error":"an error was encountered while running the model"}""", FailureKind.ServerError)]
    [InlineData("ollama", """{"done":false}""", FailureKind.InvalidResponse)]
    public void A_stream_that_fails_says_so(string dialect, string data, FailureKind kind)
    {
        Play(dialect, [data], out StreamSignal end, out AttemptFailure? failure);
        Assert.Equal((StreamSignal.Failed, kind), (end, failure?.Kind));
    }

    [Fact]
    public void A_stream_without_a_terminator_is_complete_once_the_model_has_stopped()
    {
        StreamDecoder<CompletionUpdate> decoder = Dialects["openai"].Codec.StartStream();
        foreach (string data in Dialects["openai"].Stream[..3]) decoder.Read(default, Encoding.UTF8.GetBytes(data), out _, out _);
        Assert.True(decoder.IsFinished);
        Assert.Equal(StreamSignal.Completed, decoder.End(out CompletionUpdate? last, out _));
        Assert.Equal(ChatFinishReason.Stop, last?.FinishReason);
    }

    private static string Show(TokenProbability token) => FormattableString.Invariant($"{token.Token} {token.LogProbability} {string.Join(",", token.Alternatives.Keys)}");

    private static List<CompletionUpdate> Play(string dialect, IEnumerable<string> stream, out StreamSignal end, out AttemptFailure? failure)
    {
        StreamDecoder<CompletionUpdate> decoder = Dialects[dialect].Codec.StartStream();
        List<CompletionUpdate> updates = [];
        end = StreamSignal.Continue;
        failure = null;
        foreach (string data in stream)
        {
            end = decoder.Read(default, Encoding.UTF8.GetBytes(data), out CompletionUpdate? update, out failure);
            if (update is not null) updates.Add(update);
            if (end is StreamSignal.Failed or StreamSignal.Completed) break;
        }

        return updates;
    }

    private static string Written(CompletionCodec codec, CompletionRequest request)
    {
        var body = new RequestWriter();
        Assert.Null(codec.WriteRequest(request, body)?.Message);
        return Encoding.UTF8.GetString(body.WrittenMemory.Span).TrimEnd();
    }

    private readonly struct Plain : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"m\""u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("test", "m") { Parameters = All, Quirks = (int)OpenAIQuirks.StreamUsageOption };
    }

    private readonly struct Gaps : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"m\""u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("test", "m") { Parameters = All, Quirks = FillsGaps };
    }

    private readonly struct Nothing : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"m\""u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("test", "m");
    }
}
