using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Cohere's Rerank, version 2.</summary>
internal sealed class CohereRerankDialect(TimeProvider time) : RerankDialect(new CohereDialect(time), OpenAIChat, mostDocuments: 10_000, time)
{
    public override string PathSuffix => "/v2/rerank";

    protected override bool IsValid(JsonElement body) => base.IsValid(body) && body.FindString("model") is not null;

    protected override JsonObject Completion(Answer answer, JsonArray results) => new()
    {
        ["id"] = NextId(""),
        ["results"] = results,
        ["meta"] = new JsonObject
        {
            ["api_version"] = new JsonObject { ["version"] = "2" },
            ["billed_units"] = new JsonObject { ["search_units"] = (answer.Call!.Texts.Count + 99) / 100 },
        },
    };
}
