using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>How a provider takes a query with documents and gives them scores: the share of the query's words that a document has.</summary>
/// <param name="chat">The chat dialect.</param>
/// <param name="validChat">A body that the chat dialect takes, so that only the key can be at fault.</param>
/// <param name="mostDocuments">The most documents of a request.</param>
/// <param name="time">Tells the time.</param>
internal abstract class RerankDialect(WireDialect chat, string validChat, int mostDocuments, TimeProvider time) : PlainDialect(chat, validChat, time)
{
    public override ChatCall Read(JsonElement body)
    {
        string query = body.FindString("query")!;
        string[] documents = [.. Strings(body, "documents")];
        return new ChatCall(body.FindString("model") ?? "", query, false, documents.Sum(document => document.Length + query.Length), [], null)
        {
            Texts = documents,
            Wanted = Number(body, "top_n") ?? Number(body, "top_k"),
        };
    }

    public override JsonObject Completion(Answer answer)
    {
        ChatCall call = answer.Call!;
        string[] words = WordsOf(call.LastText);
        IEnumerable<JsonNode> results = call.Texts
            .Select((document, index) => (Index: index, Score: words.Intersect(WordsOf(document)).Count() / (double)words.Length))
            .OrderByDescending(ranked => ranked.Score)
            .Take(call.Wanted ?? call.Texts.Count)
            .Select(ranked => new JsonObject { ["index"] = ranked.Index, ["relevance_score"] = ranked.Score });
        return Completion(answer, new JsonArray([.. results]));
    }

    /// <summary>The answer with the results.</summary>
    protected abstract JsonObject Completion(Answer answer, JsonArray results);

    protected override bool IsValid(JsonElement body)
    {
        string[] documents = [.. Strings(body, "documents")];
        return body.FindString("query") is { Length: > 0 } && documents.Length > 0 && documents.Length <= mostDocuments && !Array.Exists(documents, string.IsNullOrEmpty)
            && (Number(body, "top_n") ?? Number(body, "top_k") ?? 1) is var wanted && wanted >= 1 && wanted <= documents.Length;
    }

    private static string[] WordsOf(string text) => text.ToLowerInvariant().Split([' ', '.', ',', '?'], StringSplitOptions.RemoveEmptyEntries);
}
