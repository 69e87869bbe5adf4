using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes <c>cache_control</c>.</summary>
[Embedded]
internal static class AnthropicCacheControl
{
    /// <summary>Writes it as a member of the object that is being written; nothing where the caller said nothing.</summary>
    public static AttemptFailure? Write(Utf8JsonWriter json, object? control)
    {
        if (control is null) return null;
        json.WritePropertyName(CodecCacheControl.Name);
        string? said = CodecScalars.StringOf(control);
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
