using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the answers of embedding models. Vectors that are not what was asked for are no answer.</summary>
internal readonly struct EmbeddingAnswers : IAnswerReader<RoutedEmbeddings>
{
    public static AttemptResult<RoutedEmbeddings> Read(in AttemptContext context, ReadOnlySpan<byte> body)
    {
        var request = (EmbeddingRequest)context.Request;
        var codec = (EmbeddingCodec)context.Deployment.Definition.Codec;
        var vectors = new EmbeddingVectors(request.Texts.Length);
        if (codec.ReadReply(body, vectors) is { } failure) return new(null, failure) { Usage = vectors.Usage };
        int known = request.Dimensions ?? codec.Profile.Dimensions;
        if ((vectors.FaultOf(known) ?? (known == 0 ? UnusualLength(request, vectors) : null)) is not { } fault) return new(new RoutedEmbeddings(vectors.ToEmbeddings(), vectors.Usage), null);
        return new(null, new AttemptFailure(FailureKind.InvalidResponse, $"The answer has {fault}.") { Detail = "Vectors" }) { Usage = vectors.Usage };
    }

    // Of a model that is not known, the first answer tells how long all vectors of the group are.
    private static string? UnusualLength(EmbeddingRequest request, EmbeddingVectors vectors) =>
        request.Usual is { } usual && usual.Note(vectors.Length) is var length && length != vectors.Length ? vectors.FaultOf(length) : null;

    public static void Annotate(RoutedEmbeddings answer, List<string> leftOut) => answer.LeftOut = leftOut.ToArray();
}
