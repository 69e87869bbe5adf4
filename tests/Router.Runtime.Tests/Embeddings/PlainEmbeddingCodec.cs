using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Embeddings;

/// <summary>
/// The plainest dialect of embedding models. A request is its texts, a line each; an answer is a vector for each, a line each, of numbers with
/// spaces between them. What begins with '!' is a failure of the kind that it names.
/// </summary>
internal sealed class PlainEmbeddingCodec(int dimensions = 2, int mostTexts = 0, int mostTokens = 0) : EmbeddingCodec
{
    public override string PathFor(bool streaming) => "/embed";

    public override ModelProfile Profile { get; } = new("plain", "plain") { Dimensions = dimensions, MaxBatchTexts = mostTexts, MaxBatchTokens = mostTokens };

    public override AttemptFailure? WriteRequest(EmbeddingRequest request, RequestWriter body)
    {
        if (request.Texts.Span[0] == "unsupported") return new AttemptFailure(FailureKind.Unsupported, "This dialect cannot say that.");
        if (request.Options?.AdditionalProperties?.ContainsKey("wish") is true) body.Note("wish: left out");
        body.StartObject("{"u8).WriteString("texts", string.Join('\n', request.Texts.ToArray()));
        body.EndObject();
        return null;
    }

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, EmbeddingVectors vectors)
    {
        string text = Encoding.UTF8.GetString(body);
        if (text.StartsWith('!')) return new AttemptFailure(Enum.Parse<FailureKind>(text[1..]), "It was asked to fail.");
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)) vectors.Add([.. line.Split(' ').Select(number => float.Parse(number, CultureInfo.InvariantCulture))]);
        vectors.Usage = new UsageDetails { InputTokenCount = 10 * vectors.Added, TotalTokenCount = 10 * vectors.Added };
        vectors.Model = "plain-1";
        return null;
    }

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => new(
        statusCode switch { 429 => FailureKind.RateLimited, 400 => FailureKind.InvalidRequest, _ => FailureKind.Overloaded }, Encoding.UTF8.GetString(body)) { StatusCode = statusCode };
}

internal sealed class TestEmbeddingGroup(RouterContext context, GroupDefinition definition) : EmbeddingGroup(context, definition)
{
    public EmbeddingGroup[] General { get; set; } = [];

    protected internal override ModelGroup[] Fallbacks => General;
}
