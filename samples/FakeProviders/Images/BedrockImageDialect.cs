using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Image models by Bedrock's InvokeModel: Amazon's, and Stability's.</summary>
internal sealed class BedrockImageDialect(TimeProvider time) : ImageDialect(new ConverseDialect(time), """{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}""", time)
{
    private static readonly string[] Tasks = ["textToImageParams", "imageVariationParams", "inPaintingParams"];

    private readonly InvokeDialect _path = new(time);

    public override string PathSuffix => "/invoke";

    // Claude has the same path.
    public override bool Serves(ReadOnlySpan<char> path) => base.Serves(path) && (path.Contains("stability.", StringComparison.Ordinal) || path.Contains("canvas", StringComparison.Ordinal) || path.Contains("titan-image", StringComparison.Ordinal));

    public override string? ModelOf(string path, JsonElement body) => _path.ModelOf(path, body);

    protected override bool IsValid(JsonElement body) => body.Find("model") is null;

    protected override string? PromptOf(JsonElement body) => body.FindString("prompt") ?? TaskOf(body)?.FindString("text");

    protected override int CountOf(JsonElement body) => body.Find("imageGenerationConfig") is { } config ? Number(config, "numberOfImages") ?? 1 : 1;

    protected override string? SizeOf(JsonElement body) => body.Find("imageGenerationConfig") is { } config && Number(config, "width") is { } width && Number(config, "height") is { } height
        ? string.Create(CultureInfo.InvariantCulture, $"{width}x{height}")
        : null;

    protected override IEnumerable<JsonElement> GivenIn(JsonElement body) => (body.Find("image") ?? TaskOf(body)?.Find("image")) is { } image ? [image] : TaskOf(body)?.FindArray("images") ?? [];

    protected override JsonObject Completion(Answer answer, byte[][] images)
    {
        bool isOfAmazon = answer.Model.Contains("amazon.", StringComparison.Ordinal);
        byte[][] given = answer.IsFiltered ? images[1..] : images;
        var completion = new JsonObject { ["images"] = new JsonArray([.. given.Select(Encoded)]) };
        if (isOfAmazon && answer.IsFiltered) completion["error"] = "The image was filtered.";
        if (!isOfAmazon) completion["finish_reasons"] = new JsonArray(answer.IsFiltered ? "Filter reason: output image" : null);
        return completion;
    }

    private static JsonElement? TaskOf(JsonElement body) => Tasks.Select(task => body.Find(task)).FirstOrDefault(task => task is not null);
}
