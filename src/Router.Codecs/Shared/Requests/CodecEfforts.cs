using System;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Fits a reasoning effort to those that a model takes. An effort is a wish: a neighbour serves better than a refusal.</summary>
[Embedded]
internal static class CodecEfforts
{
    /// <summary>What a caller can ask for; for a model whose efforts are not known.</summary>
    public const ModelEfforts All = ModelEfforts.None | ModelEfforts.Low | ModelEfforts.Medium | ModelEfforts.High | ModelEfforts.ExtraHigh;

    // By the place of the flag.
    private static readonly string[] Names = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

    /// <summary>Returns the effort that the framework's options ask for.</summary>
    public static ModelEfforts Of(ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.None => ModelEfforts.None,
        ReasoningEffort.Low => ModelEfforts.Low,
        ReasoningEffort.High => ModelEfforts.High,
        ReasoningEffort.ExtraHigh => ModelEfforts.ExtraHigh,
        _ => ModelEfforts.Medium,
    };

    /// <summary>Returns the effort of a name, as a caller may put it among the additional properties; 0 for any other value.</summary>
    public static ModelEfforts Of(object? name)
    {
        string? text = CodecScalars.StringOf(name);
        int place = text is null ? -1 : Array.IndexOf(Names, text);
        return place < 0 ? ModelEfforts.NotTaken : (ModelEfforts)(1 << place);
    }

    /// <summary>Returns the effort that a caller wishes for, in the options or by its OpenAI name among the additional properties; 0 for none.</summary>
    public static ModelEfforts AskedBy(ChatOptions? options)
    {
        if (options?.Reasoning?.Effort is { } effort) return Of(effort);
        return options?.AdditionalProperties?.TryGetValue("reasoning_effort", out object? name) is true ? Of(name) : ModelEfforts.NotTaken;
    }

    /// <summary>Returns an effort's name on the wire.</summary>
    public static string NameOf(ModelEfforts effort) => Names[BitOperations.TrailingZeroCount((uint)effort)];

    /// <summary>
    /// Returns the nearest effort that is taken: of two at the same distance the higher one, since a caller that asks for
    /// thought wants a good answer first. No reasoning where none is not taken is the least there is; some reasoning becomes
    /// none only where nothing else is taken.
    /// </summary>
    /// <param name="asked">One effort.</param>
    /// <param name="taken">The efforts that the model takes.</param>
    /// <returns>One of those that are taken; 0 where none is.</returns>
    public static ModelEfforts Nearest(ModelEfforts asked, ModelEfforts taken)
    {
        if ((asked & taken) != 0 || taken == 0) return asked & taken;
        if (asked is ModelEfforts.None) return (ModelEfforts)((int)taken & -(int)taken);
        if (taken is ModelEfforts.None) return taken;
        taken &= ~ModelEfforts.None;
        for (int distance = 1; distance < Names.Length; distance++)
        {
            ModelEfforts higher = (ModelEfforts)((int)asked << distance) & taken;
            if (higher != 0) return higher;
            ModelEfforts lower = (ModelEfforts)((int)asked >> distance) & taken;
            if (lower != 0) return lower;
        }

        return ModelEfforts.NotTaken;
    }

    /// <summary>Fits an effort to those that are taken, and notes what became of it.</summary>
    /// <param name="body">The request.</param>
    /// <param name="asked">The effort that the caller wishes for.</param>
    /// <param name="taken">The efforts that the model takes.</param>
    /// <returns>The effort to send; 0 for none.</returns>
    public static ModelEfforts Fit(RequestWriter body, ModelEfforts asked, ModelEfforts taken)
    {
        ModelEfforts sent = Nearest(asked, taken);
        if (sent != asked) body.Note(sent == 0 ? "reasoning_effort: left out" : $"reasoning_effort: {NameOf(sent)} instead of {NameOf(asked)}");
        return sent;
    }
}
