using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Jina's rankings, and Voyage's where a model has one of its names.</summary>
internal sealed class OpenAIRerankDialect(TimeProvider time) : RerankDialect(new OpenAIDialect(time), OpenAIChat, mostDocuments: 1000, time)
{
    public override string PathSuffix => "/rerank";

    // What another API calls the number of documents is refused.
    protected override bool IsValid(JsonElement body) =>
        base.IsValid(body) && body.FindString("model") is { } model && body.Find(IsOfVoyage(model) ? "top_n" : "top_k") is null && !(IsOfVoyage(model) && body.Find("max_tokens_per_doc") is not null);

    protected override JsonObject Completion(Answer answer, JsonArray results) => IsOfVoyage(answer.Model)
        ? new() { ["object"] = "list", ["data"] = results, ["model"] = answer.Model, ["usage"] = new JsonObject { ["total_tokens"] = answer.InputTokens } }
        : new()
        {
            ["id"] = NextId("rerank-"),
            ["model"] = answer.Model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = answer.InputTokens, ["total_tokens"] = answer.InputTokens },
            ["results"] = results,
        };

    private static bool IsOfVoyage(string model) => model.StartsWith("rerank-", StringComparison.Ordinal);
}
