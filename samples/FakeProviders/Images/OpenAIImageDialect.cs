using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>OpenAI's images, new ones and changed ones, and with Azure's chat dialect before it, Azure's.</summary>
internal sealed class OpenAIImageDialect(OpenAIDialect chat, TimeProvider time)
    : ImageDialect(chat, """{"model":"m","messages":[{"role":"user","content":"Hi"}]}""", time)
{
    private const string Generations = "/images/generations", Edits = "/images/edits";

    // What GPT Image takes, and what others take besides. https://developers.openai.com/api/reference/resources/images/methods/generate
    private static readonly string[] Known =
    [
        "model", "prompt", "n", "size", "stream", "partial_images", "output_format", "output_compression", "quality", "background", "moderation", "user", "safety_identifier", "image", "mask", "input_fidelity",
    ];

    private static readonly string[] KnownToOthers = ["response_format", "style", "seed", "negative_prompt", "steps", "width", "height", "aspect_ratio", "resolution", "images"];

    public override string PathSuffix => Generations;

    // Azure's address has the API behind the resource.
    public override bool Serves(ReadOnlySpan<char> path) => (path.EndsWith(Generations, StringComparison.Ordinal) || path.EndsWith(Edits, StringComparison.Ordinal))
        && (chat is not AzureDialect || path.StartsWith("/openai/", StringComparison.Ordinal));

    public override Refusal? CheckAddress(HttpRequest request, JsonElement? body)
    {
        bool isEdit = request.Path.Value!.EndsWith(Edits, StringComparison.Ordinal);
        if (body is { } json && isEdit != GivenIn(json).Any()) return chat.Error(400);
        return chat is AzureDialect && request.Path.Value.Contains("/deployments/", StringComparison.Ordinal) && request.Query["api-version"].Count == 0 ? chat.Error(404) : null;
    }

    public override bool IsStreamed(string path, JsonElement body) => body.IsTrue("stream") || body.FindString("stream") is "true";

    protected override string? PromptOf(JsonElement body) => body.FindString("prompt");

    protected override int CountOf(JsonElement body) => Number(body, "n") ?? 1;

    protected override string? SizeOf(JsonElement body) => body.FindString("size")
        ?? (Number(body, "width") is { } width && Number(body, "height") is { } height ? string.Create(CultureInfo.InvariantCulture, $"{width}x{height}") : null);

    protected override IEnumerable<JsonElement> GivenIn(JsonElement body) => body.Find("images") is { } several ? several.EnumerateArray()
        : body.Find("image") is not { } image ? []
        : image.ValueKind is JsonValueKind.Array ? image.EnumerateArray()
        : [image];

    protected override bool IsValid(JsonElement body)
    {
        bool isGptImage = body.FindString("model")!.Contains("gpt-image", StringComparison.Ordinal);
        return body.EnumerateObject().All(member => Known.Contains(member.Name) || (!isGptImage && KnownToOthers.Contains(member.Name)));
    }

    public override ChatCall Read(JsonElement body) => base.Read(body) with { AsAddress = body.FindString("response_format") is "url", PartialImages = Number(body, "partial_images") ?? 0 };

    protected override JsonObject Completion(Answer answer, byte[][] images)
    {
        var data = new JsonArray();
        foreach (byte[] image in images)
        {
            JsonObject one = answer.Call!.AsAddress ? new() { ["url"] = $"https://images.example/{data.Count}.png" } : new() { ["b64_json"] = Encoded(image) };
            if (!answer.Model.Contains("gpt-image", StringComparison.Ordinal)) one["revised_prompt"] = "Revised: " + answer.Call.LastText;
            JsonNode shown = answer.IsFiltered && data.Count == 0 ? new JsonObject { ["error"] = new JsonObject { ["code"] = "content_filter", ["message"] = "The image was filtered." } } : one;
            data.Add(shown);
        }

        var completion = new JsonObject { ["created"] = UnixTime, ["data"] = data, ["output_format"] = "png", ["size"] = answer.Call!.ImageSize ?? "1024x1024" };
        if (answer.Model.Contains("gpt-image", StringComparison.Ordinal)) completion["usage"] = Usage(answer);
        return completion;
    }

    public override StreamEvents Stream(Answer answer, bool withUsage)
    {
        string of = answer.Call!.ImagesGiven > 0 ? "image_edit" : "image_generation";
        byte[][] partial =
        [
            .. Enumerable.Range(0, answer.Call.PartialImages).Select(n => SseBytes.TypedEvent(new JsonObject
            {
                ["type"] = of + ".partial_image", ["b64_json"] = Encoded(FakeImage.Of($"partial {n}", answer.Call.ImageSize)), ["created_at"] = UnixTime, ["output_format"] = "png", ["partial_image_index"] = n,
            })),
        ];
        byte[] last = SseBytes.TypedEvent(new JsonObject
        {
            ["type"] = of + ".completed", ["b64_json"] = Encoded(ImageOf(answer, 0)), ["created_at"] = UnixTime, ["output_format"] = "png", ["usage"] = Usage(answer),
        });
        return new StreamEvents([], partial, [], last);
    }

    private static JsonObject Usage(Answer answer)
    {
        int read = answer.Call!.ImagesGiven * 300, made = answer.Call.ImageCount * 1000;
        return new()
        {
            ["total_tokens"] = answer.InputTokens + read + made,
            ["input_tokens"] = answer.InputTokens + read,
            ["output_tokens"] = made,
            ["input_tokens_details"] = new JsonObject { ["text_tokens"] = answer.InputTokens, ["image_tokens"] = read },
        };
    }
}
