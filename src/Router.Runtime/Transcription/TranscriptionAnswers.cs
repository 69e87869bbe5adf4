using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the answers of models that write down what is said. No words are an answer too: nothing was said.</summary>
internal readonly struct TranscriptionAnswers : IAnswerReader<RoutedTranscription>
{
    public static AttemptResult<RoutedTranscription> Read(in AttemptContext context, ReadOnlySpan<byte> body)
    {
        AttemptFailure? failure = ((TranscriptionCodec)context.Deployment.Definition.Codec).ReadReply((TranscriptionRequest)context.Request, body, out RoutedTranscription? reply);
        return new(reply, failure) { Usage = reply?.Usage ?? failure?.Usage };
    }

    public static void Annotate(RoutedTranscription answer, List<string> leftOut) => answer.LeftOut = leftOut.ToArray();
}
