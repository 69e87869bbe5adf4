using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes the conversation. The API wants what the system says at its start, and has two places for what a model thinks: parts of the
/// content, and a plan beside the calls of tools. Both go back to the model that they came from.
/// </summary>
[Embedded]
internal static class CohereMessages
{
    private const int LongestCallId = 64;

    private static readonly ChatRole Developer = new("developer");

    public static AttemptFailure? Write(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages, string? instructions, ModelProfile model)
    {
        json.WriteStartArray("messages"u8);
        bool any = false;
        if (WriteSystem(json, messages, instructions, ref any) is { } problem) return problem;

        // By index: an enumerator over the interface would be allocated.
        for (int i = 0; i < messages.Count; i++)
        {
            if (!IsSystem(messages[i].Role) && WriteMessage(json, messages[i], model, ref any) is { } failure) return failure;
        }

        json.WriteEndArray();
        return any ? null : CodecJson.Unsupported("Cohere's API needs at least one message that is not empty.");
    }

    /// <summary>Writes the instructions and the system messages, wherever they stand, as one message.</summary>
    private static AttemptFailure? WriteSystem(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages, string? instructions, ref bool any)
    {
        List<AIContent>? texts = string.IsNullOrEmpty(instructions) ? null : [new TextContent(instructions)];
        for (int i = 0; i < messages.Count; i++)
        {
            if (!IsSystem(messages[i].Role)) continue;
            IList<AIContent> contents = messages[i].Contents;
            for (int j = 0; j < contents.Count; j++)
            {
                if (!CohereParts.IsSent(contents[j])) continue;
                if (contents[j] is not TextContent) return CodecJson.Unsupported("A system message holds something other than text.");
                (texts ??= []).Add(contents[j]);
            }
        }

        if (texts is null) return null;
        any = true;
        json.WriteStartObject();
        json.WriteString("role"u8, "system"u8);
        CohereParts.WriteTexts(json, texts);
        json.WriteEndObject();
        return null;
    }

    private static AttemptFailure? WriteMessage(Utf8JsonWriter json, ChatMessage message, ModelProfile model, ref bool any)
    {
        bool calls = false, others = false;
        IList<AIContent> contents = message.Contents;
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is FunctionResultContent result)
            {
                if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool's result.");
                if (WriteResult(json, result) is { } unwritten) return unwritten;
                any = true;
            }

            calls |= contents[i] is FunctionCallContent;
            others |= contents[i] is not FunctionCallContent && CohereParts.IsSent(contents[i]);
        }

        if (!calls && !others) return null;
        any = true;
        if (message.Role == ChatRole.Assistant) return WriteAssistant(json, message, model, calls, others);
        if (calls) return CodecJson.Unsupported("A tool call stands in a message that is not the assistant's.");
        if (message.Role == ChatRole.Tool) return CodecJson.Unsupported("A tool message holds something other than results.");
        if (message.Role != ChatRole.User) return CodecJson.Unsupported($"Cohere's API has no role '{message.Role.Value}'.");
        json.WriteStartObject();
        json.WriteString("role"u8, "user"u8);
        if (CohereParts.Write(json, contents, model) is { } failure) return failure;
        json.WriteEndObject();
        return null;
    }

    private static AttemptFailure? WriteAssistant(Utf8JsonWriter json, ChatMessage message, ModelProfile model, bool calls, bool others)
    {
        if (calls && !model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool call.");
        IList<AIContent> contents = message.Contents;
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is not (TextContent or FunctionCallContent) && CohereParts.IsSent(contents[i])) return CodecJson.Unsupported("An assistant message holds something other than text and tool calls.");
        }

        string? thoughts = CodecState.ThoughtsOf(message, model, CohereThoughts.Thinking);
        string? plan = calls ? CodecState.ThoughtsOf(message, model, CohereThoughts.Plan) : null;

        // What another model said before its calls is what this one calls its plan.
        bool isPlan = calls && others && string.IsNullOrEmpty(plan);
        if (isPlan) plan = TextOf(contents);

        json.WriteStartObject();
        json.WriteString("role"u8, "assistant"u8);
        if (!string.IsNullOrEmpty(thoughts)) WriteThoughts(json, thoughts, isPlan ? [] : contents);
        else if (others && !isPlan) CohereParts.WriteTexts(json, contents);
        if (!string.IsNullOrEmpty(plan)) json.WriteString("tool_plan"u8, plan);
        if (calls && WriteCalls(json, contents) is { } failure) return failure;
        json.WriteEndObject();
        return null;
    }

    private static void WriteThoughts(Utf8JsonWriter json, string thoughts, IList<AIContent> contents)
    {
        json.WriteStartArray("content"u8);
        CohereParts.WriteText(json, "thinking"u8, thoughts);
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is TextContent { Text.Length: > 0 } text) CohereParts.WriteText(json, "text"u8, text.Text);
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
            json.WriteString("id"u8, CallId(call.CallId));
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, CodecNames.ToIdentifier(call.Name));
            string? unwritten = CodecJson.WriteArgumentsText(json, "arguments"u8, call.Arguments);
            json.WriteEndObject();
            json.WriteEndObject();
            if (unwritten is not null) return CodecJson.UnwrittenArgument(call, unwritten);
        }

        json.WriteEndArray();
        return null;
    }

    /// <summary>A tool's result is a message of its own here, whichever message it stands in.</summary>
    private static AttemptFailure? WriteResult(Utf8JsonWriter json, FunctionResultContent result)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, "tool"u8);
        json.WriteString("tool_call_id"u8, CallId(result.CallId));
        if (result.Result is List<AIContent> texts) CohereParts.WriteTexts(json, texts);
        else if (CodecResults.Text(result) is { } text) json.WriteString("content"u8, text);
        else return CodecJson.UnwrittenResult(result);
        json.WriteEndObject();
        return null;
    }

    private static string TextOf(IList<AIContent> contents)
    {
        string? only = null;
        StringBuilder? joined = null;
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is not TextContent { Text.Length: > 0 } text) continue;
            if (only is null) only = text.Text;
            else (joined ??= new StringBuilder(only)).Append(text.Text);
        }

        return joined?.ToString() ?? only ?? "";
    }

    private static string CallId(string id) => id.Length is > 0 and <= LongestCallId ? id : CodecNames.CallId(id, LongestCallId);

    private static bool IsSystem(ChatRole role) => role == ChatRole.System || role == Developer;
}
