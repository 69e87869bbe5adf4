using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Kinds;

/// <summary>Writes images as OpenAI does: https://platform.openai.com/docs/api-reference/images/object.</summary>
internal static class ImageJson
{
    /// <summary>Writes an answer.</summary>
    public static void Write(Utf8JsonWriter json, RoutedImages answer, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteNumber("created"u8, now.ToUnixTimeSeconds());
        json.WriteStartArray("data"u8);
        foreach (GeneratedImage image in answer)
        {
            json.WriteStartObject();
            if (image.Uri is { } address) json.WriteString("url"u8, address.ToString());
            else json.WriteBase64String("b64_json"u8, image.Data.Span);
            if (image.RevisedPrompt is { } revised) json.WriteString("revised_prompt"u8, revised);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (answer.Usage is { } usage)
        {
            json.WritePropertyName("usage"u8);
            WriteUsage(json, usage);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes what was counted.</summary>
    public static void WriteUsage(Utf8JsonWriter json, UsageDetails? usage)
    {
        if (usage is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("input_tokens"u8, usage.InputTokenCount ?? 0);
        json.WriteNumber("output_tokens"u8, usage.OutputTokenCount ?? 0);
        json.WriteNumber("total_tokens"u8, TokenTotals.Of(usage));
        json.WriteEndObject();
    }
}
