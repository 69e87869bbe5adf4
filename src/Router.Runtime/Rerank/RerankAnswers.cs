using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the answers of models that rank. Scores that are not those of the documents are no answer.</summary>
internal readonly struct RerankAnswers : IAnswerReader<RoutedRanking>
{
    public static AttemptResult<RoutedRanking> Read(in AttemptContext context, ReadOnlySpan<byte> body)
    {
        var request = (RerankRequest)context.Request;
        var scores = new RankedScores(request.Documents.Length, request.Wanted);
        if (((RerankCodec)context.Deployment.Definition.Codec).ReadReply(body, scores) is { } failure) return new(null, failure) { Usage = scores.Usage };
        if (scores.FaultOf() is { } fault) return new(null, new AttemptFailure(FailureKind.InvalidResponse, $"The answer has {fault}.") { Detail = "Scores" }) { Usage = scores.Usage };
        RankedDocument[] ranked = Array.ConvertAll(scores.ToRanking(), place => new RankedDocument(place.Index, place.Score, request.Documents.Span[place.Index]));
        return new(new RoutedRanking(ranked, scores.Usage), null);
    }

    public static void Annotate(RoutedRanking answer, List<string> leftOut) => answer.LeftOut = leftOut.ToArray();
}
