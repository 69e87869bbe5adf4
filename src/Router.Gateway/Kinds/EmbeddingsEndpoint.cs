using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Kinds;

/// <summary>Vectors of texts: https://platform.openai.com/docs/api-reference/embeddings/create.</summary>
internal sealed class EmbeddingsEndpoint(KindServices services) : KindEndpoint<EmbeddingGroup>(services)
{
    private static readonly string[] Known = ["model", "input", "encoding_format", "dimensions"];

    private protected override async Task<GatewayError?> AnswerAsync(HttpContext context, EmbeddingGroup group, JsonElement request)
    {
        if (TextsOf(request.Get("input"u8)) is not { Length: > 0 } texts) return Invalid("input: must be a text, or an array of texts; tokens belong to one model, and cannot be routed.", "input");
        bool isBase64 = request.Text("encoding_format"u8) is "base64";
        var options = new EmbeddingGenerationOptions { Dimensions = (int?)request.Integer("dimensions"u8), AdditionalProperties = request.Others(Known) };
        RoutedEmbeddings answer = await group.EmbedAsync(texts, Routing(context), options, context.RequestAborted).ConfigureAwait(false);
        return await SendAsync(context, group, answer, json => Write(json, answer, isBase64)).ConfigureAwait(false);
    }

    private static string[]? TextsOf(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.String => [input.GetString()!],
        JsonValueKind.Array when input.EnumerateArray().All(static item => item.ValueKind is JsonValueKind.String) => [.. input.EnumerateArray().Select(static item => item.GetString()!)],
        _ => null,
    };

    private static void Write(Utf8JsonWriter json, RoutedEmbeddings answer, bool isBase64)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        for (int i = 0; i < answer.Count; i++)
        {
            ReadOnlySpan<float> vector = answer[i].Vector.Span;
            json.WriteStartObject();
            json.WriteString("object"u8, "embedding"u8);
            json.WriteNumber("index"u8, i);
            if (isBase64)
            {
                json.WriteBase64String("embedding"u8, MemoryMarshal.AsBytes(vector));
            }
            else
            {
                json.WriteStartArray("embedding"u8);
                foreach (float number in vector) json.WriteNumberValue(number);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model"u8, answer.ModelUsed);
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, answer.Usage?.InputTokenCount ?? 0);
        json.WriteNumber("total_tokens"u8, TokenTotals.Of(answer.Usage));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
