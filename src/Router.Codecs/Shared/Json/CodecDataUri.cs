using System;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Writes bytes as a data URI, piece by piece into the request: there is no string of it, and none is too long.</summary>
[Embedded]
internal static class CodecDataUri
{
    // Whole groups of three bytes, so that the pieces join.
    private const int Piece = 3072, EncodedPiece = Piece / 3 * 4;

    /// <summary>Writes a member.</summary>
    public static void Write(Utf8JsonWriter json, string name, DataContent data)
    {
        json.WritePropertyName(name);
        json.WriteStringValueSegment("data:"u8, isFinalSegment: false); // All pieces must be of one encoding.
        json.WriteStringValueSegment(Encoding.UTF8.GetBytes(data.MediaType), isFinalSegment: false);
        json.WriteStringValueSegment(";base64,"u8, isFinalSegment: false);
        Span<byte> encoded = stackalloc byte[EncodedPiece];
        ReadOnlySpan<byte> left = data.Data.Span;
        while (true)
        {
            bool isLast = left.Length <= Piece;
            Base64.EncodeToUtf8(isLast ? left : left[..Piece], encoded, out int taken, out int written);
            json.WriteStringValueSegment(encoded[..written], isLast);
            if (isLast) return;
            left = left[taken..];
        }
    }
}
