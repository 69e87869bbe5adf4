using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes requests for vectors and reads the answers. https://ai.google.dev/api/embeddings</summary>
[Embedded]
internal static class GeminiEmbeddings
{
    private static readonly string[] Known = ["taskType", "title"];

    public static AttemptFailure? Write(EmbeddingRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (CodecEmbedding.FitDimensions(request, model, out int? dimensions) is { } unfit) return unfit;
        string name = GeminiModel.NameOf(model); // which each request of a batch names again
        Utf8JsonWriter json = body.StartObject(prefix);
        json.WriteStartArray("requests"u8);
        bool isFirst = true;
        foreach (string text in request.Texts.Span)
        {
            json.WriteStartObject();
            json.WriteString("model"u8, name);
            json.WriteStartObject("content"u8);
            json.WriteStartArray("parts"u8);
            json.WriteStartObject();
            json.WriteString("text"u8, text);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            if (dimensions is { } length) json.WriteNumber("outputDimensionality"u8, length);
            if (WriteOptions(json, request, body, isFirst) is { } unwritten) return unwritten;
            json.WriteEndObject();
            isFirst = false;
        }

        json.WriteEndArray();
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix);
    }

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, EmbeddingVectors vectors) => CodecReply.Read(body, vectors, static (ref Utf8JsonReader reader, EmbeddingVectors read) =>
    {
        bool hasVectors = false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("embeddings"u8)) hasVectors |= ReadVectors(ref reader, read);
            else if (reader.ValueTextEquals("usageMetadata"u8)) ReadUsage(ref reader, read);
            else CodecReader.SkipValue(ref reader);
        }

        return hasVectors ? null : CodecJson.Malformed("The answer has no embeddings.");
    });

    // The same options belong to each text; what is left out is noted once.
    private static AttemptFailure? WriteOptions(Utf8JsonWriter json, EmbeddingRequest request, RequestWriter body, bool isFirst)
    {
        if (isFirst) return CodecEmbedding.WriteAdditional(json, request, body, Known, "input_type", "outputDimensionality");
        foreach (string name in Known)
        {
            if (CodecEmbedding.TextOf(request, name) is { } value) json.WriteString(name, value);
        }

        return null;
    }

    private static bool ReadVectors(ref Utf8JsonReader reader, EmbeddingVectors vectors)
    {
        if (!CodecReader.EntersArray(ref reader)) return false;
        int length = 0;
        while (CodecReader.NextObject(ref reader))
        {
            float[]? vector = null;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("values"u8)) vector = CodecVectors.Read(ref reader, ref length);
                else CodecReader.SkipValue(ref reader);
            }

            vectors.Add(vector ?? throw new JsonException("An element of 'embeddings' has no values."));
        }

        return true;
    }

    private static void ReadUsage(ref Utf8JsonReader reader, EmbeddingVectors vectors)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("promptTokenCount"u8)) vectors.Usage = CodecEmbeddingReply.UsageOf(CodecReader.ReadCount(ref reader));
            else CodecReader.SkipValue(ref reader);
        }
    }
}
