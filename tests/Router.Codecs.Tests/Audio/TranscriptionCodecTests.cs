using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Audio;

/// <summary>Requests to transcribe as each provider takes them, and what is read of answers and streams, whatever bytes they are.</summary>
public class TranscriptionCodecTests
{
    private const string Tokens = """{"text":"Hello there","usage":{"type":"tokens","input_tokens":14,"input_token_details":{"text_tokens":0,"audio_tokens":14},"output_tokens":45,"total_tokens":59}}""";

    private const string Verbose =
        """{"task":"transcribe","language":"english","duration":8.47,"text":"Hello there","words":[{"word":"Hello","start":0,"end":0.5},{"word":"there","start":0.5,"end":1.25}],"segments":[{"id":0,"seek":0,"start":0.0,"end":8.47,"text":"Hello there","tokens":[1,2],"temperature":0.0,"avg_logprob":-0.2,"compression_ratio":1.2,"no_speech_prob":0.01}],"usage":{"type":"duration","seconds":9}}""";

    private const string Mistral =
        """{"model":"voxtral-mini-2602","text":"Hello there","language":"en","segments":[{"type":"transcription_segment","text":"Hello there","start":0.4,"end":1.8,"speaker_id":"speaker_1","score":null}],"usage":{"prompt_audio_seconds":4,"prompt_tokens":4,"total_tokens":635,"completion_tokens":631},"finish_reason":null}""";

    private const ModelParameters Whisper = ModelParameters.Sampling | ModelParameters.Timestamps | ModelParameters.TranscriptPrompt;

    public static TheoryData<string, string, string, TranscribeOptions> Requests => new()
    {
        { "gpt", "", "", new() },
        { "gpt", "prompt=Names;temperature=0.25", "", new() { Prompt = "Names", Temperature = 0.25f } },
        { "whisper", "", "", new() }, // a server that is not listed
        { "whisper", "language=de;response_format=verbose_json;timestamp_granularities[]=word", "", new() { Language = "de", Timestamps = TranscriptTimestamps.Words } },
        { "whisper-1", "response_format=verbose_json", "", new() },
        { "diarize", "response_format=diarized_json;chunking_strategy=auto", "Prompt: left out", new() { Diarize = true, Prompt = "Names" } },
        { "diarize", "response_format=diarized_json;chunking_strategy=auto", "", new() { Timestamps = TranscriptTimestamps.Segments } },
        { "mistral", "language=fr", "Prompt: left out", new() { Language = "fr", Prompt = "Names" } },
        { "mistral", "timestamp_granularities=segment;diarize=true", "", new() { Diarize = true } },
        { "mistral", "timestamp_granularities=segment", "Language: left out", new() { Timestamps = TranscriptTimestamps.Segments, Language = "fr" } },
        { "gpt", "user=u;n=2;flag=true;list=a;list=1.5", "response_format: left out, since the router decides it", new() { AdditionalProperties = new Dictionary<string, object?> { ["user"] = "u", ["n"] = 2, ["flag"] = true, ["list"] = new object[] { "a", 1.5 }, ["none"] = null, ["response_format"] = "srt", ["routergen.x"] = 1 } } },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_a_form_as_the_provider_takes_it(string model, string fields, string notes, TranscribeOptions options)
    {
        var body = new RequestWriter();
        Assert.Null(OpenAITranscriptionRequest.Write(new TranscriptionRequest(Sound, options), body, Model(model)));
        Assert.Equal(["model=" + model, .. fields.Split(';', StringSplitOptions.RemoveEmptyEntries), "file=sound"], Fields(body));
        Assert.Equal(notes.Split(';', StringSplitOptions.RemoveEmptyEntries), body.Notes ?? []);
    }

    [Theory]
    [InlineData("gpt", true)]
    [InlineData("whisper", false)]
    public void A_stream_is_asked_for_where_there_is_one(string model, bool isAsked)
    {
        var body = new RequestWriter();
        Assert.Null(OpenAITranscriptionRequest.Write(new TranscriptionRequest(Sound, isStreaming: true), body, Model(model)));
        Assert.Equal(isAsked, Fields(body).Contains("stream=true"));
    }

    public static TheoryData<string, TranscribeOptions, string> Refusals => new()
    {
        { "gpt", new() { Timestamps = TranscriptTimestamps.Words | TranscriptTimestamps.Segments }, "test/gpt gives no times (Segments, Words)" },
        { "diarize", new() { Timestamps = TranscriptTimestamps.Words }, "test/diarize gives no times (Words)" },
        { "whisper", new() { Diarize = true }, "test/whisper cannot tell who speaks" },
        { "mistral", new() { Diarize = true, Timestamps = TranscriptTimestamps.Words }, "no times of words beside speakers" },
        { "gpt", new() { AdditionalProperties = new Dictionary<string, object?> { ["x"] = new object() } }, "'x'" },
        { "gpt", new() { AdditionalProperties = new Dictionary<string, object?> { ["x"] = new[] { new object() } } }, "'x'" },
        { "gpt", new() { AdditionalProperties = new Dictionary<string, object?> { ["a\"\r\nb"] = "1" } }, "a quotation mark or a line break" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_a_model_cannot_do_is_refused(string model, TranscribeOptions options, string message)
    {
        AttemptFailure? failure = OpenAITranscriptionRequest.Write(new TranscriptionRequest(Sound, options), new RequestWriter(), Model(model));
        Assert.Equal(FailureKind.Unsupported, failure?.Kind);
        Assert.Contains(message, failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_are_read_as_providers_write_them()
    {
        RoutedTranscription tokens = Read(Tokens);
        Assert.Equal(("Hello there", 14L, 45L, 14L), (tokens.Text, tokens.Usage!.InputTokenCount, tokens.Usage.OutputTokenCount, tokens.Usage.AdditionalCounts![UsageCounts.AudioInput]));
        Assert.Null(tokens.DurationOfSound);

        RoutedTranscription verbose = Read(Verbose);
        Assert.Equal(("english", TimeSpan.FromSeconds(8.47), 9000L), (verbose.Language, verbose.DurationOfSound, verbose.Usage!.AdditionalCounts![UsageCounts.MillisecondsHeard]));
        Assert.Equal([new(TimeSpan.Zero, TimeSpan.FromSeconds(0.5), "Hello"), new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.25), "there")], verbose.Words);
        Assert.Equal([new(TimeSpan.Zero, TimeSpan.FromSeconds(8.47), "Hello there")], verbose.Segments);

        RoutedTranscription mistral = Read(Mistral);
        Assert.Equal([new(TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(1.8), "Hello there", "speaker_1")], mistral.Segments);
        Assert.Equal((4000L, 4L, 631L, TimeSpan.FromSeconds(4)), (mistral.Usage!.AdditionalCounts![UsageCounts.MillisecondsHeard], mistral.Usage.InputTokenCount, mistral.Usage.OutputTokenCount, mistral.DurationOfSound));

        RoutedTranscription plain = Read("""{"text":"","x_groq":{"id":"req_1"},"unknown":[{"text":1}]}""");
        Assert.Equal(("", null), (plain.Text, plain.Usage));
        Assert.Equal(2500L, Read("""{"text":"Hi","duration":"2.5"}""").Usage!.AdditionalCounts![UsageCounts.MillisecondsHeard]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"text":1}""")]
    [InlineData("""{"text":"a"}x""")]
    [InlineData("Hello there")]
    public void What_holds_no_text_is_no_answer(string body)
    {
        Assert.Equal(FailureKind.InvalidResponse, OpenAITranscriptionReply.Read(Encoding.UTF8.GetBytes(body), out RoutedTranscription? reply)?.Kind);
        Assert.Null(reply);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Busy","code":503}}""", FailureKind.Overloaded)]
    [InlineData("""{"message":"Invalid API key","code":401}""", FailureKind.AuthenticationFailed)]
    public void An_error_inside_a_success_is_its_failure(string body, FailureKind kind) => Assert.Equal(kind, OpenAITranscriptionReply.Read(Encoding.UTF8.GetBytes(body), out _)?.Kind);

    [Theory]
    [InlineData("""{"text":"a","segments":7,"words":{"a":1},"language":3,"duration":true,"usage":[]}""")]
    [InlineData("""{"text":"a","segments":[7,{"start":"x","end":-1}],"words":[{"word":1},{"start":1}],"duration":1e300,"usage":{"seconds":"x","input_tokens":"1","input_token_details":7}}""")]
    public void Optional_members_of_wrong_types_count_as_absent(string body)
    {
        RoutedTranscription answer = Read(body);
        Assert.Equal(("a", null, null), (answer.Text, answer.Language, answer.DurationOfSound));
        Assert.Empty(answer.Words);
    }

    [Theory]
    [InlineData(Tokens)]
    [InlineData(Verbose)]
    [InlineData(Mistral)]
    public void An_answer_cut_anywhere_is_none_and_mutations_never_throw(string answer)
    {
        byte[] whole = Encoding.UTF8.GetBytes(answer);
        for (int length = 0; length < whole.Length; length++) Assert.Equal(FailureKind.InvalidResponse, OpenAITranscriptionReply.Read(whole.AsSpan(0, length), out _)?.Kind);
        var random = new Random(20261130);
        int failed = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] mutated = Mutation.Of(whole, random);
            if (OpenAITranscriptionReply.Read(mutated, out _) is not null) failed++;
            new OpenAITranscriptionStream().Read([], mutated, out _, out _);
        }

        Assert.InRange(failed, 1, 1999); // Both ways were gone.
    }

    public static TheoryData<string[], string> Streams => new()
    {
        { ["""{"type":"transcript.text.delta","delta":"Hello "}""", """{"type":"transcript.text.delta","delta":"there","logprobs":[]}""", """{"type":"new.event","x":1}""", """{"type":"transcript.text.done","text":"Hello there","usage":{"type":"tokens","input_tokens":14,"output_tokens":2,"total_tokens":16}}"""], "openai" },
        { ["""{"type":"transcription.language","audio_language":"en"}""", """{"type":"transcription.text.delta","text":"Hello "}""", """{"type":"transcription.text.delta","text":"there"}""", """{"type":"transcription.segment","text":"Hello there","start":0,"end":1,"speaker_id":"s"}""", """{"type":"transcription.done","model":"m","text":"Hello there","segments":[],"usage":{"prompt_audio_seconds":2,"prompt_tokens":14,"completion_tokens":2}}"""], "mistral" },
        { ["""{"id":"t","object":"transcription.chunk","choices":[{"delta":{"content":"Hello "}}]}""", """{"choices":[{"delta":{"content":"there"},"finish_reason":"stop"}]}""", """{"choices":[],"usage":{"prompt_tokens":14}}""", "[DONE]"], "vllm" },
        { ["""{"type":"transcript.text.segment","id":"s","start":0,"end":1,"text":"Hello there","speaker":"A"}""", """{"type":"transcript.text.delta","delta":"Hello there","segment_id":"s"}""", """{"type":"transcript.text.done"}"""], "diarized" },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void Streams_are_read_as_providers_write_them(string[] events, string provider)
    {
        var decoder = new OpenAITranscriptionStream();
        var text = new StringBuilder();
        StreamSignal signal = StreamSignal.Continue;
        TranscriptionUpdate? update = null;
        foreach (string data in events)
        {
            Assert.NotEqual(StreamSignal.Completed, signal);
            signal = decoder.Read([], Encoding.UTF8.GetBytes(data), out update, out AttemptFailure? failure);
            Assert.Null(failure);
            text.Append(update?.Text);
        }

        Assert.Equal(StreamSignal.Completed, signal);
        Assert.Equal(("Hello there", "Hello there"), (text.ToString(), update!.Transcription!.Text));
        if (provider is "openai" or "mistral") Assert.Equal(14, update.Transcription.Usage!.InputTokenCount);
        if (provider is "diarized") Assert.Equal("A", Assert.Single(update.Transcription.Segments).Speaker);
    }

    [Theory]
    [InlineData("7", FailureKind.InvalidResponse)]
    [InlineData("{", FailureKind.InvalidResponse)]
    [InlineData("""{"error":{"message":"Busy","code":503}}""", FailureKind.Overloaded)]
    [InlineData("""{"type":"error","message":"Busy","code":"503"}""", FailureKind.Overloaded)]
    public void An_event_that_is_an_error_or_none_ends_the_stream(string data, FailureKind kind)
    {
        Assert.Equal(StreamSignal.Failed, new OpenAITranscriptionStream().Read([], Encoding.UTF8.GetBytes(data), out _, out AttemptFailure? failure));
        Assert.Equal(kind, failure!.Kind);
    }

    private static MediaFile Sound => MediaFile.FromBytes("sound"u8.ToArray(), "audio/wav");

    private static ModelProfile Model(string name) => new("test", name)
    {
        Parameters = name switch
        {
            "gpt" => ModelParameters.Sampling | ModelParameters.TranscriptPrompt | ModelParameters.TranscriptStream,
            "diarize" => ModelParameters.Sampling | ModelParameters.Speakers,
            "mistral" => ModelParameters.Sampling | ModelParameters.Timestamps | ModelParameters.Speakers,
            "whisper-1" => Whisper | ModelParameters.TranscriptDetails,
            _ => Whisper,
        },
        Quirks = name is "mistral" ? (int)OpenAIQuirks.MistralTranscripts : 0,
    };

    private static RoutedTranscription Read(string body)
    {
        Assert.Null(OpenAITranscriptionReply.Read(Encoding.UTF8.GetBytes(body), out RoutedTranscription? reply));
        return reply!;
    }

    private static string[] Fields(RequestWriter body)
    {
        string boundary = body.ContentType[(body.ContentType.IndexOf('=', StringComparison.Ordinal) + 1)..];
        string[] parts = Encoding.UTF8.GetString(body.WrittenMemory.Span).Split("--" + boundary);
        Assert.Equal(("", "--\r\n"), (parts[0], parts[^1]));
        return [.. parts[1..^1].Select(part => part.Split('"')[1] + "=" + part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..^2])];
    }
}
