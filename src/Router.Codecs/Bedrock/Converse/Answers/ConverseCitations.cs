using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Reads what a text refers to: documents of the request, and pages that the provider searched.</summary>
[Embedded]
internal static class ConverseCitations
{
    /// <summary>Steps to a member's value, a list of citations.</summary>
    /// <returns>Null where there is none.</returns>
    public static List<AIAnnotation>? ReadList(scoped ref Utf8JsonReader reader) => CodecCitations.ReadList(ref reader, ReadOne);

    /// <summary>Reads the citation that the reader stands in.</summary>
    public static CitationAnnotation ReadOne(scoped ref Utf8JsonReader reader)
    {
        var citation = new CitationAnnotation();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("title"u8)) citation.Title = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("source"u8)) citation.Url ??= CodecCitations.ToUri(CodecReader.ReadString(ref reader));
            else if (reader.ValueTextEquals("sourceContent"u8)) citation.Snippet = ReadTexts(ref reader);
            else if (reader.ValueTextEquals("location"u8)) ReadLocation(ref reader, citation);
            else CodecReader.SkipValue(ref reader);
        }

        return citation;
    }

    /// <summary>Steps to a member's value, a list of objects with a text each; null where there is none.</summary>
    public static string? ReadTexts(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return null;
        string? texts = null;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("text"u8)) texts += CodecReader.ReadString(ref reader);
                else CodecReader.SkipValue(ref reader);
            }
        }

        return texts;
    }

    /// <summary>Reads where the source is: of the kinds of places only a page of the web has an address.</summary>
    private static void ReadLocation(scoped ref Utf8JsonReader reader, CitationAnnotation citation)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (!CodecReader.EntersObject(ref reader)) continue;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("url"u8)) citation.Url = CodecCitations.ToUri(CodecReader.ReadString(ref reader)) ?? citation.Url;
                else CodecReader.SkipValue(ref reader);
            }
        }
    }
}
