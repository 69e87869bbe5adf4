using System;
using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Fields of a form whose values are JSON elsewhere: a text is the text itself, anything else its JSON.</summary>
[Embedded]
internal static class CodecForm
{
    /// <summary>Adds the members that requests of a deployment begin with, such as the model.</summary>
    /// <param name="body">The form.</param>
    /// <param name="prefix">An object without its closing brace.</param>
    public static void AddPrefix(RequestWriter body, ReadOnlySpan<byte> prefix)
    {
        using JsonDocument start = JsonDocument.Parse((byte[])[.. prefix, (byte)'}']);
        foreach (JsonProperty member in start.RootElement.EnumerateObject()) Add(body, member.Name, member.Value);
    }

    /// <summary>Adds a field of JSON.</summary>
    public static void Add(RequestWriter body, string name, JsonElement value) => body.AddField(name, value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText());

    /// <summary>Adds a field of a value that a caller put into a bag of objects.</summary>
    /// <returns>Null, or why the value cannot be sent.</returns>
    public static AttemptFailure? Add(RequestWriter body, string name, object? value)
    {
        if (CodecScalars.StringOf(value) is { } text)
        {
            body.AddField(name, text);
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        if (!CodecJson.TryWriteValue(json, value)) return CodecJson.UnwrittenProperty(name, value);
        json.Flush();
        body.AddField(name, Encoding.UTF8.GetString(buffer.WrittenSpan).Trim('"'));
        return null;
    }
}
