using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Kinds;

/// <summary>Rankings of documents, in the form that Cohere and Jina have in common: https://docs.cohere.com/reference/rerank, https://jina.ai/reranker.</summary>
internal sealed class RerankEndpoint(KindServices services) : KindEndpoint<RerankGroup>(services)
{
    private protected override async Task<GatewayError?> AnswerAsync(HttpContext context, RerankGroup group, JsonElement request)
    {
        if (request.Text("query"u8) is not { } query) return Invalid("query: must be a text.", "query");
        string?[] documents = [.. request.Items("documents"u8).Select(static item => item.ValueKind is JsonValueKind.String ? item.GetString() : item.Text("text"u8))];
        if (documents.Length == 0 || documents.Contains(null)) return Invalid("documents: must be an array of texts, or of objects with a text.", "documents");
        var options = new RerankOptions { TopN = (int?)request.Integer("top_n"u8), MaxTokensPerDocument = (int?)request.Integer("max_tokens_per_doc"u8) };
        RoutedRanking answer = await group.RerankAsync(query, documents!, Routing(context), options, context.RequestAborted).ConfigureAwait(false);
        bool returnsDocuments = request.Flag("return_documents"u8) is true;
        return await SendAsync(context, group, answer, json => Write(json, answer, context.TraceIdentifier, returnsDocuments)).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, RoutedRanking answer, string id, bool returnsDocuments)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("model"u8, answer.ModelUsed);
        json.WriteStartArray("results"u8);
        foreach (RankedDocument document in answer)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, document.Index);
            json.WriteNumber("relevance_score"u8, document.Score);
            if (returnsDocuments)
            {
                json.WriteStartObject("document"u8);
                json.WriteString("text"u8, document.Document);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("usage"u8);
        json.WriteNumber("total_tokens"u8, TokenTotals.Of(answer.Usage));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
