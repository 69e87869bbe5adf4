using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>The vector of one text by <c>embedContent</c>. https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.publishers.models/embedContent</summary>
[Embedded]
internal static class VertexContents
{
    private static readonly string[] Known = ["taskType", "title"];

    public static AttemptFailure? Write(EmbeddingRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (request.Texts.Length != 1) return CodecJson.Unsupported($"{model.Name} takes one text at a time, not {request.Texts.Length}.");
        if (CodecEmbedding.FitDimensions(request, model, out int? dimensions) is { } unfit) return unfit;
        Utf8JsonWriter json = body.StartObject(prefix);
        json.WriteStartObject("content"u8);
        json.WriteStartArray("parts"u8);
        json.WriteStartObject();
        json.WriteString("text"u8, request.Texts.Span[0]);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("embedContentConfig"u8);
        json.WriteBoolean("autoTruncate"u8, false); // A vector of a part of a text is not the text's.
        if (dimensions is { } length) json.WriteNumber("outputDimensionality"u8, length);
        AttemptFailure? unwritten = CodecEmbedding.WriteAdditional(json, request, body, Known, "input_type", "outputDimensionality");
        if (unwritten is not null) return unwritten; // The object is not whole.
        json.WriteEndObject();
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix);
    }

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, EmbeddingVectors vectors) => CodecReply.Read(body, vectors, static (ref Utf8JsonReader reader, EmbeddingVectors read) =>
    {
        float[]? vector = null;
        int length = 0;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("embedding"u8)) vector = ReadVector(ref reader, ref length);
            else if (reader.ValueTextEquals("usageMetadata"u8)) ReadUsage(ref reader, read);
            else CodecReader.SkipValue(ref reader);
        }

        if (vector is null) return CodecJson.Malformed("The answer has no embedding.");
        read.Add(vector);
        return null;
    });

    private static float[]? ReadVector(ref Utf8JsonReader reader, ref int length)
    {
        float[]? vector = null;
        if (!CodecReader.EntersObject(ref reader)) return null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("values"u8)) vector = CodecVectors.Read(ref reader, ref length);
            else CodecReader.SkipValue(ref reader);
        }

        return vector;
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
