using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Gemini's <c>batchEmbedContents</c>.</summary>
internal sealed class GeminiEmbeddingDialect(TimeProvider time)
    : EmbeddingDialect(new GeminiDialect(time), """{"contents":[{"parts":[{"text":"Hi"}]}]}""", mostTexts: 100, time)
{
    private static readonly ModelPath Path = new("/models/", ":batchEmbedContents", ":batchEmbedContents");

    public override string PathSuffix => Path.Whole;

    public override bool Serves(ReadOnlySpan<char> path) => Path.Serves(path);

    public override string? ModelOf(string path, JsonElement body) => Path.ModelOf(path);

    // Each request names the model again.
    protected override bool IsValid(JsonElement body) => base.IsValid(body) && body.FindArray("requests").All(request => request.FindString("model") is ['m', 'o', 'd', 'e', 'l', 's', '/', ..]);

    protected override IEnumerable<string> TextsOf(JsonElement body) => body.FindArray("requests").Select(request => request.Find("content")?.Find("parts") is { } parts ? ChatCall.TextOf(parts) : "");

    protected override int? DimensionsOf(JsonElement body) => Number(body.FindArray("requests").First(), "outputDimensionality");

    protected override JsonObject Completion(Answer answer, float[][] vectors) => new()
    {
        ["embeddings"] = new JsonArray([.. vectors.Select(vector => new JsonObject { ["values"] = Numbers(vector) })]),
        ["usageMetadata"] = new JsonObject { ["promptTokenCount"] = answer.InputTokens },
    };
}
