using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>The members of an object with a transcript: of a whole answer, or of an event.</summary>
[Embedded]
internal struct OpenAITranscript
{
    private List<TranscriptionSegment>? _segments;
    private List<TranscriptionWord>? _words;
    private OpenAITranscriptUsage _usage;
    private string? _language;
    private TimeSpan? _duration;
    private TimeSpan? _start, _end;
    private string? _speaker;

    /// <summary>Gets what was said; null where the object does not say.</summary>
    public string? Text { get; private set; }

    /// <summary>Gets what kind of event it is; null where it does not say.</summary>
    public string? Type { get; private set; }

    /// <summary>Gets the piece of text that an event brings; null for none.</summary>
    public string? Delta { get; private set; }

    /// <summary>Gets the error that it holds; null for none.</summary>
    public AttemptFailure? Error { get; private set; }

    /// <summary>Gets the segment that the object itself is.</summary>
    public readonly TranscriptionSegment Segment => new(_start ?? TimeSpan.Zero, _end ?? _start ?? TimeSpan.Zero, Text ?? "", _speaker);

    /// <summary>Reads the object's members.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public void Read(ref Utf8JsonReader reader)
    {
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "text"u8)) Text = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "type"u8)) Type = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "delta"u8)) Delta = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "language"u8)) _language = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "duration"u8)) _duration = ReadSeconds(ref reader);
            else if (OpenAIJson.Is(ref reader, "segments"u8)) ReadSegments(ref reader);
            else if (OpenAIJson.Is(ref reader, "words"u8)) ReadWords(ref reader);
            else if (OpenAIJson.Is(ref reader, "usage"u8)) _usage.Read(ref reader);
            else if (OpenAIJson.Is(ref reader, "choices"u8)) ReadChoices(ref reader);
            else if (OpenAIJson.Is(ref reader, "start"u8)) _start = ReadSeconds(ref reader);
            else if (OpenAIJson.Is(ref reader, "end"u8)) _end = ReadSeconds(ref reader);
            else if (OpenAIJson.Is(ref reader, "speaker"u8) || OpenAIJson.Is(ref reader, "speaker_id"u8)) _speaker = CodecReader.ReadString(ref reader) ?? _speaker;
            else if (OpenAIJson.Is(ref reader, "error"u8)) Error ??= OpenAIErrors.ReadMember(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    /// <summary>Returns the answer with that text.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="before">Segments that came before the object; null for none.</param>
    public readonly RoutedTranscription ToTranscription(string text, List<TranscriptionSegment>? before = null) => new(text)
    {
        Language = string.IsNullOrEmpty(_language) ? null : _language,
        DurationOfSound = _duration ?? _usage.Heard,
        Segments = _segments ?? before ?? [],
        Words = _words ?? [],
        Usage = _usage.ToDetails(_duration),
    };

    // vLLM's events are those of chat. https://docs.vllm.ai/en/latest/serving/openai_compatible_server
    private void ReadChoices(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        while (CodecReader.NextObject(ref reader))
        {
            while (OpenAIJson.NextMember(ref reader))
            {
                if (!OpenAIJson.Is(ref reader, "delta"u8)) CodecReader.SkipValue(ref reader);
                else if (CodecReader.EntersObject(ref reader)) ReadChoice(ref reader);
            }
        }
    }

    private void ReadChoice(ref Utf8JsonReader reader)
    {
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "content"u8)) Delta += CodecReader.ReadString(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private void ReadSegments(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        _segments ??= [];
        while (CodecReader.NextObject(ref reader))
        {
            var segment = new OpenAITranscript();
            segment.Read(ref reader);
            _segments.Add(segment.Segment);
        }
    }

    private void ReadWords(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        _words ??= [];
        while (CodecReader.NextObject(ref reader))
        {
            string? word = null;
            TimeSpan? start = null, end = null;
            while (OpenAIJson.NextMember(ref reader))
            {
                if (OpenAIJson.Is(ref reader, "word"u8) || OpenAIJson.Is(ref reader, "text"u8)) word = CodecReader.ReadString(ref reader);
                else if (OpenAIJson.Is(ref reader, "start"u8)) start = ReadSeconds(ref reader);
                else if (OpenAIJson.Is(ref reader, "end"u8)) end = ReadSeconds(ref reader);
                else CodecReader.SkipValue(ref reader);
            }

            if (word is not null) _words.Add(new TranscriptionWord(start ?? TimeSpan.Zero, end ?? start ?? TimeSpan.Zero, word));
        }
    }

    /// <summary>Steps to a member's value: seconds, as a number or as the text of one; null for anything else.</summary>
    internal static TimeSpan? ReadSeconds(ref Utf8JsonReader reader)
    {
        const double Longest = 1e9; // thirty years
        reader.Read();
        double seconds;
        bool isNumber = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetDouble(out seconds),
            JsonTokenType.String => double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out seconds),
            _ => Skips(ref reader, out seconds),
        };
        return isNumber && seconds is >= 0 and <= Longest ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static bool Skips(ref Utf8JsonReader reader, out double seconds)
    {
        seconds = 0;
        reader.Skip();
        return false;
    }
}
