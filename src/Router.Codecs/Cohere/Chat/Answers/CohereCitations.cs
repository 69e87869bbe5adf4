using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Reads what spans of the answer's text refer to: documents of the request, and results of its tools.</summary>
[Embedded]
internal static class CohereCitations
{
    /// <summary>Reads the citation that the reader stands in; each of its sources becomes an annotation of the same span.</summary>
    /// <param name="reader">The reader, at the start of the citation's object.</param>
    /// <param name="to">Where to add them.</param>
    public static void Read(scoped ref Utf8JsonReader reader, ref List<AIAnnotation>? to)
    {
        long? start = null, end = null;
        string? text = null;
        bool isOfText = true;
        List<CitationAnnotation>? sources = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("start"u8)) start = CodecReader.ReadCount(ref reader);
            else if (reader.ValueTextEquals("end"u8)) end = CodecReader.ReadCount(ref reader);
            else if (reader.ValueTextEquals("text"u8)) text = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("type"u8)) isOfText = CodecReader.ReadString(ref reader) is null or "TEXT_CONTENT";
            else if (reader.ValueTextEquals("sources"u8)) sources = ReadSources(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        if (!isOfText) return; // What a plan or a thought refers to.
        foreach (CitationAnnotation source in sources ?? [new CitationAnnotation()])
        {
            source.Snippet = text;
            if (start <= int.MaxValue && end <= int.MaxValue) source.AnnotatedRegions = [new TextSpanAnnotatedRegion { StartIndex = (int)start, EndIndex = (int)end }];
            (to ??= []).Add(source);
        }
    }

    private static List<CitationAnnotation>? ReadSources(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return null;
        List<CitationAnnotation>? sources = null;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            var source = new CitationAnnotation();
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("id"u8)) source.FileId = CodecReader.ReadString(ref reader);
                else if (reader.ValueTextEquals("document"u8)) ReadDocument(ref reader, source);
                else CodecReader.SkipValue(ref reader);
            }

            (sources ??= []).Add(source);
        }

        return sources;
    }

    /// <summary>A document has whatever members its request gave it.</summary>
    private static void ReadDocument(scoped ref Utf8JsonReader reader, CitationAnnotation source)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("title"u8)) source.Title = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("url"u8)) source.Url = Uri.TryCreate(CodecReader.ReadString(ref reader), UriKind.Absolute, out Uri? uri) ? uri : null;
            else CodecReader.SkipValue(ref reader);
        }
    }
}
