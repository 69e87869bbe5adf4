using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes requests for vectors and reads the answers. https://platform.openai.com/docs/api-reference/embeddings</summary>
[Embedded]
internal static class OpenAIEmbeddings
{
    private const string InputType = "input_type";

    public static AttemptFailure? Write(EmbeddingRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (CodecEmbedding.FitDimensions(request, model, out int? dimensions) is { } unfit) return unfit;
        Utf8JsonWriter json = body.StartObject(prefix);
        CodecEmbedding.WriteTexts(json, "input"u8, request);
        if (dimensions is { } length) json.WriteNumber(model.Has(OpenAIQuirks.OutputDimension) ? "output_dimension"u8 : "dimensions"u8, length);
        if (model.Has(OpenAIQuirks.Base64Vectors)) json.WriteString("encoding_format"u8, "base64"u8);

        // A vector of a part of a text is not the text's.
        if (model.Has(OpenAIQuirks.VoyageNames) && CodecEmbedding.TextOf(request, "truncation") is null) json.WriteBoolean("truncation"u8, false);
        if (model.Has(OpenAIQuirks.StatesInputType)) json.WriteString(InputType, InputTypeOf(request));
        AttemptFailure? unwritten = CodecEmbedding.WriteAdditional(
            json, request, body, known: [], "model", "input", "dimensions", "output_dimension", "encoding_format", model.Has(OpenAIQuirks.StatesInputType) ? InputType : "model");
        if (unwritten is not null) return unwritten; // The object is not whole.
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix);
    }

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, EmbeddingVectors vectors, ModelProfile model)
    {
        bool hasData = false;
        AttemptFailure? failure = CodecReply.Read(body, vectors, (ref Utf8JsonReader reader, EmbeddingVectors read) =>
        {
            var usage = new OpenAIUsage();
            AttemptFailure? error = null;
            while (OpenAIJson.NextMember(ref reader))
            {
                if (OpenAIJson.Is(ref reader, "data"u8)) hasData |= ReadData(ref reader, read);
                else if (OpenAIJson.Is(ref reader, "model"u8)) read.Model = CodecReader.ReadString(ref reader);
                else if (OpenAIJson.Is(ref reader, "usage"u8)) usage.Read(ref reader);
                else if (OpenAIJson.Is(ref reader, "error"u8)) error ??= OpenAIErrors.ReadMember(ref reader);
                else CodecReader.SkipValue(ref reader);
            }

            read.Usage = usage.ToInputDetails(model);
            return error;
        });
        return failure ?? (hasData ? null : OpenAIErrors.ReadWithout(body, "data"));
    }

    private static bool ReadData(ref Utf8JsonReader reader, EmbeddingVectors vectors)
    {
        if (!CodecReader.EntersArray(ref reader)) return false;
        int length = 0;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("data[]", ref reader);
            long? index = null;
            float[]? vector = null;
            while (OpenAIJson.NextMember(ref reader))
            {
                if (OpenAIJson.Is(ref reader, "index"u8)) index = OpenAIJson.ReadInt64(ref reader);
                else if (OpenAIJson.Is(ref reader, "embedding"u8)) vector = CodecVectors.Read(ref reader, ref length);
                else CodecReader.SkipValue(ref reader);
            }

            if (vector is null) throw new JsonException("An element of 'data' has no embedding.");
            if (index is { } place) vectors.Add(place, vector);
            else vectors.Add(vector);
        }

        return true;
    }

    private static string InputTypeOf(EmbeddingRequest request) => CodecEmbedding.TextOf(request, InputType) switch
    {
        null or "search_document" or "document" => "passage",
        "search_query" => "query",
        { } stated => stated,
    };
}
