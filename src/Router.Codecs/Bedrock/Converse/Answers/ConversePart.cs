using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>What a content block, the start of one, or a delta of one is: its first member that is known.</summary>
[Embedded]
internal enum ConversePartType
{
    /// <summary>None that is known.</summary>
    Unknown,
    Text,
    Thoughts,
    ToolUse,

    /// <summary>A text with what it refers to, or in a stream a reference alone.</summary>
    Cited,

    /// <summary>A known member without what it should hold.</summary>
    Damaged,
}

/// <summary>A content block, or the start or delta of one, as it was read. All three are objects of one member.</summary>
[Embedded]
internal ref struct ConversePart
{
    public ConversePartType Type;

    /// <summary>The text or thoughts, or a piece of a tool's input.</summary>
    public string? Text;

    /// <summary>Thoughts that come encrypted.</summary>
    public string? Hidden;
    public string? Signature;
    public string? Id;
    public string? Name;

    /// <summary>The input of a tool: as JSON in a block, as a string of JSON in a delta.</summary>
    public ReadOnlySpan<byte> Input;

    /// <summary>Whether the provider runs the tool itself.</summary>
    public bool IsHosted;
    public List<AIAnnotation>? Citations;

    /// <summary>The whole of it as JSON.</summary>
    public ReadOnlySpan<byte> Raw;

    /// <summary>Reads the object that the reader stands in.</summary>
    public static ConversePart Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var part = new ConversePart();
        int start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("text"u8)) part.TakeText(ref reader);
            else if (reader.ValueTextEquals("toolUse"u8)) part.TakeToolUse(ref reader, json);
            else if (reader.ValueTextEquals("reasoningContent"u8)) part.TakeThoughts(ref reader);
            else if (reader.ValueTextEquals("citationsContent"u8)) part.TakeCited(ref reader);
            else if (reader.ValueTextEquals("citation"u8)) part.TakeCitation(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        part.Raw = json[start..(int)reader.BytesConsumed];
        return part;
    }

    private void TakeText(scoped ref Utf8JsonReader reader)
    {
        Text = CodecReader.ReadString(ref reader);
        Type = Text is null ? ConversePartType.Damaged : ConversePartType.Text;
    }

    private void TakeToolUse(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        Type = ConversePartType.Damaged;
        if (!CodecReader.EntersObject(ref reader)) return;
        Type = ConversePartType.ToolUse;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("toolUseId"u8)) Id = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("name"u8)) Name = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("type"u8)) IsHosted = CodecReader.ReadString(ref reader) is not null;
            else if (reader.ValueTextEquals("input"u8)) TakeInput(ref reader, json);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private void TakeInput(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        Utf8JsonReader ahead = reader;
        Input = CodecReader.ReadRaw(ref reader, json);
        if (Input.StartsWith("\""u8)) Text = CodecReader.ReadString(ref ahead);
    }

    private void TakeThoughts(scoped ref Utf8JsonReader reader)
    {
        Type = ConversePartType.Damaged;
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("reasoningText"u8)) { if (CodecReader.EntersObject(ref reader)) TakeSigned(ref reader); }
            else TakeThought(ref reader);
        }

        if ((Text ?? Hidden ?? Signature) is not null) Type = ConversePartType.Thoughts;
    }

    private void TakeSigned(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName) TakeThought(ref reader);
    }

    /// <summary>A block has its text and signature in an object, a delta has one of the two.</summary>
    private void TakeThought(scoped ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("text"u8)) Text = CodecReader.ReadString(ref reader);
        else if (reader.ValueTextEquals("signature"u8)) Signature = CodecReader.ReadString(ref reader);
        else if (reader.ValueTextEquals("redactedContent"u8)) Hidden = CodecReader.ReadString(ref reader);
        else CodecReader.SkipValue(ref reader);
    }

    private void TakeCited(scoped ref Utf8JsonReader reader)
    {
        Type = ConversePartType.Damaged;
        if (!CodecReader.EntersObject(ref reader)) return;
        Type = ConversePartType.Cited;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8)) Text = ConverseCitations.ReadTexts(ref reader);
            else if (reader.ValueTextEquals("citations"u8)) Citations = ConverseCitations.ReadList(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private void TakeCitation(scoped ref Utf8JsonReader reader)
    {
        Type = ConversePartType.Damaged;
        if (!CodecReader.EntersObject(ref reader)) return;
        Type = ConversePartType.Cited;
        Citations = [ConverseCitations.ReadOne(ref reader)];
    }
}
