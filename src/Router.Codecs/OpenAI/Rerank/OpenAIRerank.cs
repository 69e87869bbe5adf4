using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes requests for rankings in the form of Jina's and reads the answers, of which there are several: Jina, vLLM, Infinity, Together and
/// OpenRouter have <c>results</c>, Voyage and Fireworks <c>data</c>; LiteLLM's proxy counts as Cohere does. https://api.jina.ai/redoc,
/// https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html#re-rank-api, https://docs.voyageai.com/reference/reranker-api
/// </summary>
[Embedded]
internal static class OpenAIRerank
{
    // The documents are here: an answer need not bring them back.
    private static readonly CodecRerankForm Form = new("top_n") { Flag = "return_documents" };

    private static readonly CodecRerankForm OfVoyage = new("top_k");

    public static AttemptFailure? Write(RerankRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model) =>
        CodecRerank.Write(request, body, prefix, model, model.Has(OpenAIQuirks.VoyageNames) ? OfVoyage : Form);

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, RankedScores scores, ModelProfile model)
    {
        bool hasResults = false;
        AttemptFailure? failure = CodecReply.Read(body, scores, (ref Utf8JsonReader reader, RankedScores read) =>
        {
            var usage = new OpenAIUsage();
            long? units = null;
            AttemptFailure? error = null;
            while (OpenAIJson.NextMember(ref reader))
            {
                if (OpenAIJson.Is(ref reader, "results"u8) || OpenAIJson.Is(ref reader, "data"u8)) hasResults |= CodecRankingReply.ReadResults(ref reader, read);
                else if (OpenAIJson.Is(ref reader, "usage"u8)) ReadCounts(ref reader, ref usage, ref units);
                else if (OpenAIJson.Is(ref reader, "meta"u8)) ReadMeta(ref reader, ref usage, ref units);
                else if (OpenAIJson.Is(ref reader, "error"u8)) error ??= OpenAIErrors.ReadMember(ref reader);
                else CodecReader.SkipValue(ref reader);
            }

            read.Usage = usage.ToInputDetails(model);
            if (units is { } searched) ((read.Usage ??= new UsageDetails()).AdditionalCounts ??= [])[UsageCounts.SearchUnits] = searched;
            return error;
        });
        return failure ?? (hasResults ? null : OpenAIErrors.ReadWithout(body, "results"));
    }

    // {"billed_units": {"search_units": 1}, "tokens": {"input_tokens": 9}}
    private static void ReadMeta(ref Utf8JsonReader reader, ref OpenAIUsage usage, ref long? units)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "billed_units"u8) || OpenAIJson.Is(ref reader, "tokens"u8)) ReadCounts(ref reader, ref usage, ref units);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private static void ReadCounts(ref Utf8JsonReader reader, ref OpenAIUsage usage, ref long? units)
    {
        Utf8JsonReader again = reader;
        usage.Read(ref reader);
        if (!CodecReader.EntersObject(ref again)) return;
        while (OpenAIJson.NextMember(ref again))
        {
            if (OpenAIJson.Is(ref again, "search_units"u8)) units = CodecReader.ReadCount(ref again) ?? units;
            else CodecReader.SkipValue(ref again);
        }
    }
}
