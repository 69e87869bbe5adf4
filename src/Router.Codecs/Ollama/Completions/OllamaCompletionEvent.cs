using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>One object of an answer as it was read, whole or a line of a stream.</summary>
[Embedded]
internal ref struct OllamaCompletionEvent
{
    public string? Text;
    public List<TokenProbability>? Tokens;
    public bool IsDone;
    public ChatFinishReason? FinishReason;
    public OllamaUsage Usage;
    public bool HasError;
    public string? Error;

    /// <summary>Reads the object. Throws what <see cref="Utf8JsonReader"/> throws where it is not one whole JSON value.</summary>
    public void Read(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) throw new JsonException($"The answer is a {reader.TokenType}, not an object.");
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("response"u8)) Text = ReadText(ref reader);
            else if (reader.ValueTextEquals("done"u8)) IsDone = ReadTrue(ref reader);
            else if (reader.ValueTextEquals("done_reason"u8)) FinishReason = ReadReason(ref reader);
            else if (reader.ValueTextEquals("logprobs"u8)) ReadProbabilities(ref reader);
            else if (reader.ValueTextEquals("error"u8)) (HasError, Error) = (true, CodecReader.ReadString(ref reader));
            else if (!Usage.TryRead(ref reader)) CodecReader.SkipValue(ref reader);
        }

        HasError &= Error is not "";
        reader.Read(); // Throws where something follows the object.
    }

    private static string? ReadText(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.String ? reader.GetString() : throw new JsonException($"'response' is a {reader.TokenType}.");
    }

    private static bool ReadTrue(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
        return reader.TokenType is JsonTokenType.True;
    }

    private static ChatFinishReason? ReadReason(scoped ref Utf8JsonReader reader) => CodecReader.ReadString(ref reader) switch
    {
        "stop" => ChatFinishReason.Stop,
        "length" => ChatFinishReason.Length,
        { Length: > 0 } other when !string.IsNullOrWhiteSpace(other) => new ChatFinishReason(other),
        _ => null,
    };

    private void ReadProbabilities(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        while (CodecReader.NextObject(ref reader))
        {
            (string token, double? probability, Dictionary<string, double>? likely) = ReadToken(ref reader);
            var read = new TokenProbability(token, probability);
            (Tokens ??= []).Add(likely is null ? read : read with { Alternatives = likely });
        }
    }

    private static (string Token, double? Probability, Dictionary<string, double>? Likely) ReadToken(scoped ref Utf8JsonReader reader)
    {
        string token = "";
        double? probability = null;
        Dictionary<string, double>? likely = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("token"u8)) token = CodecReader.ReadString(ref reader) ?? "";
            else if (reader.ValueTextEquals("logprob"u8)) probability = ReadNumber(ref reader);
            else if (reader.ValueTextEquals("top_logprobs"u8)) likely = ReadLikely(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        return (token, probability, likely);
    }

    private static Dictionary<string, double>? ReadLikely(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return null;
        Dictionary<string, double> likely = [];
        while (CodecReader.NextObject(ref reader))
        {
            (string token, double? probability, _) = ReadToken(ref reader);
            if (probability is { } number) likely[token] = number;
        }

        return likely;
    }

    private static double? ReadNumber(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Number && reader.TryGetDouble(out double number)) return number;
        reader.Skip();
        return null;
    }
}
