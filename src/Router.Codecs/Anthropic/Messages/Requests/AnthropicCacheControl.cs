using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// <c>cache_control</c>, which a caller puts into the additional properties of a content, a message, a tool or the options: as JSON, or in
/// short <c>"ephemeral"</c>, or a time to live such as <c>"1h"</c>.
/// </summary>
[Embedded]
internal static class AnthropicCacheControl
{
    public const string Name = "cache_control";

    /// <summary>What the caller said; null where nothing.</summary>
    public static object? Find(IReadOnlyDictionary<string, object?>? properties) =>
        properties is not null && properties.TryGetValue(Name, out object? control) ? control : null;

    /// <summary>Writes it as a member of the object that is being written; nothing where the caller said nothing.</summary>
    public static AttemptFailure? Write(Utf8JsonWriter json, object? control)
    {
        if (control is null) return null;
        json.WritePropertyName(Name);
        string? said = control switch
        {
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
            _ => null,
        };
        if (said is null)
        {
            if (CodecJson.TryWriteValue(json, control)) return null;
            json.WriteNullValue(); // The object around it is closed before the failure is looked at.
            return CodecJson.Unsupported("'cache_control' is of a type that cannot be written as JSON.");
        }

        json.WriteStartObject();
        json.WriteString("type"u8, "ephemeral"u8);
        if (said is not "ephemeral") json.WriteString("ttl"u8, said);
        json.WriteEndObject();
        return null;
    }
}
