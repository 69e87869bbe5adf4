using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What the streams of models that speak have of their own.</summary>
internal readonly struct SpeechStreams : IStreamKind<SpeechUpdate>
{
    public static AttemptFailure Empty => SpeechAnswers.Empty;

    public static StreamDecoder<SpeechUpdate> Start(in AttemptContext context) => SpeechAnswers.CodecOf(context).StartStream(SpeechAnswers.RequestOf(context));

    public static AttemptResult<WholeStream<SpeechUpdate>> ReadWhole(in AttemptContext context, HttpResponseMessage response, in ResponseBody body)
    {
        AttemptResult<RoutedSpeech> whole = WholeAttempt<SpeechAnswers, RoutedSpeech>.Read(context, response, body, leftOut: null);
        return new(whole.Value is { } reply ? new([new SpeechUpdate(reply.Audio) { Usage = reply.Usage }], reply.Usage, null) : null, whole.Failure) { Usage = whole.Usage };
    }

    public static bool HasContent(SpeechUpdate update) => !update.Audio.IsEmpty;

    public static UsageDetails? UsageOf(SpeechUpdate update) => update.Usage;

    public static ServiceTier? TierOf(SpeechUpdate update) => null;

    public static void AttachRaw(SpeechUpdate update, ReadOnlySpan<byte> data)
    {
    }

    public static PlayedUpdates<SpeechUpdate> StartPlaying() => new PlayedSound();

    public static SpeechUpdate Last(CallRoute route, ProviderStream<SpeechUpdate> stream, PlayedUpdates<SpeechUpdate> played, RouteSummary summary)
    {
        var request = (SpeechRequest)route.Request;
        var speech = new RoutedSpeech(ReadOnlyMemory<byte>.Empty, SoundTypes.Of(request.Options.Format, ((PlayedSound)played).Start.Span)) { Usage = stream.Usage ?? request.KnownUsage };
        speech.Attach(summary);
        if (stream.Notes is { } notes) speech.LeftOut = notes.ToArray();
        return new SpeechUpdate(ReadOnlyMemory<byte>.Empty) { Speech = speech };
    }
}
