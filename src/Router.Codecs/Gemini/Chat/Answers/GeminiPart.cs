using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>A part of an answer as it was read: whatever of its members there was, in whatever order.</summary>
[Embedded]
internal ref struct GeminiPart
{
    public string? Text;
    public bool IsThought;
    public string? Signature;

    /// <summary>Whether the part is a call, and what it calls.</summary>
    public bool IsCall;
    public string? CallId;
    public string? Function;
    public ReadOnlySpan<byte> Arguments;

    /// <summary>Whether the part is data, or a link to some.</summary>
    public bool IsMedia;
    public string? MediaType;
    public byte[]? Data;
    public string? Address;

    /// <summary>Whether the part holds something that no content stands for: code that the API ran, its own tools, or what it adds one day.</summary>
    public bool IsOther;

    /// <summary>The whole of it as JSON.</summary>
    public ReadOnlySpan<byte> Raw;

    /// <summary>Reads the object that the reader stands in.</summary>
    public static GeminiPart Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var part = new GeminiPart();
        int start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("text"u8)) part.Text = CodecReader.ReadString(ref reader) ?? part.Text;
            else if (reader.ValueTextEquals("thought"u8)) part.IsThought = ReadTrue(ref reader);
            else if (reader.ValueTextEquals("thoughtSignature"u8)) part.Signature = CodecReader.ReadString(ref reader) is { Length: > 0 } signature ? signature : null;
            else if (reader.ValueTextEquals("functionCall"u8)) part.ReadCall(ref reader, json);
            else if (reader.ValueTextEquals("inlineData"u8) || reader.ValueTextEquals("fileData"u8)) part.ReadMedia(ref reader);
            else
            {
                // What is said about a part does not make it another one.
                part.IsOther |= !reader.ValueTextEquals("partMetadata"u8) && !reader.ValueTextEquals("videoMetadata"u8) && !reader.ValueTextEquals("mediaResolution"u8);
                CodecReader.SkipValue(ref reader);
            }
        }

        part.Raw = json[start..(int)reader.BytesConsumed];
        return part;
    }

    private void ReadCall(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        IsCall = true;
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) CallId = CodecReader.ReadString(ref reader) is { Length: > 0 } id ? id : null;
            else if (reader.ValueTextEquals("name"u8)) Function = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("args"u8)) Arguments = CodecReader.ReadRaw(ref reader, json) is var arguments && arguments.SequenceEqual("null"u8) ? default : arguments;
            else CodecReader.SkipValue(ref reader);
        }
    }

    private void ReadMedia(scoped ref Utf8JsonReader reader)
    {
        IsMedia = true;
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("mimeType"u8)) MediaType = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("fileUri"u8)) Address = CodecReader.ReadString(ref reader);
            else if (reader.ValueTextEquals("data"u8)) ReadData(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private void ReadData(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String && reader.TryGetBytesFromBase64(out byte[]? data)) Data = data;
        else reader.Skip();
    }

    private static bool ReadTrue(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        bool said = reader.TokenType is JsonTokenType.True;
        reader.Skip();
        return said;
    }
}
