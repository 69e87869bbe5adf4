using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the answers of models that go on with a text.</summary>
internal readonly struct CompletionAnswers : IAnswerReader<RoutedCompletion>
{
    /// <summary>The failure of an answer that is complete and holds nothing.</summary>
    public static readonly AttemptFailure Empty = new(FailureKind.EmptyResponse, "The answer holds no text.");

    public static AttemptResult<RoutedCompletion> Read(in AttemptContext context, ReadOnlySpan<byte> body)
    {
        AttemptFailure? failure = ((CompletionCodec)context.Deployment.Definition.Codec).ReadReply(body, out RoutedCompletion? reply);
        if (reply is not null && context.KeepsRaw) reply.RawRepresentation = RawAnswer.Parse(body);
        return new(reply, failure) { Usage = reply?.Usage ?? failure?.Usage };
    }

    public static void Annotate(RoutedCompletion answer, List<string> leftOut) => answer.LeftOut = leftOut.ToArray();

    public static AttemptFailure? WhyEmpty(RoutedCompletion answer) => answer.Text.Length > 0 ? null : Empty;
}
