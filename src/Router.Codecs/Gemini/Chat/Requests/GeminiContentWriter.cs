using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes the system text and the turns. The API knows two speakers, who take turns: consecutive messages of one are one turn
/// here, and the results of all calls of a turn stand together in the next, before anything else.
/// </summary>
[Embedded]
internal readonly struct GeminiContentWriter(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages, ModelProfile model)
{
    private static readonly ChatRole Developer = new("developer");

    /// <summary>Writes the members <c>systemInstruction</c>, from the instructions and the system messages, wherever they stand, and <c>contents</c>.</summary>
    public AttemptFailure? Write(string? instructions)
    {
        bool apart = !model.Has(GeminiQuirks.SystemInUser);
        if (!HasSystem(instructions)) return WriteContents(null, false);
        if (!apart) return WriteContents(instructions, hasSystem: true);
        json.WriteStartObject("systemInstruction"u8);
        json.WriteStartArray("parts"u8);
        if (WriteSystemParts(instructions) is { } failure) return failure;
        json.WriteEndArray();
        json.WriteEndObject();
        return WriteContents(null, hasSystem: false);
    }

    private bool HasSystem(string? instructions)
    {
        if (!string.IsNullOrEmpty(instructions)) return true;
        for (int i = 0; i < messages.Count; i++)
        {
            if (!IsSystem(messages[i])) continue;
            for (int j = 0; j < messages[i].Contents.Count; j++)
            {
                if (GeminiPartWriter.IsSent(messages[i].Contents, j, model)) return true;
            }
        }

        return false;
    }

    private AttemptFailure? WriteSystemParts(string? instructions)
    {
        if (!string.IsNullOrEmpty(instructions)) GeminiPartWriter.WriteText(json, instructions);
        for (int i = 0; i < messages.Count; i++)
        {
            if (!IsSystem(messages[i])) continue;
            IList<AIContent> contents = messages[i].Contents;
            for (int j = 0; j < contents.Count; j++)
            {
                if (!GeminiPartWriter.IsSent(contents, j, model)) continue;
                if (contents[j] is not TextContent text) return CodecJson.Unsupported($"A system message can hold text only, not {contents[j].GetType().Name}.");
                GeminiPartWriter.WriteText(json, text.Text);
            }
        }

        return null;
    }

    private AttemptFailure? WriteContents(string? instructions, bool hasSystem)
    {
        bool any = false;
        json.WriteStartArray("contents"u8);
        for (int start = 0, end; start < messages.Count; start = end)
        {
            end = start + 1;
            if (Speaker(messages[start]) is not { } speaker) continue;
            while (end < messages.Count && (Speaker(messages[end]) ?? speaker) == speaker) end++;
            if (speaker is not ("user" or "model")) return CodecJson.Unsupported($"Gemini's API has no role '{speaker}'.");
            bool beginsWithSystem = hasSystem && !any;
            if (beginsWithSystem && speaker is not "user")
            {
                StartTurn("user");
                if (WriteSystemParts(instructions) is { } unwritten) return unwritten;
                EndTurn();
                beginsWithSystem = false;
            }

            StartTurn(speaker);
            AttemptFailure? failure = beginsWithSystem ? WriteSystemParts(instructions) : null;
            failure ??= WriteParts(start, end);
            if (failure is not null) return failure;
            EndTurn();
            any = true;
        }

        json.WriteEndArray();
        return any ? null : CodecJson.Unsupported("Gemini's API needs at least one user or assistant message that is not empty.");
    }

    private void StartTurn(string speaker)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, speaker);
        json.WriteStartArray("parts"u8);
    }

    private void EndTurn()
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private AttemptFailure? WriteParts(int start, int end)
    {
        var parts = new GeminiPartWriter(json, model);
        for (int pass = 0; pass < 2; pass++)
        {
            bool results = pass == 0;
            for (int i = start; i < end; i++)
            {
                if (IsSystem(messages[i])) continue;
                IList<AIContent> contents = messages[i].Contents;
                for (int j = 0; j < contents.Count; j++)
                {
                    var result = contents[j] as FunctionResultContent;
                    if (result is not null != results || !GeminiPartWriter.IsSent(contents, j, model)) continue;
                    if (parts.Write(contents, j, result is null ? null : FunctionOf(result.CallId, i)) is { } failure) return failure;
                }
            }
        }

        return null;
    }

    /// <summary>The function that a result is of: the API wants its name. The latest call counts, since ids may be used again.</summary>
    private string FunctionOf(string callId, int before)
    {
        for (int i = before; i >= 0; i--)
        {
            IList<AIContent> contents = messages[i].Contents;
            for (int j = contents.Count - 1; j >= 0; j--)
            {
                if (contents[j] is FunctionCallContent call && call.CallId == callId) return call.Name;
            }
        }

        return "tool"; // Its call was cut off the conversation.
    }

    /// <summary>The role of the speaker, in the API's terms; null for a message that is no part of the turns: system text, or nothing to send.</summary>
    private string? Speaker(ChatMessage message)
    {
        if (IsSystem(message)) return null;
        for (int i = 0; i < message.Contents.Count; i++)
        {
            if (!GeminiPartWriter.IsSent(message.Contents, i, model)) continue;
            return message.Role == ChatRole.Assistant ? "model"
                : message.Role == ChatRole.User || message.Role == ChatRole.Tool ? "user"
                : message.Role.Value;
        }

        return null;
    }

    private static bool IsSystem(ChatMessage message) => message.Role == ChatRole.System || message.Role == Developer;
}
