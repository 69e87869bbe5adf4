using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the conversation: a flat list of items, in which calls, outputs and thoughts stand beside messages.</summary>
/// <param name="json">Where to.</param>
/// <param name="model">The model.</param>
/// <param name="options">The caller's options.</param>
[Embedded]
internal readonly struct OpenAIResponsesInput(Utf8JsonWriter json, ModelProfile model, ChatOptions? options)
{
    private const int LongestCallId = 64;

    private readonly bool _hasServers = HasServers(options);

    /// <summary>Writes the member <c>input</c>.</summary>
    public AttemptFailure? Write(IReadOnlyList<ChatMessage> messages)
    {
        json.WriteStartArray("input"u8);
        long start = json.BytesCommitted + json.BytesPending;
        for (int i = 0; i < messages.Count; i++) // By index: an enumerator over the interface would be allocated.
        {
            AttemptFailure? failure = messages[i].Role == ChatRole.Assistant ? WriteAssistant(messages[i].Contents) : WriteOther(messages[i]);
            if (failure is not null) return failure;
        }

        // The API goes on with a conversation that it keeps also without a message.
        bool isEmpty = json.BytesCommitted + json.BytesPending == start && !OpenAIConversation.GoesOn(options);
        json.WriteEndArray();
        return isEmpty ? CodecJson.Unsupported("The Responses API needs at least one message that is not empty.") : null;
    }

    /// <summary>Writes a message that is not the assistant's: outputs of functions and answers to questions are items of their own, ahead of it.</summary>
    private AttemptFailure? WriteOther(ChatMessage message)
    {
        IList<AIContent> contents = message.Contents;
        int parts = 0;
        bool textOnly = true;
        for (int i = 0; i < contents.Count; i++)
        {
            switch (contents[i])
            {
                case FunctionCallContent: return CodecJson.Unsupported("A tool call stands in a message that is not the assistant's.");
                case FunctionResultContent result:
                    if (WriteResult(result) is { } unwritten) return unwritten;
                    break;
                case ToolApprovalResponseContent answer:
                    WriteApproval(answer);
                    break;
                case { } content when OpenAIResponsesParts.IsPart(content):
                    parts++;
                    textOnly &= content is TextContent;
                    break;
            }
        }

        if (parts == 0) return null;
        if (message.Role == ChatRole.Tool) return CodecJson.Unsupported("A tool message holds something other than results.");
        bool isUser = message.Role == ChatRole.User;
        if (!isUser && message.Role != ChatRole.System && message.Role.Value != "developer") return CodecJson.Unsupported($"There is no message role '{message.Role.Value}' in the Responses API.");
        if (!isUser && !textOnly) return CodecJson.Unsupported("A system message holds something other than text.");

        StartMessage(isUser ? "user" : model.Has(OpenAIQuirks.DeveloperRole) ? "developer" : "system");
        AttemptFailure? failure = null;
        if (textOnly && (parts == 1 || model.Has(OpenAIQuirks.PlainContent)))
        {
            json.WriteString("content"u8, Join(contents, 0, contents.Count, "\n\n"));
        }
        else
        {
            json.WritePropertyName("content"u8);
            failure = OpenAIResponsesParts.Write(json, contents, model);
        }

        json.WriteEndObject();
        return failure;
    }

    /// <summary>Writes what the assistant said and did, each in its place.</summary>
    private AttemptFailure? WriteAssistant(IList<AIContent> contents)
    {
        string? phase = null;
        for (int i = 0; i < contents.Count; i++)
        {
            AttemptFailure? failure = null;
            switch (contents[i])
            {
                case TextContent or ErrorContent:
                    int end = EndOfMessage(contents, i);
                    if (WriteMessage(contents, i, end, phase)) phase = null;
                    i = end - 1;
                    break;
                case TextReasoningContent thoughts:
                    phase = OpenAIResponsesState.PhaseOf(thoughts, model) ?? phase;

                    // The API refuses thoughts that nothing follows, such as those of an answer that was cut.
                    if (IsFollowed(contents, i)) OpenAIResponsesState.WriteReasoning(json, thoughts, model);
                    break;
                case FunctionCallContent call: failure = WriteCall(call); break;
                case FunctionResultContent result: failure = WriteResult(result); break;
                case ToolApprovalRequestContent question: failure = WriteQuestion(question); break;
                case { } content when OpenAIResponsesState.IsOwnItem(content, model): OpenAIResponsesState.WriteItem(json, content); break;
                case { } content when OpenAIResponsesParts.IsPart(content): return CodecJson.Unsupported("An assistant message holds something other than text and tool calls.");
            }

            if (failure is not null) return failure;
        }

        return null;
    }

    /// <summary>Writes a run of texts, and what the model refused in words, as one message. An answer with sources is many texts that are one sentence.</summary>
    /// <returns>False, with nothing written, where it says nothing.</returns>
    private bool WriteMessage(IList<AIContent> contents, int start, int end, string? phase)
    {
        string text = Join(contents, start, end, "");
        ErrorContent? refusal = null;
        for (int i = start; i < end; i++) refusal = contents[i] as ErrorContent is { ErrorCode: OpenAIAnswers.RefusalCode } refused ? refused : refusal;
        if (text.Length == 0 && refusal is null) return false;

        StartMessage("assistant");
        if (refusal is null)
        {
            json.WriteString("content"u8, text);
        }
        else
        {
            json.WriteStartArray("content"u8);
            if (text.Length > 0)
            {
                json.WriteStartObject();
                json.WriteString("type"u8, "output_text"u8);
                json.WriteString("text"u8, text);
                json.WriteStartArray("annotations"u8); // Some servers demand the member.
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteStartObject();
            json.WriteString("type"u8, "refusal"u8);
            json.WriteString("refusal"u8, refusal.Message);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        if (phase is not null) json.WriteString("phase"u8, phase);
        json.WriteEndObject();
        return true;
    }

    private AttemptFailure? WriteCall(FunctionCallContent call)
    {
        if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool call.");
        json.WriteStartObject();
        json.WriteString("type"u8, "function_call"u8);
        json.WriteString("call_id"u8, CallId(call.CallId));
        json.WriteString("name"u8, CodecNames.ToWire(call.Name));
        AttemptFailure? failure = OpenAIArguments.Write(json, call);
        if (failure is null) json.WriteEndObject();
        return failure;
    }

    private AttemptFailure? WriteResult(FunctionResultContent result)
    {
        if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool's result.");
        json.WriteStartObject();
        json.WriteString("type"u8, "function_call_output"u8);
        json.WriteString("call_id"u8, CallId(result.CallId));
        if (result.Result is List<AIContent> contents && contents.Exists(static content => content is not TextContent))
        {
            json.WritePropertyName("output"u8);
            if (OpenAIResponsesParts.Write(json, contents, model) is { } failure) return failure;
        }
        else if ((result.Result is List<AIContent> texts ? Join(texts, 0, texts.Count, "\n") : CodecResults.Text(result)) is { } text)
        {
            json.WriteString("output"u8, text); // Not each server takes a list.
        }
        else
        {
            return CodecJson.UnwrittenResult(result);
        }

        json.WriteEndObject();
        return null;
    }

    /// <summary>Writes the question whether a server's tool may be called, which the answer to it refers to.</summary>
    private AttemptFailure? WriteQuestion(ToolApprovalRequestContent question)
    {
        if (!_hasServers || question.ToolCall is not McpServerToolCallContent call) return null;
        json.WriteStartObject();
        json.WriteString("type"u8, "mcp_approval_request"u8);
        json.WriteString("id"u8, question.RequestId);
        json.WriteString("server_label"u8, call.ServerName);
        json.WriteString("name"u8, call.Name);
        AttemptFailure? failure = OpenAIArguments.Write(json, new FunctionCallContent(call.CallId, call.Name, call.Arguments));
        if (failure is null) json.WriteEndObject();
        return failure;
    }

    private void WriteApproval(ToolApprovalResponseContent answer)
    {
        if (!_hasServers || answer.ToolCall is not McpServerToolCallContent) return;
        json.WriteStartObject();
        json.WriteString("type"u8, "mcp_approval_response"u8);
        json.WriteString("approval_request_id"u8, answer.RequestId);
        json.WriteBoolean("approve"u8, answer.Approved);
        if (answer.Reason is { Length: > 0 } reason) json.WriteString("reason"u8, reason);
        json.WriteEndObject();
    }

    private void StartMessage(string role)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, role);
    }

    /// <summary>Returns whether something of the turn follows that is sent.</summary>
    private bool IsFollowed(IList<AIContent> contents, int index)
    {
        for (int i = index + 1; i < contents.Count; i++)
        {
            switch (contents[i])
            {
                case TextContent { Text.Length: > 0 } or ErrorContent { ErrorCode: OpenAIAnswers.RefusalCode } or FunctionCallContent:
                case { } content when OpenAIResponsesState.IsOwnItem(content, model):
                case ToolApprovalRequestContent { ToolCall: McpServerToolCallContent } when _hasServers:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Returns where a run of texts ends: at what is an item of its own, or says what the next message is.</summary>
    private static int EndOfMessage(IList<AIContent> contents, int start)
    {
        int end = start + 1;
        while (end < contents.Count && contents[end] is TextContent or ErrorContent or UsageContent) end++;
        return end;
    }

    private static string Join(IList<AIContent> contents, int start, int end, string separator)
    {
        string? only = null;
        StringBuilder? joined = null;
        for (int i = start; i < end; i++)
        {
            if (contents[i] is not TextContent { Text.Length: > 0 } text) continue;
            if (only is null) only = text.Text;
            else (joined ??= new StringBuilder(only)).Append(separator).Append(text.Text);
        }

        return joined?.ToString() ?? only ?? "";
    }

    /// <summary>The id of a call in the form that the API takes: any, up to a length.</summary>
    private static string CallId(string id) => id.Length is > 0 and <= LongestCallId ? id : CodecNames.CallId(id, LongestCallId);

    private static bool HasServers(ChatOptions? options)
    {
        for (int i = 0; i < options?.Tools?.Count; i++)
        {
            if (options.Tools[i] is HostedMcpServerTool) return true;
        }

        return false;
    }
}
