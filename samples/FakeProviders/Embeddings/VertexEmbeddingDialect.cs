using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Vertex AI's <c>predict</c> for texts.</summary>
internal sealed class VertexEmbeddingDialect(TimeProvider time)
    : EmbeddingDialect(new GeminiDialect(time), """{"contents":[{"parts":[{"text":"Hi"}]}]}""", mostTexts: 250, time)
{
    private static readonly ModelPath Path = new("/publishers/google/models/", ":predict", ":predict");

    public override string PathSuffix => Path.Whole;

    public override bool Serves(ReadOnlySpan<char> path) => Path.Serves(path);

    public override string? ModelOf(string path, JsonElement body) => Path.ModelOf(path);

    protected override IEnumerable<string> TextsOf(JsonElement body) => body.FindArray("instances").Select(instance => instance.FindString("content") ?? "");

    protected override int? DimensionsOf(JsonElement body) => Number(body.Find("parameters"), "outputDimensionality");

    protected override JsonObject Completion(Answer answer, float[][] vectors) => new()
    {
        ["predictions"] = new JsonArray([.. vectors.Select((vector, i) => new JsonObject
        {
            ["embeddings"] = new JsonObject
            {
                ["statistics"] = new JsonObject { ["truncated"] = false, ["token_count"] = (answer.Call!.Texts[i].Length + 3) / 4 },
                ["values"] = Numbers(vector),
            },
        })]),
    };
}

/// <summary>Vertex AI's <c>embedContent</c>, which takes one text.</summary>
internal sealed class VertexContentDialect(TimeProvider time)
    : EmbeddingDialect(new GeminiDialect(time), """{"contents":[{"parts":[{"text":"Hi"}]}]}""", mostTexts: 1, time)
{
    private static readonly ModelPath Path = new("/publishers/google/models/", ":embedContent", ":embedContent");

    public override string PathSuffix => Path.Whole;

    public override bool Serves(ReadOnlySpan<char> path) => Path.Serves(path);

    public override string? ModelOf(string path, JsonElement body) => Path.ModelOf(path);

    protected override IEnumerable<string> TextsOf(JsonElement body) => body.Find("content")?.Find("parts") is { } parts ? [ChatCall.TextOf(parts)] : [];

    protected override int? DimensionsOf(JsonElement body) => Number(body.Find("embedContentConfig"), "outputDimensionality");

    protected override JsonObject Completion(Answer answer, float[][] vectors) => new()
    {
        ["embedding"] = new JsonObject { ["values"] = Numbers(vectors[0]) },
        ["usageMetadata"] = new JsonObject { ["promptTokenCount"] = answer.InputTokens },
    };
}
