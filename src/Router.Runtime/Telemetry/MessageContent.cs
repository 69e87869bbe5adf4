using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// What was asked and answered, as the conventions write it into attributes: JSON of messages with parts
/// (https://github.com/open-telemetry/semantic-conventions-genai/blob/main/model/gen-ai/gen-ai-input-messages.json). Only where it is asked for.
/// </summary>
internal static class MessageContent
{
    /// <summary>Adds messages, instructions and tools of a request.</summary>
    public static void AddRequest(Activity span, ChatRequest request)
    {
        span.SetTag(GenAI.InputMessages, Write(request.Messages, static (json, messages) =>
        {
            json.WriteStartArray();
            foreach (ChatMessage message in messages) WriteMessage(json, message, finish: null);
            json.WriteEndArray();
        }));
        if (request.Options?.Instructions is { Length: > 0 } instructions)
        {
            span.SetTag(GenAI.SystemInstructions, Write(instructions, static (json, instructions) =>
            {
                json.WriteStartArray();
                WritePart(json, "text", instructions);
                json.WriteEndArray();
            }));
        }

        if (request.Options?.Tools is { Count: > 0 } tools) span.SetTag(GenAI.ToolDefinitions, Write(tools, WriteTools));
    }

    /// <summary>Adds the messages of an answer.</summary>
    public static void AddAnswer(Activity span, ChatResponse answer) =>
        span.SetTag(GenAI.OutputMessages, Write(answer, static (json, answer) =>
        {
            json.WriteStartArray();
            foreach (ChatMessage message in answer.Messages) WriteMessage(json, message, answer.FinishReason?.Value ?? "stop");
            json.WriteEndArray();
        }));

    private static string Write<T>(T what, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) write(json, what);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatMessage message, string? finish)
    {
        json.WriteStartObject();
        json.WriteString("role", message.Role.Value);
        json.WriteStartArray("parts");
        foreach (AIContent content in message.Contents) WriteContent(json, content);
        json.WriteEndArray();
        if (message.AuthorName is { } name) json.WriteString("name", name);
        if (finish is not null) json.WriteString("finish_reason", finish is "tool_calls" ? "tool_call" : finish);
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                WritePart(json, "text", text.Text);
                break;
            case TextReasoningContent thought:
                WritePart(json, "reasoning", thought.Text);
                break;
            case FunctionCallContent call:
                json.WriteStartObject();
                json.WriteString("type", "tool_call");
                json.WriteString("id", call.CallId);
                json.WriteString("name", call.Name);
                json.WriteStartObject("arguments");
                foreach ((string name, object? value) in call.Arguments ?? new Dictionary<string, object?>())
                {
                    json.WritePropertyName(name);
                    WriteValue(json, value);
                }

                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case FunctionResultContent result:
                json.WriteStartObject();
                json.WriteString("type", "tool_call_response");
                json.WriteString("id", result.CallId);
                json.WritePropertyName("response");
                WriteValue(json, result.Result);
                json.WriteEndObject();
                break;
            case UriContent uri:
                StartMedium(json, "uri", uri.MediaType);
                json.WriteString("uri", uri.Uri.OriginalString);
                json.WriteEndObject();
                break;
            case DataContent data:
                StartMedium(json, "blob", data.MediaType);
                json.WriteBase64String("content", data.Data.Span);
                json.WriteEndObject();
                break;
            case HostedFileContent file:
                StartMedium(json, "file", file.MediaType ?? "");
                json.WriteString("file_id", file.FileId);
                json.WriteEndObject();
                break;
            case ErrorContent error:
                WritePart(json, error.ErrorCode is "Refusal" ? "refusal" : "error", error.Message);
                break;
            default:
                json.WriteStartObject();
                json.WriteString("type", content.GetType().Name);
                json.WriteEndObject();
                break;
        }
    }

    private static void WritePart(Utf8JsonWriter json, string type, string content)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("content", content);
        json.WriteEndObject();
    }

    private static void StartMedium(Utf8JsonWriter json, string type, string mediaType)
    {
        string topLevel = mediaType.Split('/')[0];
        json.WriteStartObject();
        json.WriteString("type", type);
        if (mediaType.Length > 0) json.WriteString("mime_type", mediaType);
        json.WriteString("modality", topLevel is "image" or "audio" or "video" ? topLevel : "document");
    }

    private static void WriteTools(Utf8JsonWriter json, IList<AITool> tools)
    {
        json.WriteStartArray();
        foreach (AITool tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("type", tool is AIFunctionDeclaration ? "function" : tool.GetType().Name);
            json.WriteString("name", tool.Name);
            if (tool.Description.Length > 0) json.WriteString("description", tool.Description);
            if (tool is AIFunctionDeclaration function)
            {
                json.WritePropertyName("parameters");
                function.JsonSchema.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Results and arguments are what a program made of JSON, or objects of its own: of these no more than a text is told, since no serializer is at hand.
    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case JsonElement { ValueKind: JsonValueKind.Undefined }: json.WriteNullValue(); break;
            case JsonElement element: element.WriteTo(json); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            default: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }
}
