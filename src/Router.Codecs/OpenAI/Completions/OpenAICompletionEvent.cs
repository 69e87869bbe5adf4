using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// One object of an answer as it was read, whole or an event of a stream. The text is the choice's own (OpenAI), or the content of its message or
/// delta (Mistral).
/// </summary>
[Embedded]
internal ref struct OpenAICompletionEvent
{
    public bool HasChoice;
    public string? Text;
    public List<TokenProbability>? Tokens;
    public ChatFinishReason? FinishReason;
    public OpenAIUsage Usage;
    public AttemptFailure? Error;

    /// <summary>Reads the object. Throws what <see cref="Utf8JsonReader"/> throws where it is not one whole JSON value.</summary>
    public void Read(ReadOnlySpan<byte> data)
    {
        Utf8JsonReader reader = OpenAIJson.Open(data);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("answer", ref reader);
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "choices"u8)) ReadChoices(ref reader);
            else if (OpenAIJson.Is(ref reader, "usage"u8)) Usage.Read(ref reader);
            else if (OpenAIJson.Is(ref reader, "error"u8)) Error ??= OpenAIErrors.ReadMember(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        reader.Read(); // Throws on anything that follows.
    }

    // One choice was asked for: another one is not read.
    private void ReadChoices(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        while (CodecReader.NextObject(ref reader))
        {
            if (HasChoice)
            {
                reader.Skip();
                continue;
            }

            HasChoice = true;
            ReadChoice(ref reader);
        }
    }

    private void ReadChoice(scoped ref Utf8JsonReader reader)
    {
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "text"u8)) Text = ReadText(ref reader) ?? Text;
            else if (OpenAIJson.Is(ref reader, "message"u8) || OpenAIJson.Is(ref reader, "delta"u8)) ReadMessage(ref reader);
            else if (OpenAIJson.Is(ref reader, "finish_reason"u8)) FinishReason = OpenAIJson.ReadFinishReason(ref reader);
            else if (OpenAIJson.Is(ref reader, "logprobs"u8)) ReadProbabilities(ref reader);
            else if (OpenAIJson.Is(ref reader, "usage"u8)) Usage.Read(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private void ReadMessage(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "content"u8)) Text = ReadText(ref reader) ?? Text;
            else CodecReader.SkipValue(ref reader);
        }
    }

    private static string? ReadText(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String) return reader.GetString();
        if (reader.TokenType is not JsonTokenType.Null) throw OpenAIJson.Unexpected("text", ref reader);
        return null;
    }

    // Lists side by side: the tokens, their probabilities, and the likeliest tokens of each place.
    private void ReadProbabilities(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        List<string>? tokens = null;
        List<double?>? probabilities = null;
        List<Dictionary<string, double>?>? alternatives = null;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "tokens"u8)) ReadList(ref reader, tokens = [], static (ref Utf8JsonReader at) => at.TokenType is JsonTokenType.String ? at.GetString()! : "");
            else if (OpenAIJson.Is(ref reader, "token_logprobs"u8)) ReadList(ref reader, probabilities = [], static (ref Utf8JsonReader at) => NumberAt(ref at));
            else if (OpenAIJson.Is(ref reader, "top_logprobs"u8)) ReadList(ref reader, alternatives = [], static (ref Utf8JsonReader at) => ReadAlternatives(ref at));
            else CodecReader.SkipValue(ref reader);
        }

        if (tokens is null) return;
        Tokens = new(tokens.Count);
        for (int i = 0; i < tokens.Count; i++)
        {
            var token = new TokenProbability(tokens[i], i < probabilities?.Count ? probabilities[i] : null);
            Tokens.Add(i < alternatives?.Count && alternatives[i] is { } likely ? token with { Alternatives = likely } : token);
        }
    }

    private delegate T ElementReader<T>(ref Utf8JsonReader reader);

    private static void ReadList<T>(scoped ref Utf8JsonReader reader, List<T> list, ElementReader<T> read)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            list.Add(read(ref reader));
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) reader.Skip();
        }
    }

    private static double? NumberAt(ref Utf8JsonReader reader) => reader.TokenType is JsonTokenType.Number && reader.TryGetDouble(out double number) ? number : null;

    private static Dictionary<string, double>? ReadAlternatives(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartObject) return null;
        Dictionary<string, double> likely = [];
        while (OpenAIJson.NextMember(ref reader))
        {
            string token = reader.GetString()!;
            reader.Read();
            if (NumberAt(ref reader) is { } probability) likely[token] = probability;
            else reader.Skip();
        }

        return likely;
    }
}
