using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Reads lists of what a text refers to; each dialect has its own form for one of them.</summary>
[Embedded]
internal static class CodecCitations
{
    /// <summary>Reads the citation that the reader stands in.</summary>
    public delegate CitationAnnotation ReadOne(scoped ref Utf8JsonReader reader);

    /// <summary>Steps to a member's value, a list of citations.</summary>
    /// <returns>Null where there is none.</returns>
    public static List<AIAnnotation>? ReadList(scoped ref Utf8JsonReader reader, ReadOne readOne)
    {
        if (!CodecReader.EntersArray(ref reader)) return null;
        List<AIAnnotation>? citations = null;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject) (citations ??= []).Add(readOne(ref reader));
            else reader.Skip();
        }

        return citations;
    }

    /// <summary>Returns an absolute address; null where the text is none.</summary>
    public static Uri? ToUri(string? text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) ? uri : null;
}
