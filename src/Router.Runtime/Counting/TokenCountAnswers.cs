using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the counts of providers.</summary>
internal readonly struct TokenCountAnswers : IAnswerReader<TokenCount>
{
    public static AttemptResult<TokenCount> Read(in AttemptContext context, ReadOnlySpan<byte> body)
    {
        AttemptFailure? failure = ((TokenCountCodec)context.Codec).ReadReply(body, out long tokens);
        if (failure is not null) return new(null, failure);
        Deployment deployment = context.Deployment;
        return new(new TokenCount { Tokens = tokens, Source = TokenCountSource.Provider, ModelUsed = deployment.ModelUsed, Deployment = deployment.Name }, null);
    }

    // What of a wish a model does not take has no tokens.
    public static void Annotate(TokenCount answer, List<string> leftOut)
    {
    }
}
