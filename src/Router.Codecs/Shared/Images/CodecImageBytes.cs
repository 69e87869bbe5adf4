using System;
using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>Reads the bytes of an image that is a string of Base64, perhaps within a data URI: straight into the array that is handed out.</summary>
[Embedded]
internal static class CodecImageBytes
{
    /// <summary>Steps to a member's value, which is an image.</summary>
    /// <returns>The bytes; null where the value is null or empty.</returns>
    /// <exception cref="JsonException">It is no string, or no Base64.</exception>
    public static byte[]? Read(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        return ReadValue(ref reader);
    }

    /// <summary>Reads the value that the reader stands on.</summary>
    /// <inheritdoc cref="Read"/>
    public static byte[]? ReadValue(scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.Null) return null;
        if (reader.TokenType is not JsonTokenType.String) throw new JsonException($"An image is a {reader.TokenType}.");
        if (!reader.ValueIsEscaped) return Decode(reader.ValueSpan);
        byte[] text = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length); // some servers escape each slash
        try
        {
            return Decode(text.AsSpan(0, reader.CopyString(text)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("data:"u8)) text = text[(text.IndexOf((byte)',') + 1)..];
        if (text.IsEmpty) return null;
        if (!Base64.IsValid(text, out int length)) throw new JsonException("An image is no Base64, or cut.");
        byte[] bytes = new byte[length];
        if (Base64.DecodeFromUtf8(text, bytes, out _, out int written) is not OperationStatus.Done || written != length) throw new JsonException("An image is no Base64, or cut.");
        return bytes;
    }
}
