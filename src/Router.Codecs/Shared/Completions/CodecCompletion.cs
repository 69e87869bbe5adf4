using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What requests to go on with a text have in common: how the model is to choose its words.</summary>
[Embedded]
internal static class CodecCompletion
{
    /// <summary>Writes how the model is to choose its words, as far as it takes that, and notes what it does not take.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="body">The request.</param>
    /// <param name="options">What the caller asks for.</param>
    /// <param name="model">The model.</param>
    /// <param name="seed">The name of <see cref="CompletionOptions.Seed"/>.</param>
    /// <param name="hasPenalties">Whether the API has penalties.</param>
    public static AttemptFailure? WriteSampling(Utf8JsonWriter json, RequestWriter body, CompletionOptions options, ModelProfile model, string seed = "seed", bool hasPenalties = true)
    {
        bool sampling = model.Takes(ModelParameters.Sampling), penalties = hasPenalties && model.Takes(ModelParameters.Penalties);
        bool isFinite = WriteNumber(json, body, "temperature", options.Temperature, sampling);
        isFinite &= WriteNumber(json, body, "top_p", options.TopP, sampling);
        if (IsGranted(body, "top_k", options.TopK is not null, model.Takes(ModelParameters.TopK))) json.WriteNumber("top_k"u8, options.TopK!.Value);
        isFinite &= WriteNumber(json, body, "frequency_penalty", options.FrequencyPenalty, penalties);
        isFinite &= WriteNumber(json, body, "presence_penalty", options.PresencePenalty, penalties);
        if (IsGranted(body, "seed", options.Seed is not null, model.Takes(ModelParameters.Seed))) json.WriteNumber(seed, options.Seed!.Value);
        if (IsGranted(body, "stop", options.StopSequences is { Count: > 0 }, model.Takes(ModelParameters.Stop)))
        {
            json.WriteStartArray("stop"u8);
            foreach (string one in options.StopSequences!) json.WriteStringValue(one);
            json.WriteEndArray();
        }

        return isFinite ? null : CodecJson.Unsupported("A sampling parameter is infinite or no number, which JSON cannot say.");
    }

    private static bool WriteNumber(Utf8JsonWriter json, RequestWriter body, string name, float? value, bool taken)
    {
        if (!IsGranted(body, name, value is not null, taken)) return true;
        if (!float.IsFinite(value!.Value)) return false;
        json.WriteNumber(name, value.Value);
        return true;
    }

    private static bool IsGranted(RequestWriter body, string name, bool wished, bool taken)
    {
        if (wished && !taken) body.Note(name + ": left out");
        return wished && taken;
    }
}
