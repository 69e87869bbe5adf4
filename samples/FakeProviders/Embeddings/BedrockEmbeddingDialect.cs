using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Embedding models by Bedrock's InvokeModel: Titan, which takes one text, and Cohere's.</summary>
internal sealed class BedrockEmbeddingDialect(TimeProvider time)
    : EmbeddingDialect(new ConverseDialect(time), """{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}""", mostTexts: 96, time)
{
    private readonly InvokeDialect _path = new(time);

    public override string PathSuffix => "/invoke";

    // Claude has the same path.
    public override bool Serves(ReadOnlySpan<char> path) => base.Serves(path) && path.Contains("embed", StringComparison.Ordinal);

    public override string? ModelOf(string path, JsonElement body) => _path.ModelOf(path, body);

    protected override bool IsValid(JsonElement body) => base.IsValid(body) && body.Find("model") is null && (body.FindString("inputText") is not null || body.FindString("input_type") is not null);

    protected override IEnumerable<string> TextsOf(JsonElement body) => body.FindString("inputText") is { } one ? [one] : Strings(body, "texts");

    protected override int? DimensionsOf(JsonElement body) => Number(body, "dimensions") ?? Number(body, "output_dimension");

    protected override JsonObject Completion(Answer answer, float[][] vectors) => answer.Model.Contains("cohere.", StringComparison.Ordinal)
        ? new() { ["embeddings"] = new JsonObject { ["float"] = Vectors(vectors) }, ["id"] = NextId(""), ["response_type"] = "embeddings_by_type" }
        : new() { ["embedding"] = Numbers(vectors[0]), ["inputTextTokenCount"] = answer.InputTokens };
}
