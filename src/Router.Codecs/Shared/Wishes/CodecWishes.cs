using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Wishes: options without which an answer is still one. What a model does not take of them is left out and noted, so that
/// the caller can see it. Demands (tools, a schema, an image, a tool that must be called) lead to another deployment instead.
/// </summary>
[Embedded]
internal static class CodecWishes
{
    /// <summary>Returns whether a wish is sent: it was made, and the model takes it. One that the model does not take is noted.</summary>
    /// <param name="body">The request.</param>
    /// <param name="name">The option's name on the wire.</param>
    /// <param name="wished">Whether the caller wishes for it.</param>
    /// <param name="taken">Whether the model takes it.</param>
    public static bool Grant(RequestWriter body, string name, bool wished, bool taken)
    {
        if (wished && !taken) body.Note(name + ": left out");
        return wished && taken;
    }

    /// <summary>Why a request with a number that is infinite or none is refused.</summary>
    public const string NotFinite = "A sampling parameter is infinite or no number, which JSON cannot say.";

    /// <summary>Writes how the model is to choose its words, as far as it takes that: members that several APIs have, some by other names.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="body">The request.</param>
    /// <param name="options">What the caller asks for.</param>
    /// <param name="model">The model.</param>
    /// <param name="sampling">Whether the model takes a temperature and a <c>top_p</c> in this request.</param>
    /// <param name="topP">The name of <see cref="ChatOptions.TopP"/>.</param>
    /// <param name="topK">The name of <see cref="ChatOptions.TopK"/>.</param>
    /// <param name="seed">The name of <see cref="ChatOptions.Seed"/>.</param>
    /// <param name="stop">The name of <see cref="ChatOptions.StopSequences"/>.</param>
    /// <param name="hasPenalties">Whether the API has penalties.</param>
    public static AttemptFailure? WriteSampling(
        Utf8JsonWriter json, RequestWriter body, ChatOptions options, ModelProfile model, bool sampling, string topP = "top_p", string topK = "top_k", string seed = "seed", string stop = "stop", bool hasPenalties = true)
    {
        bool penalties = hasPenalties && model.Takes(ModelParameters.Penalties);
        bool finite = WriteNumber(json, body, "temperature", "temperature", options.Temperature, sampling);
        finite &= WriteNumber(json, body, "top_p", topP, options.TopP, sampling);
        if (Grant(body, "top_k", options.TopK is not null, model.Takes(ModelParameters.TopK))) json.WriteNumber(topK, options.TopK!.Value);
        finite &= WriteNumber(json, body, "frequency_penalty", "frequency_penalty", options.FrequencyPenalty, penalties);
        finite &= WriteNumber(json, body, "presence_penalty", "presence_penalty", options.PresencePenalty, penalties);
        if (Grant(body, "seed", options.Seed is not null, model.Takes(ModelParameters.Seed))) json.WriteNumber(seed, options.Seed!.Value);
        if (Grant(body, "stop", options.StopSequences is { Count: > 0 }, model.Takes(ModelParameters.Stop)))
        {
            json.WriteStartArray(stop);
            foreach (string one in options.StopSequences!) json.WriteStringValue(one);
            json.WriteEndArray();
        }

        return finite ? null : CodecJson.Unsupported(NotFinite);
    }

    /// <summary>Writes a number that is wished for and taken, and notes one that is not taken.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="body">The request.</param>
    /// <param name="option">The option's name for the caller.</param>
    /// <param name="name">Its name on the wire.</param>
    /// <param name="value">What the caller wishes for; null for nothing.</param>
    /// <param name="taken">Whether the model takes it.</param>
    /// <returns>False, with nothing written, where JSON cannot say the number (<see cref="NotFinite"/>).</returns>
    public static bool WriteNumber(Utf8JsonWriter json, RequestWriter body, string option, string name, float? value, bool taken)
    {
        if (!Grant(body, option, value is not null, taken)) return true;
        if (!float.IsFinite(value!.Value)) return false;
        json.WriteNumber(name, value.Value);
        return true;
    }
}
