using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>What one event of a stream says.</summary>
[Embedded]
internal enum CohereEventType
{
    /// <summary>It does not say what it is: a whole answer, or an error.</summary>
    None,

    /// <summary>One that has nothing for us, or what the API adds one day.</summary>
    Other,
    MessageStart,
    ContentStart,
    ContentDelta,
    ContentEnd,
    ToolPlanDelta,
    ToolCallStart,
    ToolCallDelta,
    ToolCallEnd,
    CitationStart,
    MessageEnd,
}

/// <summary>One event of a stream as it was read: whatever of its members there was, in whatever order.</summary>
[Embedded]
internal ref struct CohereEvent
{
    public CohereEventType Type;
    public string? Id;
    public long? Index;
    public CohereMessage Message;

    /// <summary>Whether a whole answer's message stands where an event has its type.</summary>
    public bool HasWholeMessage;
    public ChatFinishReason? FinishReason;
    public CohereUsage Usage;
    public string? Error;

    /// <summary>Reads an event's data. Throws what <see cref="Utf8JsonReader"/> throws where it is not one whole JSON value.</summary>
    public static CohereEvent Read(ReadOnlySpan<byte> data)
    {
        var read = new CohereEvent();
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) return read;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8)) read.Type = ReadType(ref reader);
            else if (reader.ValueTextEquals("index"u8)) read.Index = CodecReader.ReadCount(ref reader);
            else if (reader.ValueTextEquals("id"u8)) read.Id = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("delta"u8)) read.ReadDelta(ref reader);
            else if (reader.ValueTextEquals("message"u8)) read.ReadError(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        reader.Read(); // Throws where something follows the object.
        return read;
    }

    private void ReadDelta(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("message"u8)) { if (CodecReader.EntersObject(ref reader)) Message.Read(ref reader); }
            else if (reader.ValueTextEquals("finish_reason"u8)) FinishReason = CohereStop.Read(ref reader);
            else if (reader.ValueTextEquals("usage"u8)) Usage.Read(ref reader);
            else if (reader.ValueTextEquals("error"u8)) Error = CodecReader.ReadString(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private void ReadError(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String) Error = reader.GetString();
        else if (reader.TokenType is JsonTokenType.StartObject) HasWholeMessage = true;
        reader.Skip();
    }

    private static CohereEventType ReadType(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.String)
        {
            reader.Skip();
            return CohereEventType.None;
        }

        if (reader.ValueTextEquals("content-delta"u8)) return CohereEventType.ContentDelta;
        if (reader.ValueTextEquals("tool-call-delta"u8)) return CohereEventType.ToolCallDelta;
        if (reader.ValueTextEquals("tool-plan-delta"u8)) return CohereEventType.ToolPlanDelta;
        if (reader.ValueTextEquals("citation-start"u8)) return CohereEventType.CitationStart;
        if (reader.ValueTextEquals("content-start"u8)) return CohereEventType.ContentStart;
        if (reader.ValueTextEquals("content-end"u8)) return CohereEventType.ContentEnd;
        if (reader.ValueTextEquals("tool-call-start"u8)) return CohereEventType.ToolCallStart;
        if (reader.ValueTextEquals("tool-call-end"u8)) return CohereEventType.ToolCallEnd;
        if (reader.ValueTextEquals("message-start"u8)) return CohereEventType.MessageStart;
        if (reader.ValueTextEquals("message-end"u8)) return CohereEventType.MessageEnd;
        return CohereEventType.Other;
    }
}
