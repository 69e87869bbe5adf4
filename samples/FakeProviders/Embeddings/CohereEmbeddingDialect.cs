using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Cohere's Embed, version 2.</summary>
internal sealed class CohereEmbeddingDialect(TimeProvider time)
    : EmbeddingDialect(new CohereDialect(time), """{"model":"m","messages":[{"role":"user","content":"Hi"}]}""", mostTexts: 96, time)
{
    public override string PathSuffix => "/v2/embed";

    protected override bool IsValid(JsonElement body) => base.IsValid(body) && body.FindString("input_type") is not null && Strings(body, "embedding_types").SequenceEqual(["float"]);

    protected override IEnumerable<string> TextsOf(JsonElement body) => Strings(body, "texts");

    protected override int? DimensionsOf(JsonElement body) => Number(body, "output_dimension");

    protected override JsonObject Completion(Answer answer, float[][] vectors) => new()
    {
        ["id"] = NextId(""),
        ["embeddings"] = new JsonObject { ["float"] = Vectors(vectors) },
        ["texts"] = new JsonArray([.. answer.Call!.Texts.Select(text => JsonValue.Create(text))]),
        ["meta"] = new JsonObject { ["api_version"] = new JsonObject { ["version"] = "2" }, ["billed_units"] = new JsonObject { ["input_tokens"] = answer.InputTokens } },
    };
}
