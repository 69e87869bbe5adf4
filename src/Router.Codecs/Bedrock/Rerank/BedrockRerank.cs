using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes requests for rankings to models at Amazon Bedrock and reads the answers: Amazon's, and Cohere's, whose body states a version.
/// https://docs.aws.amazon.com/bedrock/latest/userguide/rerank-use.html
/// </summary>
[Embedded]
internal static class BedrockRerank
{
    // A query is paid for with up to so many documents. https://aws.amazon.com/bedrock/pricing/
    private const int DocumentsOfQuery = 100;

    // None but what is written anyway: an empty list would let any name pass.
    private static readonly string[] Nothing = ["model"];

    private static readonly CodecRerankForm OfCohere = new("top_n") { TakesTokensPerDocument = true, ApiVersion = 2, Known = Nothing };

    private static readonly CodecRerankForm OfAmazon = new("top_n") { Known = Nothing };

    public static AttemptFailure? Write(RerankRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model) =>
        CodecRerank.Write(request, body, prefix, model, model.Model.Contains("cohere.", StringComparison.Ordinal) ? OfCohere : OfAmazon);

    /// <summary>Reads an answer. It says nothing of what is paid, so that is counted here: a document that Bedrock divides because it is long counts as one.</summary>
    public static AttemptFailure? Read(ReadOnlySpan<byte> body, RankedScores scores) => CodecReply.Read(body, scores, static (ref Utf8JsonReader reader, RankedScores read) =>
    {
        bool hasResults = false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("results"u8)) hasResults |= CodecRankingReply.ReadResults(ref reader, read);
            else CodecReader.SkipValue(ref reader);
        }

        if (!hasResults) return CodecJson.Malformed("The answer has no results.");
        read.Usage = new UsageDetails { AdditionalCounts = new() { [UsageCounts.SearchUnits] = (read.Documents + DocumentsOfQuery - 1) / DocumentsOfQuery } };
        return null;
    });
}
