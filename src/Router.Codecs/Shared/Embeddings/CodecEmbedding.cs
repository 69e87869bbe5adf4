using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What requests for vectors have in common: the texts, the length that is asked for, and what else the caller adds.</summary>
[Embedded]
internal static class CodecEmbedding
{
    /// <summary>Finds the length of vectors that a request states.</summary>
    /// <param name="request">What the caller asks for.</param>
    /// <param name="model">The model.</param>
    /// <param name="sent">The length to state; null for none, because the model has no other.</param>
    /// <returns>Null, or why the model cannot give vectors of that length.</returns>
    public static AttemptFailure? FitDimensions(EmbeddingRequest request, ModelProfile model, out int? sent)
    {
        sent = null;
        if (request.Dimensions is not { } asked) return null;
        if (asked == model.Dimensions) return null;
        if (model.Dimensions > 0 && (asked > model.Dimensions || !model.Takes(ModelParameters.Dimensions)))
        {
            return CodecJson.Unsupported($"The vectors of {model.Name} have {model.Dimensions} numbers, {(asked > model.Dimensions ? "no more" : "and are not shortened")}: {asked} were asked for.");
        }

        // Of a model that is not known, the answer tells.
        if (model.Takes(ModelParameters.Dimensions)) sent = asked;
        return null;
    }

    /// <summary>Writes the texts as an array of strings.</summary>
    public static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, EmbeddingRequest request)
    {
        json.WriteStartArray(name);
        foreach (string text in request.Texts.Span) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>Writes the additional properties that the API knows, and notes the others as left out.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="request">What the caller asks for.</param>
    /// <param name="body">The request.</param>
    /// <param name="known">The names that the API knows; empty where it takes any.</param>
    /// <param name="written">The names that the codec writes itself.</param>
    public static AttemptFailure? WriteAdditional(Utf8JsonWriter json, EmbeddingRequest request, RequestWriter body, ReadOnlySpan<string> known, params ReadOnlySpan<string> written) =>
        CodecAdditional.Write(json, request.Options?.AdditionalProperties, body, known, written);

    /// <summary>Returns a text among the additional properties; null where there is none of that name.</summary>
    public static string? TextOf(EmbeddingRequest request, string name) =>
        request.Options?.AdditionalProperties is { } additional && additional.TryGetValue(name, out object? value) ? value?.ToString() : null;
}
