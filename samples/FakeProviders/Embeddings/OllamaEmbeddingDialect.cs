using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Ollama's <c>/api/embed</c>.</summary>
internal sealed class OllamaEmbeddingDialect(TimeProvider time)
    : EmbeddingDialect(new OllamaDialect(time), """{"model":"m","messages":[{"role":"user","content":"Hi"}]}""", mostTexts: int.MaxValue, time)
{
    public override string PathSuffix => "/api/embed";

    protected override IEnumerable<string> TextsOf(JsonElement body) => body.FindString("input") is { } one ? [one] : Strings(body, "input");

    protected override int? DimensionsOf(JsonElement body) => Number(body, "dimensions");

    protected override JsonObject Completion(Answer answer, float[][] vectors) => new()
    {
        ["model"] = answer.Model,
        ["embeddings"] = Vectors(vectors),
        ["total_duration"] = 14143917,
        ["load_duration"] = 1019500,
        ["prompt_eval_count"] = answer.InputTokens,
    };
}
