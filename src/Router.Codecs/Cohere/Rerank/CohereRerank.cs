using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes requests for rankings and reads the answers. https://docs.cohere.com/reference/rerank</summary>
[Embedded]
internal static class CohereRerank
{
    private static readonly CodecRerankForm Form = new("top_n") { TakesTokensPerDocument = true, Known = ["priority"] };

    public static AttemptFailure? Write(RerankRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model) =>
        CodecRerank.Write(request, body, prefix, model, Form);

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, RankedScores scores) => CodecReply.Read(body, scores, static (ref Utf8JsonReader reader, RankedScores read) =>
    {
        bool hasResults = false;
        var usage = new CohereUsage();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("results"u8)) hasResults |= CodecRankingReply.ReadResults(ref reader, read);
            else if (reader.ValueTextEquals("meta"u8)) usage.Read(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        read.Usage = usage.ToDetails();
        return hasResults ? null : CodecJson.Malformed("The answer has no results.");
    });
}
