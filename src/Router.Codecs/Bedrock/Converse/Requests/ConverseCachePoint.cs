using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes <c>cache_control</c> as the API has it: a block of its own behind what is to be cached. A model that takes none refuses the whole
/// request, so there it is left out.
/// </summary>
[Embedded]
internal static class ConverseCachePoint
{
    private const string LeftOut = CodecCacheControl.Name + ": left out";

    /// <summary>Writes the block; nothing where the caller said nothing, or the model takes none.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="control">What the caller said.</param>
    /// <param name="model">The model.</param>
    /// <param name="place">The quirk of models that take one here.</param>
    /// <param name="body">Where to note what was left out.</param>
    public static void Write(Utf8JsonWriter json, object? control, ModelProfile model, ConverseQuirks place, RequestWriter body)
    {
        if (control is null) return;
        if (!model.Has(place))
        {
            if (body.Notes?.Contains(LeftOut) is not true) body.Note(LeftOut);
            return;
        }

        json.WriteStartObject();
        json.WriteStartObject("cachePoint"u8);
        json.WriteString("type"u8, "default"u8);
        if (TimeToLive(control) is { } time) json.WriteString("ttl"u8, time);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string? TimeToLive(object control)
    {
        if (CodecScalars.StringOf(control) is { } said) return said is "ephemeral" or "default" ? null : said;
        return control switch
        {
            JsonElement { ValueKind: JsonValueKind.Object } json when json.TryGetProperty("ttl"u8, out JsonElement time) => CodecScalars.StringOf(time),
            IReadOnlyDictionary<string, object?> members when members.TryGetValue("ttl", out object? time) => CodecScalars.StringOf(time),
            JsonObject node when node.TryGetPropertyValue("ttl", out JsonNode? time) => time is JsonValue value && value.TryGetValue(out string? text) ? text : null,
            _ => null,
        };
    }
}
