using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes the conversation. A message has one text, and its images beside it; a result names the function that was called, by which the
/// templates of models know it.
/// </summary>
[Embedded]
internal static class OllamaMessages
{
    /// <summary>The form of thoughts, which is also the name of their member.</summary>
    public const string Thinking = "thinking";

    /// <summary>What this dialect does with a history: images are the user's alone, and a message has no parts.</summary>
    public static readonly CodecHistoryRules Rules = new(Problem, CodecSizes.None, static (_, _) => false, mediaInResults: false, takesRaw: false);

    public static AttemptFailure? Write(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages, string? instructions, ModelProfile model)
    {
        bool any = !string.IsNullOrEmpty(instructions);
        json.WriteStartArray("messages"u8);
        if (any)
        {
            json.WriteStartObject();
            json.WriteString("role"u8, "system"u8);
            json.WriteString("content"u8, instructions);
            json.WriteEndObject();
        }

        // By index: an enumerator over the interface would be allocated.
        for (int i = 0; i < messages.Count; i++)
        {
            if (WriteMessage(json, messages, i, model, ref any) is { } failure) return failure;
        }

        json.WriteEndArray();
        return any ? null : CodecJson.Unsupported("Ollama loads a model for a request without messages: at least one must not be empty.");
    }

    private static AttemptFailure? WriteMessage(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages, int index, ModelProfile model, ref bool any)
    {
        ChatMessage message = messages[index];
        int texts = 0;
        bool calls = false, images = false;
        IList<AIContent> contents = message.Contents;
        for (int i = 0; i < contents.Count; i++)
        {
            switch (CodecContents.KindOf(contents[i]))
            {
                case CodecContentKind.Text:
                    if (((TextContent)contents[i]).Text.Length > 0) texts++;
                    break;
                case CodecContentKind.Call:
                    calls = true;
                    break;
                case CodecContentKind.Result:
                    if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool's result.");
                    if (WriteResult(json, messages, index, (FunctionResultContent)contents[i]) is { } unwritten) return unwritten;
                    any = true;
                    break;
                case CodecContentKind.Media:
                    if (message.Role != ChatRole.User) return CodecJson.Unsupported("An image stands in a message that is not the user's.");
                    if (Problem(contents[i], model) is { } problem) return CodecJson.Unsupported(problem);
                    images = true;
                    break;
                case CodecContentKind.Aside or CodecContentKind.Reasoning:
                    break;
                default:
                    return CodecJson.Unsupported($"Ollama's API has no form for {contents[i].GetType().Name}.");
            }
        }

        if (texts == 0 && !calls && !images) return null;
        any = true;
        if (RoleOf(message.Role) is not { } role) return CodecJson.Unsupported($"Ollama's API has no role '{message.Role.Value}' here.");
        if (calls && message.Role != ChatRole.Assistant) return CodecJson.Unsupported("A tool call stands in a message that is not the assistant's.");
        if (calls && !model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool call.");
        json.WriteStartObject();
        json.WriteString("role"u8, role);

        // The member is required. An answer with sources is many texts that are one sentence.
        json.WriteString("content"u8, Join(contents, texts, message.Role == ChatRole.Assistant ? "" : "\n\n"));
        if (images) WriteImages(json, contents);
        if (message.Role == ChatRole.Assistant && CodecState.ThoughtsOf(message, model, Thinking) is { Length: > 0 } thoughts) json.WriteString(Thinking, thoughts);
        if (calls && WriteCalls(json, contents) is { } failure) return failure;
        json.WriteEndObject();
        return null;
    }

    private static void WriteImages(Utf8JsonWriter json, IList<AIContent> contents)
    {
        json.WriteStartArray("images"u8);
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is DataContent data) json.WriteBase64StringValue(data.Data.Span);
        }

        json.WriteEndArray();
    }

    private static AttemptFailure? WriteCalls(Utf8JsonWriter json, IList<AIContent> contents)
    {
        json.WriteStartArray("tool_calls"u8);
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is not FunctionCallContent call) continue;
            json.WriteStartObject();
            if (call.CallId.Length > 0) json.WriteString("id"u8, call.CallId);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, CodecNames.ToWire(call.Name));
            json.WritePropertyName("arguments"u8);
            if (CodecJson.WriteArguments(json, call.Arguments) is { } argument) return CodecJson.UnwrittenArgument(call, argument);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return null;
    }

    /// <summary>A tool's result is a message of its own here, whichever message it stands in.</summary>
    private static AttemptFailure? WriteResult(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages, int index, FunctionResultContent result)
    {
        string? text = result.Result is List<AIContent> texts ? Join(texts, texts.Count, "\n") : CodecResults.Text(result);
        if (text is null) return CodecJson.UnwrittenResult(result);
        json.WriteStartObject();
        json.WriteString("role"u8, "tool"u8);
        json.WriteString("content"u8, text);
        if (NameOf(messages, index, result.CallId) is { } name) json.WriteString("tool_name"u8, CodecNames.ToWire(name));
        if (result.CallId.Length > 0) json.WriteString("tool_call_id"u8, result.CallId);
        json.WriteEndObject();
        return null;
    }

    /// <summary>The function that was called with an id, most recently; null where the conversation does not hold the call.</summary>
    private static string? NameOf(IReadOnlyList<ChatMessage> messages, int before, string id)
    {
        for (int i = before; i >= 0; i--)
        {
            IList<AIContent> contents = messages[i].Contents;
            for (int j = contents.Count - 1; j >= 0; j--)
            {
                if (contents[j] is FunctionCallContent call && call.CallId == id) return call.Name;
            }
        }

        return null;
    }

    private static string Join(IList<AIContent> contents, int count, string separator)
    {
        StringBuilder? joined = null;
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is not TextContent { Text.Length: > 0 } text) continue;
            if (count == 1) return text.Text;
            joined = joined is null ? new StringBuilder() : joined.Append(separator);
            joined.Append(text.Text);
        }

        return joined?.ToString() ?? "";
    }

    private static string? RoleOf(ChatRole role) =>
        role == ChatRole.User ? "user"
        : role == ChatRole.Assistant ? "assistant"
        : role == ChatRole.System || role.Value == "developer" ? "system"
        : null;

    /// <summary>Returns why a model cannot take an image or a file; null where it can, and for all other contents.</summary>
    private static string? Problem(AIContent content, ModelProfile model) => content switch
    {
        DataContent data when data.HasTopLevelMediaType("image") => model.Can(ModelCapabilities.Vision) ? null : "The model takes no images.",
        UriContent uri when uri.HasTopLevelMediaType("image") => "Ollama fetches no images: it takes their data only.",
        DataContent or UriContent => $"Ollama's API takes no content of type '{CodecContents.MediaType(content)}'.",
        HostedFileContent => "Ollama's API takes no files.",
        _ => null,
    };
}
