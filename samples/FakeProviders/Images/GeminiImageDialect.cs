using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Gemini's image models by <c>generateContent</c>, and Imagen by <c>predict</c>.</summary>
internal sealed class GeminiImageDialect(TimeProvider time) : ImageDialect(new GeminiDialect(time), """{"contents":[{"parts":[{"text":"Hi"}]}]}""", time)
{
    private static readonly ModelPath Conversation = new("/models/", ":generateContent", ":generateContent"), Prediction = new("/models/", ":predict", ":predict");

    public override string PathSuffix => Conversation.Whole;

    // Models of chat and of embeddings have the same paths.
    public override bool Serves(ReadOnlySpan<char> path) =>
        (Prediction.Serves(path) && path.Contains("imagen", StringComparison.Ordinal)) || (Conversation.Serves(path) && path.Contains("-image", StringComparison.Ordinal));

    public override string? ModelOf(string path, JsonElement body) => Conversation.ModelOf(path);

    protected override bool IsValid(JsonElement body) => body.Find("instances") is not null || body.Find("generationConfig")?.FindArray("responseModalities").Single().GetString() is "IMAGE";

    protected override string? PromptOf(JsonElement body) => body.FindArray("instances").FirstOrDefault() is { ValueKind: JsonValueKind.Object } instance
        ? instance.FindString("prompt")
        : ChatCall.TextOf(body.FindArray("contents").First().GetProperty("parts"));

    protected override int CountOf(JsonElement body) => body.Find("parameters") is { } parameters ? Number(parameters, "sampleCount") ?? 1 : 1;

    protected override IEnumerable<JsonElement> GivenIn(JsonElement body) => body.FindArray("contents").SelectMany(content => content.FindArray("parts")).Where(part => part.Find("inlineData") is not null);

    protected override JsonObject Completion(Answer answer, byte[][] images)
    {
        if (answer.Model.Contains("imagen", StringComparison.Ordinal))
        {
            return new()
            {
                ["predictions"] = new JsonArray([.. images.Select((image, i) => answer.IsFiltered && i == 0
                    ? new JsonObject { ["raiFilteredReason"] = "The image was filtered." }
                    : new JsonObject { ["mimeType"] = "image/png", ["bytesBase64Encoded"] = Encoded(image) })]),
            };
        }

        var parts = new JsonArray(new JsonObject { ["text"] = "Here it is." }, new JsonObject { ["inlineData"] = new JsonObject { ["mimeType"] = "image/png", ["data"] = Encoded(images[0]) } });
        JsonObject candidate = answer.IsFiltered
            ? new() { ["finishReason"] = "IMAGE_SAFETY", ["finishMessage"] = "The image was filtered.", ["index"] = 0 }
            : new() { ["content"] = new JsonObject { ["role"] = "model", ["parts"] = parts }, ["finishReason"] = "STOP", ["index"] = 0 };
        return new()
        {
            ["candidates"] = new JsonArray(candidate),
            ["usageMetadata"] = new JsonObject
            {
                ["promptTokenCount"] = answer.InputTokens,
                ["candidatesTokenCount"] = 1120,
                ["candidatesTokensDetails"] = new JsonArray(new JsonObject { ["modality"] = "IMAGE", ["tokenCount"] = 1120 }),
                ["totalTokenCount"] = answer.InputTokens + 1120,
            },
            ["modelVersion"] = answer.Model,
        };
    }
}
