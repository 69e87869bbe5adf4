using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Models that rank by Bedrock's InvokeModel: Amazon's, and Cohere's, which want a version.</summary>
internal sealed class BedrockRerankDialect(TimeProvider time) : RerankDialect(new ConverseDialect(time), Converse, mostDocuments: 1000, time)
{
    private readonly InvokeDialect _path = new(time);

    public override string PathSuffix => "/invoke";

    // Claude has the same path.
    public override bool Serves(ReadOnlySpan<char> path) => base.Serves(path) && path.Contains("rerank", StringComparison.Ordinal);

    public override string? ModelOf(string path, JsonElement body) => _path.ModelOf(path, body);

    protected override bool IsValid(JsonElement body) => base.IsValid(body) && body.Find("model") is null && (Number(body, "api_version") ?? 2) == 2;

    protected override JsonObject Completion(Answer answer, JsonArray results) => new() { ["results"] = results };
}
