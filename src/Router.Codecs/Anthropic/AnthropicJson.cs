using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>Reading values whose type is not to be relied on.</summary>
[Embedded]
internal static class AnthropicJson
{
    /// <summary>Whether the value that follows is this string; it is skipped.</summary>
    public static bool ReadIs(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        reader.Read();
        bool same = reader.TokenType is JsonTokenType.String && reader.ValueTextEquals(text);
        reader.Skip();
        return same;
    }
}
