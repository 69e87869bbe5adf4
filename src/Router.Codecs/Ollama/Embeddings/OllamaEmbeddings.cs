using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes requests for vectors and reads the answers. https://docs.ollama.com/api/embed</summary>
[Embedded]
internal static class OllamaEmbeddings
{
    private static readonly string[] Known = ["truncate", "keep_alive", "options"];

    public static AttemptFailure? Write(EmbeddingRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (CodecEmbedding.FitDimensions(request, model, out int? dimensions) is { } unfit) return unfit;
        Utf8JsonWriter json = body.StartObject(prefix);
        CodecEmbedding.WriteTexts(json, "input"u8, request);
        if (dimensions is { } length) json.WriteNumber("dimensions"u8, length);

        // A vector of a part of a text is not the text's.
        if (CodecEmbedding.TextOf(request, "truncate") is null) json.WriteBoolean("truncate"u8, false);
        AttemptFailure? unwritten = CodecEmbedding.WriteAdditional(json, request, body, Known, "input_type", "dimensions");
        if (unwritten is not null) return unwritten; // The object is not whole.
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix);
    }

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, EmbeddingVectors vectors) => CodecReply.Read(body, vectors, static (ref Utf8JsonReader reader, EmbeddingVectors read) =>
    {
        bool hasVectors = false;
        string? error = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("embeddings"u8))
            {
                CodecVectors.ReadAll(ref reader, read);
                hasVectors = true;
            }
            else if (reader.ValueTextEquals("model"u8))
            {
                read.Model = CodecReader.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("prompt_eval_count"u8))
            {
                read.Usage = CodecEmbeddingReply.UsageOf(CodecReader.ReadCount(ref reader));
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                error = CodecReader.ReadString(ref reader);
            }
            else
            {
                CodecReader.SkipValue(ref reader);
            }
        }

        return hasVectors ? null : error is not null ? OllamaErrors.Classify(null, error) : CodecJson.Malformed("The answer has no embeddings.");
    });
}
