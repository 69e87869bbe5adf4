using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the service tier: an object with its name. https://docs.aws.amazon.com/bedrock/latest/userguide/service-tiers-inference.html</summary>
[Embedded]
internal static class ConverseTiers
{
    /// <summary>The member of the request.</summary>
    public const string Member = "serviceTier";

    /// <summary>Writes the tier that the additional properties name, else that of the call or the deployment.</summary>
    public static void Write(Utf8JsonWriter json, ChatRequest request, ModelProfile model, RequestWriter body)
    {
        object? named = null;
        if (request.Options?.AdditionalProperties is { } extras && (extras.ContainsKey(Member) || extras.TryGetValue(CodecTiers.Name, out named)))
        {
            if (named is not null) WriteNamed(json, CodecScalars.StringOf(named), body);
            return;
        }

        if (CodecTiers.Fit(request, model, body, NameOf) is { } tier) Write(json, tier);
    }

    /// <summary>A tier has a name at each provider; <c>auto</c> is what the API does by itself.</summary>
    private static void WriteNamed(Utf8JsonWriter json, string? name, RequestWriter body)
    {
        string? tier = name switch
        {
            "default" or "standard" or "standard_only" or "on_demand" => "default",
            "flex" => "flex",
            "priority" or "fast" => "priority",
            "reserved" => "reserved",
            _ => null,
        };
        if (CodecWishes.Grant(body, CodecTiers.Name, name is not "auto", tier is not null)) Write(json, tier!);
    }

    private static void Write(Utf8JsonWriter json, string tier)
    {
        json.WriteStartObject(Member);
        json.WriteString("type"u8, tier);
        json.WriteEndObject();
    }

    private static string? NameOf(ServiceTier tier) => tier switch
    {
        ServiceTier.Standard => "default",
        ServiceTier.Flex => "flex",
        ServiceTier.Priority => "priority",
        _ => null,
    };
}
