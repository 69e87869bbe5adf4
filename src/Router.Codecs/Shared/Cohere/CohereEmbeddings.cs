using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes requests for vectors and reads the answers, of Cohere's API and of its models at Amazon Bedrock.
/// https://docs.cohere.com/reference/embed, https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v3.html
/// </summary>
[Embedded]
internal static class CohereEmbeddings
{
    private const string InputType = "input_type";

    private static readonly string[] Known = [InputType, "truncate", "max_tokens", "priority"];

    public static AttemptFailure? Write(EmbeddingRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (CodecEmbedding.FitDimensions(request, model, out int? dimensions) is { } unfit) return unfit;
        Utf8JsonWriter json = body.StartObject(prefix);
        CodecEmbedding.WriteTexts(json, "texts"u8, request);

        // It must be stated. Most texts are embedded to be found; a call for the text to find them by says so.
        json.WriteString(InputType, CodecEmbedding.TextOf(request, InputType) ?? "search_document");
        json.WriteStartArray("embedding_types"u8);
        json.WriteStringValue("float"u8);
        json.WriteEndArray();
        if (dimensions is { } length) json.WriteNumber("output_dimension"u8, length);

        // A vector of a part of a text is not the text's.
        if (CodecEmbedding.TextOf(request, "truncate") is null) json.WriteString("truncate"u8, "NONE"u8);
        AttemptFailure? unwritten = CodecEmbedding.WriteAdditional(json, request, body, Known, InputType, "output_dimension", "embedding_types");
        if (unwritten is not null) return unwritten; // The object is not whole.
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix);
    }

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, EmbeddingVectors vectors) => CodecReply.Read(body, vectors, static (ref Utf8JsonReader reader, EmbeddingVectors read) =>
    {
        bool hasVectors = false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("embeddings"u8)) hasVectors |= ReadVectors(ref reader, read);
            else if (reader.ValueTextEquals("meta"u8)) ReadMeta(ref reader, read);
            else CodecReader.SkipValue(ref reader);
        }

        return hasVectors ? null : CodecJson.Malformed("The answer has no embeddings.");
    });

    // By type; older models at Bedrock answer with the vectors alone.
    private static bool ReadVectors(ref Utf8JsonReader reader, EmbeddingVectors vectors)
    {
        Utf8JsonReader ahead = reader;
        ahead.Read();
        if (ahead.TokenType is JsonTokenType.StartArray)
        {
            CodecVectors.ReadAll(ref reader, vectors);
            return true;
        }

        bool found = false;
        if (!CodecReader.EntersObject(ref reader)) return false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            found |= reader.ValueTextEquals("float"u8);
            if (reader.ValueTextEquals("float"u8)) CodecVectors.ReadAll(ref reader, vectors);
            else CodecReader.SkipValue(ref reader);
        }

        return found;
    }

    private static void ReadMeta(ref Utf8JsonReader reader, EmbeddingVectors vectors)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("billed_units"u8)) ReadBilled(ref reader, vectors);
            else CodecReader.SkipValue(ref reader);
        }
    }

    private static void ReadBilled(ref Utf8JsonReader reader, EmbeddingVectors vectors)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("input_tokens"u8)) vectors.Usage = CodecEmbeddingReply.UsageOf(CodecReader.ReadCount(ref reader));
            else CodecReader.SkipValue(ref reader);
        }
    }
}
