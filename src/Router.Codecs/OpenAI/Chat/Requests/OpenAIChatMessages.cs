using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the conversation.</summary>
[Embedded]
internal static class OpenAIChatMessages
{
    private const int LongestCallId = 40;

    public static AttemptFailure? Write(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages, string? instructions, ModelProfile model)
    {
        json.WriteStartArray("messages"u8);
        if (!string.IsNullOrEmpty(instructions))
        {
            json.WriteStartObject();
            WriteSystemRole(json, model);
            json.WriteString("content"u8, instructions);
            json.WriteEndObject();
        }

        // By index: an enumerator over the interface would be allocated.
        bool afterResult = false;
        for (int i = 0; i < messages.Count; i++)
        {
            if (WriteMessage(json, messages[i], model, ref afterResult) is { } failure) return failure;
        }

        json.WriteEndArray();
        return messages.Count == 0 && string.IsNullOrEmpty(instructions) ? CodecJson.Unsupported("Chat Completions needs at least one message.") : null;
    }

    /// <param name="json">Where to.</param>
    /// <param name="message">The message.</param>
    /// <param name="model">The model.</param>
    /// <param name="afterResult">Whether what was written last is a tool's result.</param>
    private static AttemptFailure? WriteMessage(Utf8JsonWriter json, ChatMessage message, ModelProfile model, ref bool afterResult)
    {
        Survey survey = Look(message);
        if (survey.Results > 0)
        {
            if (WriteResults(json, message, model) is { } unwritten) return unwritten;
            afterResult = true;
        }

        if (message.Role == ChatRole.Assistant)
        {
            afterResult &= survey.IsEmpty;
            return WriteAssistant(json, message, survey, model);
        }

        if (survey.Calls > 0) return CodecJson.Unsupported("A tool call stands in a message that is not the assistant's.");
        if (message.Role == ChatRole.Tool) return survey.IsEmpty ? null : CodecJson.Unsupported("A tool message holds something other than results.");
        if (survey.Results > 0 && survey.IsEmpty) return null;

        bool isUser = message.Role == ChatRole.User;
        if (afterResult && isUser && model.Has(OpenAIQuirks.AssistantAfterResult)) WriteBridge(json);
        afterResult = false;
        json.WriteStartObject();
        if (isUser)
        {
            json.WriteString("role"u8, "user"u8);
        }
        else if (message.Role == ChatRole.System || message.Role.Value == "developer")
        {
            WriteSystemRole(json, model);
        }
        else
        {
            return CodecJson.Unsupported($"There is no message role '{message.Role.Value}' in Chat Completions.");
        }

        WriteName(json, message, model);
        if (survey.Others > 0)
        {
            if (!isUser) return CodecJson.Unsupported("A system message holds something other than text.");
            if (OpenAIChatParts.Write(json, message.Contents, model) is { } failure) return failure;
        }
        else
        {
            WriteTexts(json, message.Contents, survey.Texts, "\n\n", model);
        }

        json.WriteEndObject();
        return null;
    }

    private static AttemptFailure? WriteAssistant(Utf8JsonWriter json, ChatMessage message, Survey survey, ModelProfile model)
    {
        if (survey.Others > 0) return CodecJson.Unsupported("An assistant message holds something other than text and tool calls.");
        if (survey.Calls > 0 && !model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool call.");

        // Left out when nothing is left of it, such as a message of reasoning only: the API rejects an empty turn.
        if (survey.IsEmpty && survey.Refusal is null) return null;

        json.WriteStartObject();
        json.WriteString("role"u8, "assistant"u8);
        WriteName(json, message, model);
        if (OpenAIState.PartOf(message, model) is { } thoughts)
        {
            json.WriteStartArray("content"u8);
            OpenAIState.WritePart(json, thoughts);
            if (survey.Texts > 0) OpenAIChatParts.WriteText(json, message.Text);
            json.WriteEndArray();
        }
        else if (survey.Texts > 0)
        {
            // An answer with sources is many texts that are one sentence.
            WriteTexts(json, message.Contents, survey.Texts, "", model);
        }
        else
        {
            json.WriteNull("content"u8);
        }

        OpenAIState.WriteMembers(json, message, model, survey.Calls > 0);
        if (survey.Refusal is { } refusal) json.WriteString("refusal"u8, refusal.Message);
        if (survey.Calls > 0)
        {
            json.WriteStartArray("tool_calls"u8);
            bool first = true;
            foreach (AIContent content in message.Contents)
            {
                if (content is not FunctionCallContent call) continue;
                if (WriteCall(json, call, model, first) is { } failure) return failure;
                first = false;
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        return null;
    }

    private static AttemptFailure? WriteCall(Utf8JsonWriter json, FunctionCallContent call, ModelProfile model, bool first)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, CallId(call.CallId, model));
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, CodecNames.ToWire(call.Name));
        if (OpenAIArguments.Write(json, call) is { } failure) return failure;
        json.WriteEndObject();
        OpenAIState.WriteCall(json, call, model, first);
        json.WriteEndObject();
        return null;
    }

    /// <summary>A tool's result is a message of its own here, whichever message it stands in.</summary>
    private static AttemptFailure? WriteResults(Utf8JsonWriter json, ChatMessage message, ModelProfile model)
    {
        if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool's result.");
        foreach (AIContent content in message.Contents)
        {
            if (content is FunctionResultContent result && WriteResult(json, result, model) is { } failure) return failure;
        }

        return null;
    }

    private static AttemptFailure? WriteResult(Utf8JsonWriter json, FunctionResultContent result, ModelProfile model)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, "tool"u8);
        json.WriteString("tool_call_id"u8, CallId(result.CallId, model));
        if (result.Result is List<AIContent> texts)
        {
            WriteTexts(json, texts, texts.Count, "\n", model);
        }
        else if (CodecResults.Text(result) is { } text)
        {
            json.WriteString("content"u8, text);
        }
        else
        {
            return CodecJson.UnwrittenResult(result);
        }

        json.WriteEndObject();
        return null;
    }

    /// <summary>Writes the member <c>content</c>: several texts stay apart where the API takes a list of parts.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="contents">The contents; only their texts are written.</param>
    /// <param name="count">How many texts that are not empty there are.</param>
    /// <param name="separator">What stands between the texts where they must be one.</param>
    /// <param name="model">The model.</param>
    private static void WriteTexts(Utf8JsonWriter json, IList<AIContent> contents, int count, string separator, ModelProfile model)
    {
        if (count <= 1 || model.Has(OpenAIQuirks.PlainContent))
        {
            json.WriteString("content"u8, Join(contents, count, separator));
            return;
        }

        json.WriteStartArray("content"u8);
        foreach (AIContent content in contents)
        {
            if (content is TextContent { Text.Length: > 0 } text) OpenAIChatParts.WriteText(json, text.Text);
        }

        json.WriteEndArray();
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

    /// <summary>What the model would have said of a tool's result, for an API that lets no user speak before it.</summary>
    private static void WriteBridge(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, "Understood."u8);
        json.WriteEndObject();
    }

    /// <summary>The id of a call in the form that the model takes: OpenAI refuses more than 40 characters, and takes any.</summary>
    private static string CallId(string id, ModelProfile model) =>
        model.Has(OpenAIQuirks.ShortCallIds) ? CodecNames.ShortCallId(id)
        : id.Length is > 0 and <= LongestCallId ? id
        : CodecNames.CallId(id, LongestCallId);

    private static void WriteSystemRole(Utf8JsonWriter json, ModelProfile model) =>
        json.WriteString("role"u8, model.Has(OpenAIQuirks.DeveloperRole) ? "developer"u8 : "system"u8);

    private static void WriteName(Utf8JsonWriter json, ChatMessage message, ModelProfile model)
    {
        if (model.Has(OpenAIQuirks.MessageNames) && message.AuthorName is { } name && OpenAILabels.Fit(name) is { } fit) json.WriteString("name"u8, fit);
    }

    private static Survey Look(ChatMessage message)
    {
        var survey = new Survey();
        IList<AIContent> contents = message.Contents;
        for (int i = 0; i < contents.Count; i++)
        {
            switch (contents[i])
            {
                case TextContent text:
                    if (text.Text.Length > 0) survey.Texts++;
                    break;
                case FunctionCallContent:
                    survey.Calls++;
                    break;
                case ErrorContent { ErrorCode: OpenAIAnswers.RefusalCode } refusal:
                    survey.Refusal = refusal;
                    break;
                case TextReasoningContent:
                    break;
                case FunctionResultContent:
                    survey.Results++;
                    break;
                default:
                    if (CodecContents.KindOf(contents[i]) is not CodecContentKind.Aside) survey.Others++;
                    break;
            }
        }

        return survey;
    }

    /// <summary>What a message holds: whether it fits into a plain string, and whether anything is left of it.</summary>
    private struct Survey
    {
        public int Texts;
        public int Calls;
        public int Results;
        public int Others;
        public ErrorContent? Refusal;

        public readonly bool IsEmpty => Texts + Calls + Others == 0;
    }
}
