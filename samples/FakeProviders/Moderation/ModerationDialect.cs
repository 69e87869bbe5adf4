using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>OpenAI's moderation, and Mistral's where a model has its name. Harmful is what says "kill", and an image whose address does.</summary>
internal sealed class ModerationDialect(TimeProvider time) : PlainDialect(new OpenAIDialect(time), OpenAIChat, time)
{
    private static readonly string[] Parts = ["text", "image"];

    public override string PathSuffix => "/moderations";

    public override ChatCall Read(JsonElement body)
    {
        JsonElement[] parts = [.. body.FindArray("input").Where(part => part.ValueKind is JsonValueKind.Object)];
        string[] texts = parts.Length > 0 ? [string.Join('\n', parts.Select(TextOf))] : [.. Strings(body, "input")];
        return new ChatCall(body.FindString("model")!, texts[0], parts.Length > 0, texts.Sum(text => text.Length), [], null) { Texts = texts };
    }

    public override JsonObject Completion(Answer answer)
    {
        bool isMistral = answer.Model.StartsWith("mistral", StringComparison.Ordinal);
        var completion = new JsonObject { ["id"] = NextId("modr-"), ["model"] = answer.Model, ["results"] = new JsonArray([.. answer.Call!.Texts.Select(text => Judge(text, isMistral, answer.Call.LastIsToolResult))]) };
        if (isMistral) completion["usage"] = new JsonObject { ["prompt_tokens"] = answer.InputTokens, ["total_tokens"] = answer.InputTokens };
        return completion;
    }

    protected override bool IsValid(JsonElement body)
    {
        JsonElement[] inputs = [.. body.FindArray("input")];
        bool isText = body.FindString("model") is { } model && !model.Contains("omni", StringComparison.Ordinal);
        return inputs.Length > 0 && (Array.TrueForAll(inputs, input => input.ValueKind is JsonValueKind.String && input.GetString() is { Length: > 0 }) || (!isText && Array.TrueForAll(inputs, input => TextOf(input).Length > 0)));
    }

    private static string TextOf(JsonElement part) => part.ValueKind is JsonValueKind.Object ? part.FindString("text") ?? part.Find("image_url")?.FindString("url") ?? "" : "";

    private static JsonObject Judge(string text, bool isMistral, bool isMessage)
    {
        bool isHarmful = text.Contains("kill", StringComparison.Ordinal);
        var result = new JsonObject
        {
            ["categories"] = new JsonObject { ["violence"] = isHarmful, [isMistral ? "pii" : "self-harm/intent"] = false },
            ["category_scores"] = new JsonObject { ["violence"] = isHarmful ? 0.97 : 0.01, [isMistral ? "pii" : "self-harm/intent"] = 0.001 },
        };
        if (isMistral) return result;
        result["flagged"] = isHarmful;
        result["category_applied_input_types"] = new JsonObject { ["violence"] = new JsonArray([.. Parts.Take(isMessage ? 2 : 1).Select(part => JsonValue.Create(part))]), ["self-harm/intent"] = new JsonArray("text") };
        return result;
    }
}
