using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Amazon's Titan, which takes one text at a time. https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html</summary>
[Embedded]
internal static class TitanEmbeddings
{
    private static readonly string[] Known = ["normalize"];

    public static AttemptFailure? Write(EmbeddingRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (request.Texts.Length != 1) return CodecJson.Unsupported($"{model.Name} takes one text at a time, not {request.Texts.Length}.");
        if (CodecEmbedding.FitDimensions(request, model, out int? dimensions) is { } unfit) return unfit;
        Utf8JsonWriter json = body.StartObject(prefix);
        json.WriteString("inputText"u8, request.Texts.Span[0]);
        if (dimensions is { } length) json.WriteNumber("dimensions"u8, length);
        AttemptFailure? unwritten = CodecEmbedding.WriteAdditional(json, request, body, Known, "input_type", "dimensions");
        if (unwritten is not null) return unwritten; // The object is not whole.
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix);
    }

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, EmbeddingVectors vectors) => CodecReply.Read(body, vectors, static (ref Utf8JsonReader reader, EmbeddingVectors read) =>
    {
        float[]? vector = null;
        int length = 0;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("embedding"u8)) vector = CodecVectors.Read(ref reader, ref length);
            else if (reader.ValueTextEquals("inputTextTokenCount"u8)) read.Usage = CodecEmbeddingReply.UsageOf(CodecReader.ReadCount(ref reader));
            else CodecReader.SkipValue(ref reader);
        }

        if (vector is null) return CodecJson.Malformed("The answer has no embedding.");
        read.Add(vector);
        return null;
    });
}
