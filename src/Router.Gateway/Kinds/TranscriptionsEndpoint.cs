using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Kinds;

/// <summary>What is said in a file of sound: https://platform.openai.com/docs/api-reference/audio/createTranscription.</summary>
internal sealed class TranscriptionsEndpoint(KindServices services) : FormEndpoint<TranscriptionGroup>(services)
{
    private protected override async Task<GatewayError?> AnswerAsync(HttpContext context, TranscriptionGroup group, IFormCollection form)
    {
        if (form.Files.GetFile("file") is not { } sound) return Invalid("file: must be a file.", "file");
        string format = Text(form, "response_format") ?? "json";
        if (format is not ("json" or "text" or "verbose_json" or "diarized_json")) return Invalid("response_format: must be json, text, verbose_json or diarized_json.", "response_format");
        bool wantsWords = form.TryGetValue("timestamp_granularities[]", out Microsoft.Extensions.Primitives.StringValues marks) && marks.Contains("word");
        var options = new TranscribeOptions
        {
            Language = Text(form, "language"),
            Prompt = Text(form, "prompt"),
            Temperature = Number(form, "temperature"),
            Diarize = format is "diarized_json",
            Timestamps = wantsWords ? TranscriptTimestamps.Words : format is "verbose_json" or "diarized_json" ? TranscriptTimestamps.Segments : TranscriptTimestamps.None,
        };
        MediaFile file = await FileAsync(sound, context.RequestAborted).ConfigureAwait(false);
        if (Text(form, "stream") is "true") return await StreamAsync(context, group, group.StreamAsync(file, Routing(context), options, context.RequestAborted), new TranscriptEvents()).ConfigureAwait(false);
        RoutedTranscription answer = await group.TranscribeAsync(file, Routing(context), options, context.RequestAborted).ConfigureAwait(false);
        return format is "text"
            ? await AnswerResponse.SendAsync(context, group, answer, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(answer.Text + "\n")).ConfigureAwait(false)
            : await SendAsync(context, group, answer, json => Write(json, answer, isVerbose: format is not "json")).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, RoutedTranscription answer, bool isVerbose)
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
