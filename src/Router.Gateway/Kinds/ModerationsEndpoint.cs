using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Kinds;

/// <summary>Judgements of texts and images: https://platform.openai.com/docs/api-reference/moderations/create.</summary>
internal sealed class ModerationsEndpoint(KindServices services) : KindEndpoint<ModerationGroup>(services)
{
    private protected override async Task<GatewayError?> AnswerAsync(HttpContext context, ModerationGroup group, JsonElement request)
    {
        JsonElement input = request.Get("input"u8);
        JsonElement[] items = input.ValueKind is JsonValueKind.String ? [input] : [.. request.Items("input"u8)];
        AIContent?[] contents = [.. items.Select(ContentOf)];
        if (contents.Length == 0 || contents.Contains(null)) return Invalid("input: must be a text, an array of texts, or of parts of type text or image_url.", "input");
        bool areTexts = items.All(static item => item.ValueKind is JsonValueKind.String);
        RoutedModerations answer = areTexts
            ? await group.ModerateAsync(items.Select(static item => item.GetString()!), Routing(context), options: null, context.RequestAborted).ConfigureAwait(false)
            : await group.ModerateAsync(contents!, Routing(context), options: null, context.RequestAborted).ConfigureAwait(false);
        return await SendAsync(context, group, answer, json => Write(json, answer, context.TraceIdentifier)).ConfigureAwait(false);
    }

    private static AIContent? ContentOf(JsonElement item)
    {
        if (item.ValueKind is JsonValueKind.String) return new TextContent(item.GetString());
        return item.Text("type"u8) switch
        {
            "text" when item.Text("text"u8) is { } text => new TextContent(text),
            "image_url" when item.Get("image_url"u8).Text("url"u8) is { } url => MediaParts.Of(url, "image/*"),
            _ => null,
        };
    }

    private static void Write(Utf8JsonWriter json, RoutedModerations answer, string id)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, "modr-" + id);
        json.WriteString("model"u8, answer.ModelUsed);
        json.WriteStartArray("results"u8);
        foreach (Moderation judgement in answer)
        {
            json.WriteStartObject();
            json.WriteBoolean("flagged"u8, judgement.Flagged);
            json.WriteStartObject("categories"u8);
            foreach ((string category, bool holds) in judgement.Categories) json.WriteBoolean(category, holds);
            json.WriteEndObject();
            json.WriteStartObject("category_scores"u8);
            foreach ((string category, double score) in judgement.Scores) json.WriteNumber(category, score);
            json.WriteEndObject();
            json.WriteStartObject("category_applied_input_types"u8);
            foreach ((string category, IReadOnlyList<string> types) in judgement.AppliedInputTypes)
            {
                json.WriteStartArray(category);
                foreach (string type in types) json.WriteStringValue(type);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
