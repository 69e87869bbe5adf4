using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>What one event of a stream says.</summary>
[Embedded]
internal enum AnthropicEventType
{
    /// <summary>It does not say what it is.</summary>
    None,

    /// <summary>One that has nothing for us: a ping, or what the API adds one day.</summary>
    Other,
    MessageStart,

    /// <summary>A whole message, which some servers send where a stream was asked for.</summary>
    Message,
    BlockStart,
    BlockDelta,
    BlockStop,
    MessageDelta,
    MessageStop,
    Error,
}

/// <summary>One event of a stream as it was read: whatever of its members there was, in whatever order.</summary>
[Embedded]
internal ref struct AnthropicEvent
{
    public AnthropicEventType Type;
    public long? Index;

    /// <summary>The block that starts, or the delta.</summary>
    public AnthropicPart Part;
    public bool HasPart;
    public bool HasMessage;
    public string? MessageId;
    public string? Model;

    /// <summary>The content that a message holds from the start, and why it stopped.</summary>
    public ReadOnlySpan<byte> Content;
    public ChatFinishReason? StopReason;
    public string? Explanation;
    public AnthropicUsage Usage;
    public AnthropicError? Error;

    /// <summary>Reads an event's data. Throws what <see cref="Utf8JsonReader"/> throws where it is not one whole JSON value.</summary>
    public static AnthropicEvent Read(ReadOnlySpan<byte> data)
    {
        var read = new AnthropicEvent();
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) return read;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8)) read.Type = ReadType(ref reader);
            else if (reader.ValueTextEquals("index"u8)) read.Index = CodecReader.ReadCount(ref reader);
            else if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("content_block"u8))
            {
                read.HasPart = CodecReader.EntersObject(ref reader);
                if (read.HasPart) read.Part = AnthropicPart.Read(ref reader, data);
            }
            else if (reader.ValueTextEquals("message"u8)) read.ReadMessage(ref reader, data);
            else if (reader.ValueTextEquals("usage"u8)) read.ReadUsage(ref reader);
            else if (reader.ValueTextEquals("error"u8)) { if (CodecReader.EntersObject(ref reader)) read.Error = AnthropicError.Read(ref reader); }
            else read.ReadMessageMember(ref reader, data);
        }

        reader.Read(); // Throws where something follows the object.
        if (read.Type is AnthropicEventType.None && read.Error is not null) read.Type = AnthropicEventType.Error;
        return read;
    }

    private void ReadMessage(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        HasMessage = CodecReader.EntersObject(ref reader);
        if (!HasMessage) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("usage"u8)) ReadUsage(ref reader);
            else ReadMessageMember(ref reader, data);
        }
    }

    private void ReadMessageMember(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        if (reader.ValueTextEquals("id"u8)) MessageId = CodecReader.ReadString(ref reader);
        else if (reader.ValueTextEquals("model"u8)) Model = CodecReader.ReadString(ref reader);
        else if (reader.ValueTextEquals("content"u8)) Content = CodecReader.ReadRaw(ref reader, data);
        else if (reader.ValueTextEquals("stop_reason"u8)) StopReason = AnthropicStop.ReadReason(ref reader);
        else if (reader.ValueTextEquals("stop_details"u8)) Explanation = AnthropicStop.ReadExplanation(ref reader);
        else CodecReader.SkipValue(ref reader);
    }

    private void ReadUsage(scoped ref Utf8JsonReader reader)
    {
        if (CodecReader.EntersObject(ref reader)) Usage.Read(ref reader);
    }

    private static AnthropicEventType ReadType(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.String)
        {
            reader.Skip();
            return AnthropicEventType.None;
        }

        if (reader.ValueTextEquals("content_block_delta"u8)) return AnthropicEventType.BlockDelta;
        if (reader.ValueTextEquals("content_block_start"u8)) return AnthropicEventType.BlockStart;
        if (reader.ValueTextEquals("content_block_stop"u8)) return AnthropicEventType.BlockStop;
        if (reader.ValueTextEquals("message_start"u8)) return AnthropicEventType.MessageStart;
        if (reader.ValueTextEquals("message_delta"u8)) return AnthropicEventType.MessageDelta;
        if (reader.ValueTextEquals("message_stop"u8)) return AnthropicEventType.MessageStop;
        if (reader.ValueTextEquals("error"u8)) return AnthropicEventType.Error;
        if (reader.ValueTextEquals("message"u8)) return AnthropicEventType.Message;
        return AnthropicEventType.Other;
    }
}
