using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>OpenAI's embeddings, and with Azure's chat dialect before it, Azure's.</summary>
internal sealed class OpenAIEmbeddingDialect(OpenAIDialect chat, TimeProvider time)
    : EmbeddingDialect(chat, """{"model":"m","messages":[{"role":"user","content":"Hi"}]}""", mostTexts: 2048, time)
{
    public override string PathSuffix => "/embeddings";

    // Azure's address has the API behind the resource.
    public override bool Serves(ReadOnlySpan<char> path) => base.Serves(path) && (chat is not AzureDialect || path.StartsWith("/openai/", StringComparison.Ordinal));

    public override Refusal? CheckAddress(HttpRequest request, JsonElement? body) => chat.CheckAddress(request, body);

    protected override IEnumerable<string> TextsOf(JsonElement body) => body.FindString("input") is { } one ? [one] : Strings(body, "input");

    protected override int? DimensionsOf(JsonElement body) => Number(body, "dimensions") ?? Number(body, "output_dimension");

    public override ChatCall Read(JsonElement body) => base.Read(body) with { InBase64 = body.FindString("encoding_format") is "base64" };

    protected override JsonObject Completion(Answer answer, float[][] vectors) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. vectors.Select((vector, i) => new JsonObject { ["object"] = "embedding", ["index"] = i, ["embedding"] = answer.Call!.InBase64 ? Encoded(vector) : Numbers(vector) })]),
        ["model"] = answer.Model,
        ["usage"] = new JsonObject { ["prompt_tokens"] = answer.InputTokens, ["total_tokens"] = answer.InputTokens },
    };

    private static JsonNode Encoded(float[] vector) => JsonValue.Create(Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan())));
}
