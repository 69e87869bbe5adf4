using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Fits the reasoning effort to the model, and with it the parameters that depend on it.</summary>
[Embedded]
internal static class OpenAIReasoning
{
    /// <summary>The name of an effort among the additional properties.</summary>
    public const string Effort = "reasoning_effort";

    /// <summary>Returns the effort to send; 0 for none.</summary>
    /// <param name="options">The caller's options.</param>
    /// <param name="model">The model.</param>
    /// <param name="withTools">The efforts that the model takes beside tools: some take fewer, or demand that one is stated. Null where there is no difference.</param>
    /// <param name="body">The request.</param>
    public static ModelEfforts Fit(ChatOptions options, ModelProfile model, ModelEfforts? withTools, RequestWriter body)
    {
        ModelEfforts asked = CodecEfforts.AskedBy(options);
        bool hasTools = HasFunctions(options);
        if (asked == 0)
        {
            // Where tools go with no effort but none, the model's usual one would be refused.
            bool isDemanded = hasTools && withTools is ModelEfforts.None && options.AdditionalProperties?.ContainsKey(Effort) is not true;
            return isDemanded ? ModelEfforts.None : ModelEfforts.NotTaken;
        }

        if (!model.Takes(ModelParameters.Reasoning))
        {
            // A model without efforts does what is asked where no reasoning is.
            if (asked is not ModelEfforts.None) body.Note(Effort + ": left out");
            return ModelEfforts.NotTaken;
        }

        ModelEfforts taken = model.Efforts == 0 ? CodecEfforts.All | asked : model.Efforts;
        return CodecEfforts.Fit(body, asked, hasTools && withTools is { } fewer ? fewer : taken);
    }

    /// <summary>Writes <c>temperature</c> and <c>top_p</c>, where the model takes them beside the effort.</summary>
    /// <returns>False where one of them is infinite or no number.</returns>
    public static bool WriteSampling(Utf8JsonWriter json, ChatOptions options, ModelProfile model, ModelEfforts effort, RequestWriter body)
    {
        bool taken = model.Takes(ModelParameters.Sampling) && (effort is ModelEfforts.None || !model.Has(OpenAIQuirks.SamplingWithoutReasoning));
        return CodecWishes.WriteNumber(json, body, "temperature", "temperature", options.Temperature, taken) & CodecWishes.WriteNumber(json, body, "top_p", "top_p", options.TopP, taken);
    }

    private static bool HasFunctions(ChatOptions options)
    {
        if (options.Tools is not { } tools) return false;
        for (int i = 0; i < tools.Count; i++)
        {
            if (tools[i] is AIFunctionDeclaration) return true;
        }

        return false;
    }
}
