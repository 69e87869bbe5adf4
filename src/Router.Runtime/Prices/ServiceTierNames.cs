using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// Service tiers by the names that providers give them: OpenAI (https://developers.openai.com/api/docs/guides/flex-processing), Anthropic
/// (https://platform.claude.com/docs/en/api/service-tiers) and Groq ask and answer with the same ones.
/// </summary>
internal static class ServiceTierNames
{
    // What requests ask with, and under which name codecs hand on what the provider answered.
    private const string Asked = "service_tier";
    private const string Answered = "ServiceTier";

    /// <summary>Returns what a request asks for; null where it asks for nothing, or leaves it to the provider.</summary>
    public static ServiceTier? AskedIn(AdditionalPropertiesDictionary? properties) => Find(properties, Asked) is { } name ? Of(name) : null;

    /// <summary>Returns which tier served a call; null where the provider did not say.</summary>
    public static ServiceTier? AnsweredIn(AdditionalPropertiesDictionary? properties) => Find(properties, Answered) is { } name ? Of(name) ?? ServiceTier.Standard : null;

    private static ServiceTier? Of(string name) => name switch
    {
        "default" or "standard" or "on_demand" or "standard_only" => ServiceTier.Standard,
        "flex" => ServiceTier.Flex,
        "batch" => ServiceTier.Batch,
        "priority" or "fast" or "performance" => ServiceTier.Priority,
        _ => null,
    };

    private static string? Find(AdditionalPropertiesDictionary? properties, string name) =>
        properties is null || !properties.TryGetValue(name, out object? value) ? null : value as string ?? (value is JsonElement { ValueKind: JsonValueKind.String } json ? json.GetString() : null);
}
