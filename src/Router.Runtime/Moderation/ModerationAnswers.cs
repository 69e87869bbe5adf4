using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the answers of moderation models. An input without its judgement makes them no answer: what is not judged is not harmless.</summary>
internal readonly struct ModerationAnswers : IAnswerReader<RoutedModerations>
{
    public static AttemptResult<RoutedModerations> Read(in AttemptContext context, ReadOnlySpan<byte> body)
    {
        var judgements = new ModerationJudgements(((ModerationRequest)context.Request).Inputs);
        if (((ModerationCodec)context.Deployment.Definition.Codec).ReadReply(body, judgements) is { } failure) return new(null, failure) { Usage = judgements.Usage };
        if (judgements.FaultOf() is not { } fault) return new(new RoutedModerations(judgements.ToArray(), judgements.Usage), null);
        return new(null, new AttemptFailure(FailureKind.InvalidResponse, $"The answer has {fault}.") { Detail = "Judgements" }) { Usage = judgements.Usage };
    }

    public static void Annotate(RoutedModerations answer, List<string> leftOut) => answer.LeftOut = leftOut.ToArray();
}
