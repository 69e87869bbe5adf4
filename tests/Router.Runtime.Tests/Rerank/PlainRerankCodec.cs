using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Rerank;

/// <summary>The plainest dialect of models that rank. A request is its documents, a line each; an answer is an index and a score for each, a line each.</summary>
internal sealed class PlainRerankCodec(int most = 0) : RerankCodec
{
    public override string PathFor(bool streaming) => "/rerank";

    public override ModelProfile Profile { get; } = new("plain", "plain") { MaxBatchTexts = most };

    public override AttemptFailure? WriteRequest(RerankRequest request, RequestWriter body)
    {
        if (most > 0 && request.Documents.Length > most) return new AttemptFailure(FailureKind.Unsupported, $"Not more than {most}.");
        if (request.Options?.MaxTokensPerDocument is not null) body.Note("MaxTokensPerDocument: left out");
        body.StartObject("{"u8).WriteString("documents", string.Join('\n', request.Documents.ToArray()));
        body.EndObject();
        return null;
    }

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, RankedScores scores)
    {
        foreach (string line in Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(' ');
            scores.Add(long.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
        }

        scores.Usage = new UsageDetails { AdditionalCounts = new() { [UsageCounts.SearchUnits] = 2 } };
        return null;
    }

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => new(
        statusCode switch { 429 => FailureKind.RateLimited, 400 => FailureKind.InvalidRequest, _ => FailureKind.Overloaded }, Encoding.UTF8.GetString(body)) { StatusCode = statusCode };
}

internal sealed class TestRerankGroup(RouterContext context, GroupDefinition definition) : RerankGroup(context, definition);
