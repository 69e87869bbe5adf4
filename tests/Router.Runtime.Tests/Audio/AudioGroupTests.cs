using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Audio;

/// <summary>Groups of models that transcribe or speak, without any dialect: sizes, failover, streams, costs, and answers made by hand.</summary>
public class AudioGroupTests
{
    private readonly TestRouter _router = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1000, "a", 1)]
    [InlineData(1001, "b", 1)] // the first takes no more than 1000
    public async Task A_file_goes_where_it_fits(int length, string deployment, int asked)
    {
        TranscriptionGroup group = Ears(Ear("a", 1, mostBytes: 1000), Ear("b", 2));
        _router.Transport.On("a", FakeTransport.Text("from a")).On("b", FakeTransport.Text("from b"));

        RoutedTranscription answer = await group.TranscribeAsync(Sound(length), cancellationToken: Cancellation);

        Assert.Equal((deployment, "from " + deployment, asked), (answer.Deployment, answer.Text, _router.Transport.Asked.Count));
        Assert.Equal(0.0002m, answer.Cost); // two seconds, and no tokens
        Assert.Equal(answer.Text, answer.ToString());
    }

    [Fact]
    public async Task Nothing_said_is_an_answer()
    {
        TranscriptionGroup group = Ears(Ear("a", 1), Ear("b", 2));
        _router.Transport.On("a", FakeTransport.Text("")).On("b", FakeTransport.Text("from b"));
        Assert.Equal(("a", ""), await group.TranscribeAsync(Sound(10), cancellationToken: Cancellation) is { } answer ? (answer.Deployment, answer.Text) : default);
    }

    [Fact]
    public async Task A_stream_has_the_notes_and_the_route_at_its_end()
    {
        TranscriptionGroup group = Ears(Ear("a", 1));
        _router.Transport.On("a", FakeTransport.Events("one ", "two", "!end"));
        List<TranscriptionUpdate> updates = [];
        await foreach (TranscriptionUpdate update in group.StreamAsync(Sound(10), new CallOptions(), new TranscribeOptions { Prompt = "wish", ModelId = "none" }, Cancellation)) updates.Add(update);

        Assert.Equal(["one ", "two", ""], updates.Select(update => update.ToString()));
        RoutedTranscription whole = updates[^1].Transcription!;
        Assert.Equal(("one two", "plain/a", 2), (whole.Text, whole.ModelUsed, whole.LeftOut.Count));
    }

    [Theory]
    [InlineData("😀😀😀", "a")]
    [InlineData("four", "b")]
    public async Task A_text_goes_where_it_fits(string text, string deployment)
    {
        SpeechGroup group = Voices(Voice("a", 1, mostCharacters: 3), Voice("b", 2));
        _router.Transport.On("a", FakeTransport.Text("sound")).On("b", FakeTransport.Text("sound"));

        RoutedSpeech speech = await group.SpeakAsync(text, cancellationToken: Cancellation);

        Assert.Equal((deployment, "sound"), (speech.Deployment, Encoding.UTF8.GetString(speech.Audio.Span)));
        Assert.Equal((text is "four" ? 4 : 3) * 0.00001m, speech.Cost);
    }

    [Fact]
    public async Task A_body_without_sound_is_passed_over_and_handed_on_where_no_other_is_left()
    {
        SpeechGroup group = Voices(Voice("a", 1), Voice("b", 2));
        _router.Transport.On("a", FakeTransport.Text("")).On("b", FakeTransport.Text("sound"), FakeTransport.Text(""));
        Assert.Equal("b", (await group.SpeakAsync("Hi", cancellationToken: Cancellation)).Deployment);
        RoutedSpeech none = await _router.RunAsync(group.SpeakAsync("Hi", cancellationToken: Cancellation));
        Assert.True(none.Audio.IsEmpty);
        Assert.Equal([FailureKind.EmptyResponse, FailureKind.None], none.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task Sound_that_is_too_large_is_no_answer()
    {
        SpeechGroup group = Voices(Voice("a", 1));
        _router.Transport.On("a", FakeTransport.Text("sound"));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.SpeakAsync("Hi", new CallOptions { MaxAnswerBytes = 4, MaxAttempts = 1 }, cancellationToken: Cancellation)));
        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Contains("MaxAnswerBytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Usage_of_pieces_alone_costs_what_they_cost()
    {
        UsageDetails Count(string name, long count) => new() { AdditionalCounts = new() { [name] = count } };
        var prices = new TokenPrices(1m, 2m) { Units = new UnitPrices { SecondHeard = 0.0001m, CharacterSpoken = 0.000015m } };
        Assert.Equal(0.00015m, prices.CostOf(Count(UsageCounts.MillisecondsHeard, 1500)));
        Assert.Equal(0.0006m, prices.CostOf(Count(UsageCounts.CharactersSpoken, 40)));
        Assert.Equal(600_000, prices.NanosOf(Count(UsageCounts.CharactersSpoken, 40)));
        Assert.Null(prices.CostOf(Count("other", 7)));
        Assert.Null(new TokenPrices(1m, 2m).CostOf(Count(UsageCounts.CharactersSpoken, 40))); // paid by tokens, of which there is no count
        Assert.Null(prices.CostOf(new UsageDetails()));
    }

    [Fact]
    public void Answers_can_be_made_by_hand()
    {
        var transcription = new RoutedTranscription("Hi", "openai/whisper-1", cost: 1m);
        Assert.Equal(("Hi", "openai/whisper-1", 1m), (transcription.Text, transcription.ModelUsed, transcription.Cost));
        var speech = new RoutedSpeech(new byte[2], "audio/mpeg", "openai/tts-1", cost: 2m, duration: TimeSpan.FromSeconds(1));
        Assert.Equal(("openai/tts-1", 2m, TimeSpan.FromSeconds(1)), (speech.Deployment, speech.Cost, speech.Duration));
    }

    [Fact]
    public void The_sound_of_probes_is_a_quarter_of_a_second()
    {
        ReadOnlySpan<byte> wave = Silence.File.Bytes!.Value.Span;
        Assert.Equal((44 + 2000, "audio/wav", "file.wav"), (wave.Length, MediaFileTypes.Recognize(wave), Silence.File.Name));
        Assert.Equal(wave.Length - 8, BitConverter.ToInt32(wave[4..]));
        Assert.Equal(2000, BitConverter.ToInt32(wave[40..]));
    }

    private static MediaFile Sound(int length) => MediaFile.FromBytes(new byte[length], "audio/wav");

    private TestTranscriptionGroup Ears(params DeploymentDefinition[] deployments) => new(_router.Context, new GroupDefinition { Name = "ears", Deployments = deployments });

    private TestSpeechGroup Voices(params DeploymentDefinition[] deployments) => new(_router.Context, new GroupDefinition { Name = "voices", Deployments = deployments });

    private static DeploymentDefinition Ear(string name, int order, long mostBytes = 0) => Deployment(name, order, new PlainEar(mostBytes), new UnitPrices { SecondHeard = 0.0001m });

    private static DeploymentDefinition Voice(string name, int order, int mostCharacters = 0) => Deployment(name, order, new PlainVoice(mostCharacters), new UnitPrices { CharacterSpoken = 0.00001m });

    private static DeploymentDefinition Deployment(string name, int order, Codec codec, UnitPrices units) => new()
    {
        Name = name,
        Provider = "plain",
        Model = name,
        Endpoint = $"https://{name}",
        KeyVariable = "KEY",
        Codec = codec,
        Order = order,
        Prices = new ModelPrices(new TokenPrices(0m, 0m) { Units = units }),
    };

    /// <summary>The plainest dialect of models that transcribe: an answer is the text of two seconds; in a stream an event is a piece, and "!end" its end.</summary>
    private sealed class PlainEar(long mostBytes) : TranscriptionCodec
    {
        public override ModelProfile Profile { get; } = new("plain", "plain") { MaxFileBytes = mostBytes };

        public override string PathFor(bool streaming) => "/hear";

        public override AttemptFailure? WriteRequest(TranscriptionRequest request, RequestWriter body)
        {
            if (request.Options.Prompt is not null) body.Note("Prompt: left out");
            body.StartForm();
            body.AddFile("file", request.File);
            body.EndForm();
            return null;
        }

        public override AttemptFailure? ReadReply(TranscriptionRequest request, ReadOnlySpan<byte> body, out RoutedTranscription? reply)
        {
            reply = new RoutedTranscription(Encoding.UTF8.GetString(body)) { Usage = new() { AdditionalCounts = new() { [UsageCounts.MillisecondsHeard] = 2000 } } };
            return null;
        }

        public override StreamDecoder<TranscriptionUpdate> StartStream(TranscriptionRequest request) => new Pieces();

        public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => new(FailureKind.Overloaded, "busy");

        private sealed class Pieces : StreamDecoder<TranscriptionUpdate>
        {
            private string _text = "";

            public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out TranscriptionUpdate? update, out AttemptFailure? failure)
            {
                string piece = Encoding.UTF8.GetString(data);
                failure = null;
                bool isEnd = piece is "!end";
                update = isEnd ? new TranscriptionUpdate("") { Transcription = new RoutedTranscription(_text) } : new TranscriptionUpdate(piece);
                _text += piece;
                return isEnd ? StreamSignal.Completed : StreamSignal.Update;
            }
        }
    }

    /// <summary>The plainest dialect of models that speak: an answer is the sound.</summary>
    private sealed class PlainVoice(int mostCharacters) : SpeechCodec
    {
        public override ModelProfile Profile { get; } = new("plain", "plain") { MaxCharacters = mostCharacters };

        public override string PathFor(bool streaming) => "/speak";

        public override AttemptFailure? WriteRequest(SpeechRequest request, RequestWriter body)
        {
            body.StartObject("{"u8).WriteString("text", request.Text);
            body.EndObject();
            return null;
        }

        public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => new(FailureKind.Overloaded, "busy");
    }

    private sealed class TestTranscriptionGroup(RouterContext context, GroupDefinition definition) : TranscriptionGroup(context, definition);

    private sealed class TestSpeechGroup(RouterContext context, GroupDefinition definition) : SpeechGroup(context, definition);
}
