using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>The service tier: of a request, what the call asks for, else what its deployment states; of an answer, what the provider says.</summary>
[Embedded]
internal static class CodecTiers
{
    /// <summary>The additional property that names a tier in the provider's own word, and the member of most dialects.</summary>
    public const string Name = "service_tier";

    /// <summary>
    /// Writes the tier. An additional property of that name is written as it is with the others, in the provider's own word; a tier that
    /// the model does not take, or the dialect has no word for, is left out.
    /// </summary>
    /// <param name="json">The request, within its object.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="model">The model. A deployment that states a tier has one, whatever is known of its model.</param>
    /// <param name="body">Notes what is left out.</param>
    /// <param name="wordFor">The dialect's word for a tier; null where it has none.</param>
    public static void Write(Utf8JsonWriter json, ChatRequest request, ModelProfile model, RequestWriter body, Func<ServiceTier, string?> wordFor)
    {
        if (Fit(request, model, body, wordFor) is { } word) json.WriteString(Name, word);
    }

    /// <summary>Returns the dialect's word for the tier to send, and notes a tier that is left out; null where none is sent.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="model">The model.</param>
    /// <param name="body">Notes what is left out.</param>
    /// <param name="wordFor">The dialect's word for a tier; null where it has none.</param>
    public static string? Fit(ChatRequest request, ModelProfile model, RequestWriter body, Func<ServiceTier, string?> wordFor)
    {
        if ((request.ServiceTier ?? model.ServiceTier) is not { } tier || request.Options?.AdditionalProperties?.ContainsKey(Name) is true) return null;
        string? word = model.ServiceTier is not null || model.Takes(ModelParameters.ServiceTier) ? wordFor(tier) : null;
        return CodecWishes.Grant(body, Name, wished: true, taken: word is not null) ? word : null;
    }

    /// <summary>Notes that a tier is left out, in a dialect that has none.</summary>
    public static void LeaveOut(ChatRequest request, ModelProfile model, RequestWriter body) => Fit(request, model, body, None);

    /// <summary>Returns null for each tier: the dialect, or the platform, has no word for any.</summary>
    public static string? None(ServiceTier tier) => null;

    /// <summary>Returns what the official adapters note of the tier that served a call, under their name for it; null where the provider did not say.</summary>
    public static AdditionalPropertiesDictionary? Describe(string? tier) => tier is null ? null : new() { ["ServiceTier"] = tier };
}
