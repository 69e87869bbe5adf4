using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// The sources that an answer refers to: <c>groundingMetadata</c> (pages that a search found, and which passages of the answer rest on them) and
/// <c>citationMetadata</c> (texts that the answer repeats). A stream repeats and completes both; each source is handed over once, at the end.
/// </summary>
[Embedded]
internal sealed class GeminiSources
{
    private readonly List<CitedPage> _found = [];
    private readonly List<CitedPage> _chunks = []; // by the number that supports state

    /// <summary>Hands over the sources; null where there are none.</summary>
    /// <param name="isAscii">Whether the answer is ASCII: only then the API's places, which count bytes, are those of characters.</param>
    public List<AIAnnotation>? ToAnnotations(bool isAscii)
    {
        if (_found.Count == 0) return null;
        var annotations = new List<AIAnnotation>(_found.Count);
        foreach (CitedPage page in _found) annotations.Add(page.ToAnnotation(isAscii));
        return annotations;
    }

    /// <summary>Steps to the value of <c>groundingMetadata</c>.</summary>
    public void ReadGrounding(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        List<Support>? supports = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("groundingChunks"u8)) ReadChunks(ref reader);
            else if (reader.ValueTextEquals("groundingSupports"u8)) ReadSupports(ref reader, ref supports);
            else CodecReader.SkipValue(ref reader);
        }

        // They refer to chunks that may stand behind them.
        foreach (Support support in supports ?? [])
        {
            foreach (int number in support.Chunks)
            {
                if (number < _chunks.Count) _chunks[number].AddPlace(support.Start, support.End);
            }
        }
    }

    /// <summary>Steps to the value of <c>citationMetadata</c>.</summary>
    public void ReadCitations(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            bool known = reader.ValueTextEquals("citationSources"u8) || reader.ValueTextEquals("citations"u8); // the second is Vertex AI's
            if (!known) CodecReader.SkipValue(ref reader);
            else if (CodecReader.EntersArray(ref reader)) ReadCitationList(ref reader);
        }
    }

    private void ReadCitationList(scoped ref Utf8JsonReader reader)
    {
        while (CodecReader.NextObject(ref reader))
        {
            var page = new CitedPage();
            long? start = null, end = null;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("startIndex"u8)) start = CodecReader.ReadCount(ref reader);
                else if (reader.ValueTextEquals("endIndex"u8)) end = CodecReader.ReadCount(ref reader);
                else ReadPageMember(ref reader, page);
            }

            if (!page.IsEmpty) Add(page).AddPlace(start ?? 0, end);
        }
    }

    private void ReadChunks(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        _chunks.Clear();
        while (CodecReader.NextObject(ref reader))
        {
            var page = new CitedPage();
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                // web, retrievedContext, maps, image
                if (!CodecReader.EntersObject(ref reader)) continue;
                while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName) ReadPageMember(ref reader, page);
            }

            _chunks.Add(page.IsEmpty ? page : Add(page));
        }
    }

    private static void ReadPageMember(scoped ref Utf8JsonReader reader, CitedPage page)
    {
        if (reader.ValueTextEquals("uri"u8) || reader.ValueTextEquals("sourceUri"u8)) page.Url = CodecReader.ReadString(ref reader) ?? page.Url;
        else if (reader.ValueTextEquals("title"u8)) page.Title = CodecReader.ReadString(ref reader) ?? page.Title;
        else if (reader.ValueTextEquals("text"u8)) page.Snippet = CodecReader.ReadString(ref reader) ?? page.Snippet;
        else CodecReader.SkipValue(ref reader);
    }

    private static void ReadSupports(scoped ref Utf8JsonReader reader, ref List<Support>? supports)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        while (CodecReader.NextObject(ref reader))
        {
            var support = new Support();
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("segment"u8)) support.ReadSegment(ref reader);
                else if (reader.ValueTextEquals("groundingChunkIndices"u8)) support.ReadChunks(ref reader);
                else CodecReader.SkipValue(ref reader);
            }

            (supports ??= []).Add(support);
        }
    }

    private CitedPage Add(CitedPage page)
    {
        foreach (CitedPage known in _found)
        {
            if (known.IsSame(page)) return known;
        }

        _found.Add(page);
        return page;
    }

    /// <summary>A passage of the answer, and what it rests on.</summary>
    private sealed class Support
    {
        public List<int> Chunks { get; } = [];
        public long Start { get; private set; }
        public long? End { get; private set; }

        public void ReadSegment(scoped ref Utf8JsonReader reader)
        {
            if (!CodecReader.EntersObject(ref reader)) return;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("startIndex"u8)) Start = CodecReader.ReadCount(ref reader) ?? 0; // Left out where it is 0.
                else if (reader.ValueTextEquals("endIndex"u8)) End = CodecReader.ReadCount(ref reader);
                else CodecReader.SkipValue(ref reader);
            }
        }

        public void ReadChunks(scoped ref Utf8JsonReader reader)
        {
            if (!CodecReader.EntersArray(ref reader)) return;
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                if (reader.TokenType is JsonTokenType.Number && reader.TryGetInt32(out int number) && number >= 0) Chunks.Add(number);
                else reader.Skip();
            }
        }
    }

    private sealed class CitedPage
    {
        private List<(int Start, int End)>? _places;

        public string? Url;
        public string? Title;
        public string? Snippet;

        public bool IsEmpty => Url is null && Title is null && Snippet is null;

        public bool IsSame(CitedPage other) => Url == other.Url && (Url is not null || Title == other.Title) && (Snippet == other.Snippet || Snippet is null || other.Snippet is null);

        public void AddPlace(long start, long? end)
        {
            if (end is not { } last || last <= start || last > int.MaxValue) return;
            (int, int) place = ((int)start, (int)last);
            if (_places?.Contains(place) is not true) (_places ??= []).Add(place);
        }

        public CitationAnnotation ToAnnotation(bool isAscii)
        {
            var citation = new CitationAnnotation { Url = Uri.TryCreate(Url, UriKind.Absolute, out Uri? uri) ? uri : null, Title = Title, Snippet = Snippet };
            if (uri is null && Url is not null) citation.Title ??= Url;
            if (!isAscii || _places is null) return citation;
            citation.AnnotatedRegions = [];
            foreach ((int start, int end) in _places) citation.AnnotatedRegions.Add(new TextSpanAnnotatedRegion { StartIndex = start, EndIndex = end });
            return citation;
        }
    }
}
