using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// The service tier. Gemini's own API has a member for it (https://ai.google.dev/gemini-api/docs/flex-inference); Vertex AI has a header, and
/// refuses the member. So it is sent only to a model that is known to take it, also where the deployment states one.
/// </summary>
[Embedded]
internal static class GeminiTiers
{
    /// <summary>Writes the tier of the call or the deployment, unless the additional properties have it in either spelling.</summary>
    public static void Write(Utf8JsonWriter json, ChatRequest request, ModelProfile model, RequestWriter body)
    {
        if (request.Options?.AdditionalProperties?.ContainsKey(Member) is true) return;
        CodecTiers.Write(json, request, model, body, model.Takes(ModelParameters.ServiceTier) ? NameOf : CodecTiers.None);
    }

    /// <summary>Returns whether an additional property can be sent as far as tiers are concerned.</summary>
    public static bool IsSent(string name, ModelProfile model) => name is not (Member or CodecTiers.Name) || model.Takes(ModelParameters.ServiceTier);

    // The API reads members in both spellings.
    private const string Member = "serviceTier";

    private static string? NameOf(ServiceTier tier) => tier switch
    {
        ServiceTier.Standard => "standard",
        ServiceTier.Flex => "flex",
        ServiceTier.Priority => "priority",
        _ => null,
    };
}
