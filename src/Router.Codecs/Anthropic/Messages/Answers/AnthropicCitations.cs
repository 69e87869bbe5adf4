using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Reads what a text refers to: pages that the provider searched, and documents of the request.</summary>
[Embedded]
internal static class AnthropicCitations
{
    /// <summary>Steps to a member's value, a list of citations.</summary>
    /// <returns>Null where there is none.</returns>
    public static List<AIAnnotation>? ReadList(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return null;
        List<AIAnnotation>? citations = null;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject) (citations ??= []).Add(ReadOne(ref reader));
            else reader.Skip();
        }

        return citations;
    }

    /// <summary>Steps to a member's value, a citation; null where it is none.</summary>
    public static CitationAnnotation? Read(scoped ref Utf8JsonReader reader) => CodecReader.EntersObject(ref reader) ? ReadOne(ref reader) : null;

    private static CitationAnnotation ReadOne(scoped ref Utf8JsonReader reader)
    {
        var citation = new CitationAnnotation();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("url"u8) || reader.ValueTextEquals("source"u8)) citation.Url = ToUri(CodecReader.ReadString(ref reader)) ?? citation.Url;
            else if (reader.ValueTextEquals("title"u8) || reader.ValueTextEquals("document_title"u8)) citation.Title = CodecReader.ReadString(ref reader) ?? citation.Title;
            else if (reader.ValueTextEquals("cited_text"u8)) citation.Snippet = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("file_id"u8)) citation.FileId = CodecReader.ReadString(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        return citation;
    }

    private static Uri? ToUri(string? text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) ? uri : null;
}
