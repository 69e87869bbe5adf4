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
    public static List<AIAnnotation>? ReadList(scoped ref Utf8JsonReader reader) => CodecCitations.ReadList(ref reader, ReadOne);

    /// <summary>Steps to a member's value, a citation; null where it is none.</summary>
    public static CitationAnnotation? Read(scoped ref Utf8JsonReader reader) => CodecReader.EntersObject(ref reader) ? ReadOne(ref reader) : null;

    private static CitationAnnotation ReadOne(scoped ref Utf8JsonReader reader)
    {
        var citation = new CitationAnnotation();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("url"u8) || reader.ValueTextEquals("source"u8)) citation.Url = CodecCitations.ToUri(CodecReader.ReadString(ref reader)) ?? citation.Url;
            else if (reader.ValueTextEquals("title"u8) || reader.ValueTextEquals("document_title"u8)) citation.Title = CodecReader.ReadString(ref reader) ?? citation.Title;
            else if (reader.ValueTextEquals("cited_text"u8)) citation.Snippet = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("file_id"u8)) citation.FileId = CodecReader.ReadString(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        return citation;
    }
}
