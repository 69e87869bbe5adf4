using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>A call of a tool, which always comes whole.</summary>
[Embedded]
internal struct OllamaCall
{
    public string? Id;
    public string? Name;

    /// <summary>The arguments as JSON.</summary>
    public byte[]? Arguments;

    /// <summary>Reads the object that the reader stands in.</summary>
    public static OllamaCall Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var call = new OllamaCall();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) call.Id = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("function"u8)) call.ReadFunction(ref reader, json);
            else CodecReader.SkipValue(ref reader);
        }

        return call;
    }

    private void ReadFunction(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8)) Name = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("arguments"u8)) Arguments = ReadArguments(ref reader, json);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private static byte[]? ReadArguments(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null) return null;
        if (reader.TokenType is JsonTokenType.String) return Encoding.UTF8.GetBytes(reader.GetString()!); // As other APIs write them.
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed].ToArray();
    }
}

/// <summary>One object of an answer as it was read, whole or a line of a stream: whatever of its members there was, in whatever order.</summary>
[Embedded]
internal ref struct OllamaEvent
{
    public bool HasMessage;
    public string? Text;
    public string? Thinking;
    public List<OllamaCall>? Calls;
    public bool IsMalformed;
    public string? Model;
    public DateTimeOffset? CreatedAt;
    public bool IsDone;
    public ChatFinishReason? DoneReason;
    public OllamaUsage Usage;
    public bool HasError;
    public string? Error;

    /// <summary>Reads the object. Throws what <see cref="Utf8JsonReader"/> throws where it is not one whole JSON value.</summary>
    public static OllamaEvent Read(ReadOnlySpan<byte> data)
    {
        var read = new OllamaEvent();
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            read.IsMalformed = true;
            return read;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("message"u8)) read.ReadMessage(ref reader, data);
            else if (reader.ValueTextEquals("model"u8)) read.Model = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("created_at"u8)) read.CreatedAt = ReadTime(ref reader);
            else if (reader.ValueTextEquals("done"u8)) read.IsDone = ReadTrue(ref reader);
            else if (reader.ValueTextEquals("done_reason"u8)) read.DoneReason = ReadReason(ref reader);
            else if (reader.ValueTextEquals("error"u8)) read.ReadError(ref reader);
            else if (!read.Usage.TryRead(ref reader)) CodecReader.SkipValue(ref reader);
        }

        reader.Read(); // Throws where something follows the object.
        return read;
    }

    /// <summary>The calls as contents, each with an id that no other call of the answer has.</summary>
    /// <param name="request">What was asked for, which has the tools' own names.</param>
    /// <param name="known">The ids of the answer's calls so far.</param>
    /// <param name="contents">Where to add them.</param>
    /// <returns>False where a call names no function.</returns>
    public readonly bool TryAddCalls(ChatRequest request, List<string> known, List<AIContent> contents)
    {
        foreach (OllamaCall call in Calls ?? [])
        {
            if (call.Name is null) return false;
            string id = string.IsNullOrEmpty(call.Id) || known.Contains(call.Id) ? CodecNames.NewCallId() : call.Id;
            known.Add(id);
            contents.Add(CodecJson.ToCall(id, CodecNames.FromWire(call.Name, request.Options), call.Arguments));
        }

        return true;
    }

    /// <summary>Why the model stopped; it says of calls only that it is done.</summary>
    public readonly ChatFinishReason FinishReason(bool hasCalls) =>
        DoneReason is not { } reason || reason == ChatFinishReason.Stop ? (hasCalls ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop) : reason;

    private void ReadMessage(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        HasMessage = CodecReader.EntersObject(ref reader);
        if (!HasMessage) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8)) Text = ReadText(ref reader);
            else if (reader.ValueTextEquals("thinking"u8)) Thinking = ReadText(ref reader);
            else if (reader.ValueTextEquals("tool_calls"u8)) ReadCalls(ref reader, data);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private string? ReadText(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String) return reader.GetString();
        IsMalformed |= reader.TokenType is not JsonTokenType.Null;
        reader.Skip();
        return null;
    }

    private void ReadCalls(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            IsMalformed |= reader.TokenType is not JsonTokenType.Null;
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                (Calls ??= []).Add(OllamaCall.Read(ref reader, data));
                continue;
            }

            IsMalformed = true;
            reader.Skip();
        }
    }

    private void ReadError(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        HasError = reader.TokenType is not (JsonTokenType.Null or JsonTokenType.False);
        if (reader.TokenType is JsonTokenType.String) Error = reader.GetString();
        HasError &= Error is not "";
        reader.Skip();
    }

    private static bool ReadTrue(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
        return reader.TokenType is JsonTokenType.True;
    }

    private static DateTimeOffset? ReadTime(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset time)) return time;
        reader.Skip();
        return null;
    }

    private static ChatFinishReason? ReadReason(scoped ref Utf8JsonReader reader) => CodecReader.ReadString(ref reader) switch
    {
        "stop" => ChatFinishReason.Stop,
        "length" => ChatFinishReason.Length,
        { Length: > 0 } other when !string.IsNullOrWhiteSpace(other) => new ChatFinishReason(other),
        _ => null,
    };
}
