using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// The sources that an answer refers to: <c>citations</c> and <c>search_results</c> beside the choices (Perplexity, xAI), <c>annotations</c> of
/// the message (OpenAI, OpenRouter), results of tools that the server ran (Groq), <c>reference</c> parts (Mistral). Each is handed over once,
/// however often a stream repeats it.
/// </summary>
[Embedded]
internal sealed class OpenAISources
{
    private readonly List<CitedPage> _found = [];
    private int _delivered;

    /// <summary>Hands over the sources that have come since the last time; null where none has.</summary>
    public List<AIAnnotation>? Take()
    {
        if (_delivered == _found.Count) return null;
        var taken = new List<AIAnnotation>(_found.Count - _delivered);
        for (; _delivered < _found.Count; _delivered++) taken.Add(_found[_delivered].ToAnnotation());
        return taken;
    }

    /// <summary>Steps to a value, one page or annotation.</summary>
    public void ReadOne(scoped ref Utf8JsonReader reader)
    {
        if (CodecReader.EntersObject(ref reader)) ReadPage(ref reader);
    }

    /// <summary>Steps to a member's value, a list of addresses, of pages, or of annotations.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.String) ReadAddress(ref reader);
            else if (reader.TokenType is JsonTokenType.StartObject) ReadPage(ref reader);
            else reader.Skip();
        }
    }

    /// <summary>Steps to a member's value, a list of tools that the server ran: what their searches found.</summary>
    public void ReadExecutedTools(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            while (OpenAIJson.NextMember(ref reader))
            {
                if (!OpenAIJson.Is(ref reader, "search_results"u8)) CodecReader.SkipValue(ref reader);
                else if (CodecReader.EntersObject(ref reader)) ReadResults(ref reader);
            }
        }
    }

    /// <summary>Adds what a part of type <c>reference</c> refers to: numbers of the tool results that the caller sent.</summary>
    public void AddReference(string numbers)
    {
        if (!_found.Exists(source => source.References == numbers)) _found.Add(new CitedPage { References = numbers });
    }

    private void ReadResults(ref Utf8JsonReader reader)
    {
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "results"u8)) Read(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private void ReadAddress(ref Utf8JsonReader reader)
    {
        // Each event of a stream may repeat the list: the known ones allocate nothing.
        foreach (CitedPage source in _found)
        {
            if (source.Url is not null && reader.ValueTextEquals(source.Url)) return;
        }

        if (reader.GetString() is { Length: > 0 } url) _found.Add(new CitedPage { Url = url });
    }

    private void ReadPage(ref Utf8JsonReader reader)
    {
        var page = new CitedPage();
        ReadMembers(ref reader, page);
        if (page.Url is null && page.FileId is null) return;
        foreach (CitedPage source in _found)
        {
            if (!source.IsSame(page)) continue;
            source.Title ??= page.Title;
            source.Snippet ??= page.Snippet;
            (source.Start, source.End) = (source.Start ?? page.Start, source.End ?? page.End);
            return;
        }

        _found.Add(page);
    }

    private static void ReadMembers(ref Utf8JsonReader reader, CitedPage page)
    {
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "url_citation"u8) || OpenAIJson.Is(ref reader, "file_citation"u8) || OpenAIJson.Is(ref reader, "file"u8))
            {
                if (CodecReader.EntersObject(ref reader)) ReadMembers(ref reader, page);
            }
            else if (OpenAIJson.Is(ref reader, "url"u8)) page.Url = CodecReader.ReadString(ref reader) is { Length: > 0 } url ? url : page.Url;
            else if (OpenAIJson.Is(ref reader, "title"u8) || OpenAIJson.Is(ref reader, "filename"u8)) page.Title = CodecReader.ReadString(ref reader) ?? page.Title;
            else if (OpenAIJson.Is(ref reader, "snippet"u8) || OpenAIJson.Is(ref reader, "content"u8)) page.Snippet = CodecReader.ReadString(ref reader) ?? page.Snippet;
            else if (OpenAIJson.Is(ref reader, "file_id"u8)) page.FileId = CodecReader.ReadString(ref reader) ?? page.FileId;
            else if (OpenAIJson.Is(ref reader, "start_index"u8)) page.Start = CodecReader.ReadCount(ref reader);
            else if (OpenAIJson.Is(ref reader, "end_index"u8)) page.End = CodecReader.ReadCount(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private sealed class CitedPage
    {
        public string? Url;
        public string? FileId;
        public string? References;
        public string? Title;
        public string? Snippet;
        public long? Start; // the range of the text that refers to it
        public long? End;

        /// <summary>Whether it is the same place; one that stands in no place of the text is the same as any of its address.</summary>
        public bool IsSame(CitedPage other) =>
            Url == other.Url && FileId == other.FileId && References is null
            && (Start is null || other.Start is null || (Start == other.Start && End == other.End));

        public CitationAnnotation ToAnnotation()
        {
            var citation = new CitationAnnotation { Url = Uri.TryCreate(Url, UriKind.Absolute, out Uri? uri) ? uri : null, FileId = FileId, Title = Title, Snippet = Snippet };
            if (uri is null && Url is not null) citation.Title ??= Url;
            if (Start <= int.MaxValue && End <= int.MaxValue) citation.AnnotatedRegions = [new TextSpanAnnotatedRegion { StartIndex = (int)Start, EndIndex = (int)End }];
            if (References is not null) citation.AdditionalProperties = new() { ["reference_ids"] = References };
            return citation;
        }
    }
}
