using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.OpenAIChat;

/// <summary>Writes an answer as a chat completion: https://platform.openai.com/docs/api-reference/chat/object.</summary>
internal static class OpenAIChatAnswer
{
    /// <summary>Writes the whole body.</summary>
    public static void Write(Utf8JsonWriter json, RelayedRequest request, RoutedResponse answer, DateTimeOffset now)
    {
        AIContent[] contents = [.. answer.Messages.SelectMany(static message => message.Contents)];
        bool calls = contents.Any(static content => content is FunctionCallContent);
        json.WriteStartObject();
        WriteHead(json, "chat.completion"u8, answer.ResponseId, answer.CreatedAt ?? now, answer.ModelId ?? request.Model);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        WriteContents(json, contents);
        json.WriteEndObject();
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, ReasonOf(answer.FinishReason, calls));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WritePropertyName("usage"u8);
        WriteUsage(json, answer.Usage);
        json.WriteEndObject();
    }

    /// <summary>Writes what an answer and each chunk of a stream begin with.</summary>
    public static void WriteHead(Utf8JsonWriter json, ReadOnlySpan<byte> kind, string? id, DateTimeOffset created, string model)
    {
        json.WriteString("id"u8, id ?? "chatcmpl-0");
        json.WriteString("object"u8, kind);
        json.WriteNumber("created"u8, created.ToUnixTimeSeconds());
        json.WriteString("model"u8, model);
    }

    /// <summary>Returns why the model stopped, as clients know it.</summary>
    public static string ReasonOf(ChatFinishReason? reason, bool calls) =>
        reason == ChatFinishReason.Length ? "length"
        : reason == ChatFinishReason.ContentFilter ? "content_filter"
        : calls ? "tool_calls"
        : "stop";

    /// <summary>Writes the counts; null where there are none.</summary>
    public static void WriteUsage(Utf8JsonWriter json, UsageDetails? usage)
    {
        if (usage is null)
        {
            json.WriteNullValue();
            return;
        }

        long input = usage.InputTokenCount ?? 0;
        long output = usage.OutputTokenCount ?? 0;
        json.WriteStartObject();
        json.WriteNumber("prompt_tokens"u8, input);
        json.WriteNumber("completion_tokens"u8, output);
        json.WriteNumber("total_tokens"u8, TokenTotals.Of(usage));
        json.WriteStartObject("prompt_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, usage.CachedInputTokenCount ?? 0);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, usage.ReasoningTokenCount ?? 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes a call as a member of <c>tool_calls</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="call">The call.</param>
    /// <param name="index">Its place, which chunks of streams state; null for a whole answer.</param>
    public static void WriteCall(Utf8JsonWriter json, FunctionCallContent call, int? index)
    {
        json.WriteStartObject();
        if (index is { } place) json.WriteNumber("index"u8, place);
        json.WriteString("id"u8, call.CallId);
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, call.Name);
        json.WriteString("arguments"u8, CallArguments.TextOf(call));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes images that the model made, where most clients look for them.</summary>
    public static void WriteImages(Utf8JsonWriter json, IReadOnlyList<DataContent> images)
    {
        json.WriteStartArray("images"u8);
        foreach (DataContent image in images)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "image_url"u8);
            json.WriteStartObject("image_url"u8);
            json.WriteString("url"u8, image.Uri);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteContents(Utf8JsonWriter json, AIContent[] contents)
    {
        TextContent[] texts = [.. contents.OfType<TextContent>()];
        string thoughts = string.Concat(contents.OfType<TextReasoningContent>().Select(static thought => thought.Text));
        ErrorContent? refusal = contents.OfType<ErrorContent>().FirstOrDefault(static error => error.ErrorCode is "Refusal");
        DataContent[] images = [.. contents.OfType<DataContent>().Where(static data => data.HasTopLevelMediaType("image"))];
        FunctionCallContent[] calls = [.. contents.OfType<FunctionCallContent>()];
        json.WriteString("content"u8, texts.Length > 0 ? string.Concat(texts.Select(static text => text.Text)) : null);
        json.WriteString("refusal"u8, refusal?.Message);
        if (thoughts.Length > 0) json.WriteString("reasoning_content"u8, thoughts);
        OpenAIChatStates.Write(json, new StringBuilder(), contents);
        if (images.Length > 0) WriteImages(json, images);
        WriteSources(json, texts);
        if (calls.Length == 0) return;
        json.WriteStartArray("tool_calls"u8);
        foreach (FunctionCallContent call in calls) WriteCall(json, call, index: null);
        json.WriteEndArray();
    }

    // Where in the text a source belongs is not known in all dialects; then it belongs to all of it.
    private static void WriteSources(Utf8JsonWriter json, TextContent[] texts)
    {
        (CitationAnnotation Source, int Start, int End)[] sources = [.. SourcesOf(texts)];
        if (sources.Length == 0) return;
        json.WriteStartArray("annotations"u8);
        foreach ((CitationAnnotation source, int start, int end) in sources)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "url_citation"u8);
            json.WriteStartObject("url_citation"u8);
            json.WriteString("url"u8, source.Url!.ToString());
            json.WriteString("title"u8, source.Title ?? "");
            json.WriteNumber("start_index"u8, start);
            json.WriteNumber("end_index"u8, end);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IEnumerable<(CitationAnnotation Source, int Start, int End)> SourcesOf(TextContent[] texts)
    {
        int before = 0;
        foreach (TextContent text in texts)
        {
            foreach (CitationAnnotation source in text.Annotations?.OfType<CitationAnnotation>() ?? [])
            {
                if (source.Url is not null) yield return (source, before, before + text.Text.Length);
            }

            before += text.Text.Length;
        }
    }
}
