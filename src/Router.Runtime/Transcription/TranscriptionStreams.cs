using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What the streams of models that write down what is said have of their own.</summary>
internal readonly struct TranscriptionStreams : IStreamKind<TranscriptionUpdate>
{
    public static AttemptFailure Empty { get; } = new(FailureKind.EmptyResponse, "The answer holds nothing: no text, and no end of one.");

    public static StreamDecoder<TranscriptionUpdate> Start(in AttemptContext context) =>
        ((TranscriptionCodec)context.Deployment.Definition.Codec).StartStream((TranscriptionRequest)context.Request);

    public static AttemptResult<WholeStream<TranscriptionUpdate>> ReadWhole(in AttemptContext context, HttpResponseMessage response, in ResponseBody body)
    {
        AttemptResult<RoutedTranscription> whole = WholeAttempt<TranscriptionAnswers, RoutedTranscription>.Read(context, response, body, leftOut: null);
        return new(whole.Value is { } reply ? new([new TranscriptionUpdate(reply.Text) { Whole = reply }], reply.Usage, null) : null, whole.Failure) { Usage = whole.Usage };
    }

    public static bool HasContent(TranscriptionUpdate update) => update.Text.Length > 0 || update.Segment is not null || update.Transcription is not null || update.Whole is not null;

    public static UsageDetails? UsageOf(TranscriptionUpdate update) => (update.Transcription ?? update.Whole)?.Usage;

    public static ServiceTier? TierOf(TranscriptionUpdate update) => null;

    public static void AttachRaw(TranscriptionUpdate update, ReadOnlySpan<byte> data)
    {
    }

    public static PlayedUpdates<TranscriptionUpdate> StartPlaying() => new PlayedTranscript();

    public static TranscriptionUpdate Last(CallRoute route, ProviderStream<TranscriptionUpdate> stream, PlayedUpdates<TranscriptionUpdate> played, RouteSummary summary)
    {
        RoutedTranscription whole = stream.Update?.Transcription ?? ((PlayedTranscript)played).ToTranscription(stream.Usage);
        whole.Attach(summary);
        if (stream.Notes is { } notes) whole.LeftOut = notes.ToArray();
        return new TranscriptionUpdate("") { Transcription = whole };
    }
}
