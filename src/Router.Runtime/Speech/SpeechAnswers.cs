using System.Buffers;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the answers of models that speak: sound, or events with pieces of it.</summary>
internal readonly struct SpeechAnswers : IAnswerReader<RoutedSpeech>
{
    /// <summary>The failure of an answer that is complete and holds nothing.</summary>
    public static readonly AttemptFailure Empty = new(FailureKind.EmptyResponse, "The answer holds nothing: no sound.");

    public static bool ReadsEvents => true;

    public static AttemptResult<RoutedSpeech> Read(in AttemptContext context, ReadOnlySpan<byte> body)
    {
        AttemptFailure? failure = CodecOf(context).ReadReply(RequestOf(context), body, out RoutedSpeech? reply);
        return new(reply, failure) { Usage = reply?.Usage ?? failure?.Usage };
    }

    public static async ValueTask<AttemptResult<RoutedSpeech>> ReadEventsAsync(AttemptContext context, ResponseBody body, bool async)
    {
        var audio = new ArrayBufferWriter<byte>();
        using var stream = new EventStream<SpeechStreams, SpeechUpdate>(null, body.RestOfEvents!, body.Span, context.Framing, SpeechStreams.Start(context));
        StreamSignal signal;
        do
        {
            signal = await stream.ReadAsync(context.Clock, idle: null, async).ConfigureAwait(false);
            if (signal is StreamSignal.Update) audio.Write(stream.Update!.Audio.Span);
            if (audio.WrittenCount > context.Limits.MaxAnswerBytes) return new(null, TooLarge(context)) { Usage = stream.Usage };
        }
        while (signal is StreamSignal.Update);

        context.Clock.Disarm();
        if (signal is StreamSignal.Failed) return new(null, stream.Failure) { Usage = stream.Usage };
        return new(SpeechCodec.SoundOf(RequestOf(context), audio.WrittenMemory, stream.Usage), null) { Usage = stream.Usage };
    }

    public static RoutedSpeech Complete(in AttemptContext context, RoutedSpeech answer) =>
        answer.Usage is null ? new(answer.Audio, answer.MediaType) { Usage = RequestOf(context).KnownUsage } : answer;

    public static void Annotate(RoutedSpeech answer, List<string> leftOut) => answer.LeftOut = leftOut.ToArray();

    public static AttemptFailure? WhyEmpty(RoutedSpeech answer) => answer.Audio.IsEmpty ? Empty : null;

    /// <summary>Returns the dialect of an attempt.</summary>
    public static SpeechCodec CodecOf(in AttemptContext context) => (SpeechCodec)context.Deployment.Definition.Codec;

    /// <summary>Returns what an attempt asks for.</summary>
    public static SpeechRequest RequestOf(in AttemptContext context) => (SpeechRequest)context.Request;

    private static AttemptFailure TooLarge(in AttemptContext context) =>
        new(FailureKind.InvalidResponse, $"The answer is larger than {context.Limits.MaxAnswerBytes} bytes (MaxAnswerBytes).") { Detail = "TooLarge" };
}
