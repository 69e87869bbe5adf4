using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>An error as far as it could be read. Bedrock says its type in a header, and in the body only at times.</summary>
[Embedded]
internal readonly struct BedrockError(string? type, string? message)
{
    public string? Type { get; } = type;
    public string? Message { get; } = message;

    /// <summary>Gets whether there is anything that an error says.</summary>
    public bool IsEmpty => Type is null && Message is null;

    /// <summary>Reads a body. Throws what <see cref="Utf8JsonReader"/> throws where it is no JSON.</summary>
    public static BedrockError Read(ReadOnlySpan<byte> body)
    {
        string? type = null, message = null;
        var reader = new Utf8JsonReader(body);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) return default;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName) ReadMember(ref reader, ref type, ref message);
        return new BedrockError(TypeOf(type), message);
    }

    /// <summary>Reads the member that the reader stands on, if it is one of an error's; any other is skipped.</summary>
    public static void ReadMember(scoped ref Utf8JsonReader reader, scoped ref string? type, scoped ref string? message)
    {
        if (reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("Message"u8) || reader.ValueTextEquals("errorMessage"u8)) message = CodecReader.ReadString(ref reader) ?? message;
        else if (reader.ValueTextEquals("__type"u8) || reader.ValueTextEquals("code"u8)) type = CodecReader.ReadString(ref reader) ?? type;
        else CodecReader.SkipValue(ref reader);
    }

    /// <summary>Returns a type without what may surround it: <c>com.amazon.coral.service#AccessDeniedException:http://…</c>.</summary>
    public static string? TypeOf(string? type)
    {
        if (string.IsNullOrWhiteSpace(type)) return null;
        int end = type.IndexOf(':', StringComparison.Ordinal);
        if (end >= 0) type = type[..end];
        return type[(type.LastIndexOf('#') + 1)..];
    }
}
