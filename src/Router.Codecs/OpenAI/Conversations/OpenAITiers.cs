using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>The words for service tiers, the same in both dialects.</summary>
[Embedded]
internal static class OpenAITiers
{
    /// <summary>Returns the name of a tier; null where requests cannot ask for it. https://developers.openai.com/api/docs/guides/flex-processing</summary>
    public static string? NameOf(ServiceTier tier) => tier switch
    {
        ServiceTier.Standard => "default",
        ServiceTier.Flex => "flex",
        ServiceTier.Priority => "priority",
        _ => null,
    };
}
