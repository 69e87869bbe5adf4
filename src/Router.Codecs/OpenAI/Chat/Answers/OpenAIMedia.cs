using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// Images and sound of an answer: <c>images</c> of the message (OpenRouter), parts of its content of type <c>image_url</c>, and <c>audio</c>
/// (OpenAI), whose data a stream brings in pieces.
/// </summary>
[Embedded]
internal sealed class OpenAIMedia
{
    private readonly List<AIContent> _images = [];
    private StringBuilder? _sound; // Base64
    private StringBuilder? _transcript;
    private string? _soundId;

    /// <summary>Hands over the images that have come since the last time.</summary>
    /// <param name="contents">Where to.</param>
    /// <param name="isEnd">Whether the sound is complete, too.</param>
    public void MoveTo(ref List<AIContent>? contents, bool isEnd)
    {
        if (_images.Count > 0) (contents ??= []).AddRange(_images);
        _images.Clear();
        if (!isEnd || _sound is null || !TryDecode(_sound.ToString(), out byte[] data)) return;
        var sound = new DataContent(data, MediaTypeOf(data)) { AdditionalProperties = [] };
        if (_soundId is not null) sound.AdditionalProperties["Id"] = _soundId; // the names of the official adapter
        if (_transcript is not null) sound.AdditionalProperties["Transcript"] = _transcript.ToString();
        (contents ??= []).Add(sound);
        _sound = null;
    }

    /// <summary>Steps to a member's value, a list of images.</summary>
    public void ReadImages(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.String) Add(reader.GetString());
            else if (reader.TokenType is JsonTokenType.StartObject) ReadImage(ref reader);
            else reader.Skip();
        }
    }

    /// <summary>Steps to a member's value, the address of an image: a string, or an object with it.</summary>
    public void ReadAddress(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String) Add(reader.GetString());
        else if (reader.TokenType is JsonTokenType.StartObject) ReadImage(ref reader);
        else reader.Skip();
    }

    /// <summary>Steps to a member's value, a sound or a piece of one.</summary>
    /// <returns>Whether it brought any.</returns>
    public bool ReadSound(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return false;
        bool any = false;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "data"u8))
            {
                if (CodecReader.ReadString(ref reader) is not { Length: > 0 } data) continue;
                (_sound ??= new StringBuilder()).Append(data);
                any = true;
            }
            else if (OpenAIJson.Is(ref reader, "transcript"u8))
            {
                if (CodecReader.ReadString(ref reader) is not { Length: > 0 } words) continue;
                (_transcript ??= new StringBuilder()).Append(words);
                any = true;
            }
            else if (OpenAIJson.Is(ref reader, "id"u8))
            {
                _soundId = CodecReader.ReadString(ref reader) ?? _soundId;
            }
            else
            {
                CodecReader.SkipValue(ref reader);
            }
        }

        return any;
    }

    private void ReadImage(ref Utf8JsonReader reader)
    {
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "image_url"u8)) ReadAddress(ref reader);
            else if (OpenAIJson.Is(ref reader, "url"u8)) Add(CodecReader.ReadString(ref reader));
            else if (OpenAIJson.Is(ref reader, "b64_json"u8)) Add(CodecReader.ReadString(ref reader) is { Length: > 0 } data ? "data:image/png;base64," + data : null);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private void Add(string? address)
    {
        if (string.IsNullOrEmpty(address) || !Uri.TryCreate(address.Length < 2000 ? address : "data:", UriKind.Absolute, out Uri? uri)) return;
        try
        {
            _images.Add(uri.Scheme == "data" ? new DataContent(address) : new UriContent(uri, "image/*"));
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // No image could be made of it.
        }
    }

    /// <summary>Decodes pieces that may each have been padded.</summary>
    private static bool TryDecode(string base64, out byte[] data)
    {
        var decoded = new List<byte>(base64.Length);
        data = [];
        for (int start = 0; start < base64.Length;)
        {
            int end = base64.IndexOf('=', start);
            if (end < 0) end = base64.Length;
            while (end < base64.Length && base64[end] == '=') end++;
            byte[] piece = new byte[end - start];
            if (!Convert.TryFromBase64Chars(base64.AsSpan(start, end - start), piece, out int length)) return false;
            decoded.AddRange(piece.AsSpan(0, length));
            start = end;
        }

        data = [.. decoded];
        return data.Length > 0;
    }

    private static string MediaTypeOf(ReadOnlySpan<byte> data) =>
        data.StartsWith("RIFF"u8) ? "audio/wav"
        : data.StartsWith("fLaC"u8) ? "audio/flac"
        : data.StartsWith("OggS"u8) ? "audio/ogg"
        : data.StartsWith("ID3"u8) || (data.Length > 1 && data[0] == 0xFF && (data[1] & 0xE0) == 0xE0) ? "audio/mpeg"
        : "audio/pcm";
}
