using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Kinds;

/// <summary>Writes what is said in a file as OpenAI does: https://platform.openai.com/docs/api-reference/audio/json-object.</summary>
internal static class TranscriptJson
{
    /// <summary>Writes an answer.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="isVerbose">Whether its times are written too.</param>
    public static void Write(Utf8JsonWriter json, RoutedTranscription answer, bool isVerbose)
    {
        json.WriteStartObject();
        json.WriteString("text"u8, answer.Text);
        if (isVerbose) WriteDetails(json, answer);
        WriteUsage(json, answer.Usage);
        json.WriteEndObject();
    }

    /// <summary>Writes what was counted as a member, where there are tokens.</summary>
    public static void WriteUsage(Utf8JsonWriter json, UsageDetails? usage)
    {
        if (usage is not { InputTokenCount: { } input }) return;
        json.WriteStartObject("usage"u8);
        json.WriteString("type"u8, "tokens"u8);
        json.WriteNumber("input_tokens"u8, input);
        json.WriteNumber("output_tokens"u8, usage.OutputTokenCount ?? 0);
        json.WriteNumber("total_tokens"u8, TokenTotals.Of(usage));
        json.WriteEndObject();
    }

    /// <summary>Writes the members of a segment.</summary>
    public static void WriteSegment(Utf8JsonWriter json, TranscriptionSegment segment)
    {
        json.WriteNumber("start"u8, segment.Start.TotalSeconds);
        json.WriteNumber("end"u8, segment.End.TotalSeconds);
        json.WriteString("text"u8, segment.Text);
        if (segment.Speaker is { } speaker) json.WriteString("speaker"u8, speaker);
    }

    private static void WriteDetails(Utf8JsonWriter json, RoutedTranscription answer)
    {
        json.WriteString("task"u8, "transcribe"u8);
        if (answer.Language is { } language) json.WriteString("language"u8, language);
        if (answer.DurationOfSound is { } duration) json.WriteNumber("duration"u8, duration.TotalSeconds);
        json.WriteStartArray("segments"u8);
        for (int i = 0; i < answer.Segments.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, i);
            WriteSegment(json, answer.Segments[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (answer.Words.Count == 0) return;
        json.WriteStartArray("words"u8);
        foreach (TranscriptionWord word in answer.Words)
        {
            json.WriteStartObject();
            json.WriteString("word"u8, word.Text);
            json.WriteNumber("start"u8, word.Start.TotalSeconds);
            json.WriteNumber("end"u8, word.End.TotalSeconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
