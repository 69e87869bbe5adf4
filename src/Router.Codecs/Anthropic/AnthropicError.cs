using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>The object <c>error</c>, as far as it could be read.</summary>
[Embedded]
internal readonly struct AnthropicError(string? type, string? message, string? detailCode)
{
    public string? Type { get; } = type;
    public string? Message { get; } = message;
    public string? DetailCode { get; } = detailCode;

    /// <summary>Reads the object that the reader stands in.</summary>
    public static AnthropicError Read(scoped ref Utf8JsonReader reader)
    {
        string? type = null, message = null, detailCode = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8)) type = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("message"u8)) message = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("details"u8)) detailCode = ReadDetailCode(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        return new AnthropicError(type, message, detailCode);
    }

    private static string? ReadDetailCode(scoped ref Utf8JsonReader reader)
    {
        string? code = null;
        if (!CodecReader.EntersObject(ref reader)) return null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("error_code"u8)) code = CodecReader.ReadString(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        return code;
    }
}
