using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>What a content block, or a delta of one, is.</summary>
[Embedded]
internal enum AnthropicPartType
{
    /// <summary>None that is known.</summary>
    Unknown,
    Text,
    Thinking,
    RedactedThinking,
    ToolUse,
    TextDelta,
    ThinkingDelta,
    SignatureDelta,
    InputJsonDelta,
    CitationsDelta,
}

/// <summary>A content block, or a delta of one, as it was read: whatever of its members there was, in whatever order.</summary>
[Embedded]
internal ref struct AnthropicPart
{
    public AnthropicPartType Type;
    public string? Id;
    public string? Name;

    /// <summary>The text, thoughts, data or piece of JSON.</summary>
    public string? Text;
    public string? Signature;

    /// <summary>The input of a tool as JSON.</summary>
    public ReadOnlySpan<byte> Input;

    /// <summary>What the text refers to.</summary>
    public List<AIAnnotation>? Citations;

    /// <summary>The whole of it as JSON.</summary>
    public ReadOnlySpan<byte> Raw;

    // What the delta of a whole message holds.
    public ChatFinishReason? StopReason;
    public string? Explanation;

    /// <summary>Reads the object that the reader stands in.</summary>
    public static AnthropicPart Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var part = new AnthropicPart();
        int start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8)) part.Type = ReadType(ref reader);
            else if (reader.ValueTextEquals("text"u8)) part.Text = CodecReader.ReadString(ref reader) ?? part.Text;
            else if (reader.ValueTextEquals("partial_json"u8)) part.Text = CodecReader.ReadString(ref reader) ?? part.Text;
            else if (reader.ValueTextEquals("thinking"u8)) part.Text = CodecReader.ReadString(ref reader) ?? part.Text;
            else if (reader.ValueTextEquals("data"u8)) part.Text = CodecReader.ReadString(ref reader) ?? part.Text;
            else if (reader.ValueTextEquals("signature"u8)) part.Signature = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("id"u8)) part.Id = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("name"u8)) part.Name = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("input"u8)) part.Input = CodecReader.ReadRaw(ref reader, json);
            else if (reader.ValueTextEquals("citations"u8)) part.Citations = AnthropicCitations.ReadList(ref reader);
            else if (reader.ValueTextEquals("citation"u8)) part.Citations = AnthropicCitations.Read(ref reader) is { } citation ? [citation] : null;
            else if (reader.ValueTextEquals("stop_reason"u8)) part.StopReason = AnthropicStop.ReadReason(ref reader);
            else if (reader.ValueTextEquals("stop_details"u8)) part.Explanation = AnthropicStop.ReadExplanation(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        part.Raw = json[start..(int)reader.BytesConsumed];
        return part;
    }

    private static AnthropicPartType ReadType(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.String)
        {
            reader.Skip();
            return AnthropicPartType.Unknown;
        }

        if (reader.ValueTextEquals("text_delta"u8)) return AnthropicPartType.TextDelta;
        if (reader.ValueTextEquals("text"u8)) return AnthropicPartType.Text;
        if (reader.ValueTextEquals("input_json_delta"u8)) return AnthropicPartType.InputJsonDelta;
        if (reader.ValueTextEquals("tool_use"u8)) return AnthropicPartType.ToolUse;
        if (reader.ValueTextEquals("thinking_delta"u8)) return AnthropicPartType.ThinkingDelta;
        if (reader.ValueTextEquals("thinking"u8)) return AnthropicPartType.Thinking;
        if (reader.ValueTextEquals("signature_delta"u8)) return AnthropicPartType.SignatureDelta;
        if (reader.ValueTextEquals("citations_delta"u8)) return AnthropicPartType.CitationsDelta;
        if (reader.ValueTextEquals("redacted_thinking"u8)) return AnthropicPartType.RedactedThinking;
        return AnthropicPartType.Unknown;
    }
}
