using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Vectors by <c>predict</c>. https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api</summary>
[Embedded]
internal static class VertexPredictions
{
    private static readonly string[] Known = ["taskType", "title"];

    /// <summary>Returns whether a model answers to it: each but Gemini's from the second on.</summary>
    public static bool Serves(string model) =>
        !model.StartsWith("gemini-", StringComparison.Ordinal) || model.StartsWith("gemini-embedding-001", StringComparison.Ordinal);

    public static AttemptFailure? Write(EmbeddingRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (CodecEmbedding.FitDimensions(request, model, out int? dimensions) is { } unfit) return unfit;
        Utf8JsonWriter json = body.StartObject(prefix);
        json.WriteStartArray("instances"u8);
        foreach (string text in request.Texts.Span)
        {
            json.WriteStartObject();
            json.WriteString("content"u8, text);
            if (CodecEmbedding.TextOf(request, "taskType") is { } task) json.WriteString("task_type"u8, task);
            if (CodecEmbedding.TextOf(request, "title") is { } title) json.WriteString("title"u8, title);
            json.WriteEndObject();
        }

        json.WriteEndArray();

        // A vector of a part of a text is not the text's: what is too long is refused.
        json.WriteStartObject("parameters"u8);
        json.WriteBoolean("autoTruncate"u8, false);
        if (dimensions is { } length) json.WriteNumber("outputDimensionality"u8, length);
        json.WriteEndObject();
        CodecEmbedding.WriteAdditional(json, request, body, Known, "input_type", "outputDimensionality", "taskType", "title");
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix);
    }

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, EmbeddingVectors vectors) => CodecReply.Read(body, vectors, static (ref Utf8JsonReader reader, EmbeddingVectors read) =>
    {
        bool hasVectors = false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("predictions"u8)) hasVectors |= ReadPredictions(ref reader, read);
            else CodecReader.SkipValue(ref reader);
        }

        return hasVectors ? null : CodecJson.Malformed("The answer has no predictions.");
    });

    private static bool ReadPredictions(ref Utf8JsonReader reader, EmbeddingVectors vectors)
    {
        if (!CodecReader.EntersArray(ref reader)) return false;
        int length = 0;
        long tokens = 0;
        bool isCounted = false;
        while (CodecReader.NextObject(ref reader))
        {
            float[]? vector = null;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("embeddings"u8)) vector = ReadVector(ref reader, ref length, ref tokens, ref isCounted);
                else CodecReader.SkipValue(ref reader);
            }

            vectors.Add(vector ?? throw new JsonException("An element of 'predictions' has no values."));
        }

        if (isCounted) vectors.Usage = CodecEmbeddingReply.UsageOf(tokens);
        return true;
    }

    private static float[]? ReadVector(ref Utf8JsonReader reader, ref int length, ref long tokens, ref bool isCounted)
    {
        float[]? vector = null;
        if (!CodecReader.EntersObject(ref reader)) return null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("values"u8)) vector = CodecVectors.Read(ref reader, ref length);
            else if (!reader.ValueTextEquals("statistics"u8)) CodecReader.SkipValue(ref reader);
            else if (ReadTokens(ref reader) is { } counted) (tokens, isCounted) = (tokens + counted, true);
        }

        return vector;
    }

    private static long? ReadTokens(ref Utf8JsonReader reader)
    {
        long? tokens = null;
        if (!CodecReader.EntersObject(ref reader)) return null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("token_count"u8)) tokens = CodecReader.ReadCount(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        return tokens;
    }
}
