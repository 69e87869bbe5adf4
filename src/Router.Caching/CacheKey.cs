using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen.Caching;

/// <summary>
/// The key of a question: a hash of all that may change its answer. Only exact matches have the same one. Numbers of messages and what clients note in them
/// (<see cref="AIContent.Annotations"/>, raw representations) are no part of it.
/// </summary>
internal static class CacheKey
{
    private const int Version = 1; // Another one where what is hashed changes.

    /// <summary>Returns the key of a call; null where it is not cached, since something of it cannot be compared, or its provider keeps a state.</summary>
    public static string? Of(in ChatCacheCall call, AnswerCacheOptions settings)
    {
        if (call.Options is { } options && (options.RawRepresentationFactory is not null || options.ConversationId is not null || options.AllowBackgroundResponses is true || options.ContinuationToken is not null)) return null;
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteNumberValue(Version);
            json.WriteStringValue(call.Group);
            json.WriteStringValue(settings.Scope?.Invoke(call.Routing));
            json.WriteStringValue(call.Schema);
            WriteRouting(json, call.Routing);
            foreach (ChatMessage message in call.Messages)
            {
                if (!TryWriteMessage(json, message)) return null;
            }

            if (!TryWriteOptions(json, call.Options)) return null;
            json.WriteEndArray();
        }

        return settings.KeyPrefix + Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    /// <summary>What demands a certain deployment may get another answer.</summary>
    private static void WriteRouting(Utf8JsonWriter json, CallOptions routing)
    {
        json.WriteStartArray();
        json.WriteStringValue(routing.Deployment);
        json.WriteStringValue(routing.Region);
        json.WriteNumberValue((int)routing.TagMatch);
        WriteTexts(json, routing.Tags);
        WriteTexts(json, routing.ExcludedTags);
        json.WriteEndArray();
    }

    private static bool TryWriteMessage(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartArray();
        json.WriteStringValue(message.Role.Value);
        json.WriteStringValue(message.AuthorName);
        foreach (AIContent content in message.Contents)
        {
            if (!TryWriteContent(json, content)) return false;
        }

        json.WriteEndArray();
        return TryWriteProperties(json, message.AdditionalProperties);
    }

    private static bool TryWriteContent(Utf8JsonWriter json, AIContent content)
    {
        switch (content)
        {
            case TextContent text: WriteTexts(json, "text", text.Text); break;
            case TextReasoningContent thought: WriteTexts(json, "thought", thought.Text, thought.ProtectedData); break;
            case DataContent data: WriteTexts(json, "data", data.MediaType, data.Name, Convert.ToHexStringLower(SHA256.HashData(data.Data.Span))); break;
            case UriContent uri: WriteTexts(json, "uri", uri.MediaType, uri.Uri.OriginalString); break;
            case HostedFileContent file: WriteTexts(json, "file", file.FileId); break;
            case FunctionCallContent call:
                WriteTexts(json, "call", call.CallId, call.Name);
                return TryWriteValues(json, call.Arguments);
            case FunctionResultContent result:
                WriteTexts(json, "result", result.CallId);
                return TryWriteValue(json, result.Result);
            default: return false; // Of a kind that may hold anything.
        }

        return TryWriteProperties(json, content.AdditionalProperties);
    }

    private static bool TryWriteOptions(Utf8JsonWriter json, ChatOptions? options)
    {
        if (options is null) return true;
        json.WriteStartObject();
        json.WriteString("instructions", options.Instructions);
        json.WriteString("model", options.ModelId);
        Write(json, "temperature", options.Temperature);
        Write(json, "maxOutputTokens", options.MaxOutputTokens);
        Write(json, "topP", options.TopP);
        Write(json, "topK", options.TopK);
        Write(json, "frequencyPenalty", options.FrequencyPenalty);
        Write(json, "presencePenalty", options.PresencePenalty);
        Write(json, "seed", options.Seed);
        Write(json, "parallel", options.AllowMultipleToolCalls is { } many ? many ? 1 : 0 : (int?)null);
        Write(json, "effort", (int?)options.Reasoning?.Effort);
        Write(json, "thoughts", (int?)options.Reasoning?.Output);
        json.WritePropertyName("stop");
        WriteTexts(json, options.StopSequences ?? []);
        json.WriteString("format", FormatOf(options.ResponseFormat));
        json.WriteString("toolMode", options.ToolMode switch { null => null, RequiredChatToolMode required => "required " + required.RequiredFunctionName, { } mode => mode.GetType().Name });
        json.WriteStartArray("tools");
        foreach (AITool tool in options.Tools ?? [])
        {
            WriteTexts(json, tool is AIFunctionDeclaration ? "function" : tool.GetType().Name, tool.Name, tool.Description, (tool as AIFunctionDeclaration)?.JsonSchema.GetRawText());
            if (!TryWriteProperties(json, tool.AdditionalProperties)) return false;
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return TryWriteProperties(json, options.AdditionalProperties);
    }

    private static string? FormatOf(ChatResponseFormat? format) => format switch
    {
        null => null,
        ChatResponseFormatJson json => $"json {json.SchemaName} {json.SchemaDescription} {json.Schema?.GetRawText()}",
        _ => format.GetType().Name,
    };

    private static bool TryWriteProperties(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>>? properties) =>
        TryWriteValues(json, properties?.Where(static property => property.Key is not (CallOptions.PropertyName or "routergen.route")));

    private static bool TryWriteValues(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>>? values)
    {
        json.WriteStartObject();
        foreach ((string name, object? value) in (values ?? []).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            if (!TryWriteValue(json, value)) return false;
        }

        json.WriteEndObject();
        return true;
    }

    private static bool TryWriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); return true;
            case string text: json.WriteStringValue(text); return true;
            case bool truth: json.WriteBooleanValue(truth); return true;
            case JsonElement { ValueKind: not JsonValueKind.Undefined } element: element.WriteTo(json); return true;
            case int or long or short or byte or uint or ulong or float or double or decimal: json.WriteStringValue(((IFormattable)value).ToString(null, System.Globalization.CultureInfo.InvariantCulture)); return true;
            case IEnumerable<string> texts: WriteTexts(json, texts); return true;
            case Enum one: json.WriteStringValue(one.ToString()); return true;
            default: return false;
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, params IEnumerable<string?> texts)
    {
        json.WriteStartArray();
        foreach (string? text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Write<T>(Utf8JsonWriter json, string name, T? value) where T : struct, IFormattable => json.WriteString(name, value?.ToString(null, System.Globalization.CultureInfo.InvariantCulture));
}
