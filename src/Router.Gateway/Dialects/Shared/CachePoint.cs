using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen.Gateway.Dialects.Shared;

/// <summary>Anthropic's cache points, which are common in other dialects too: LiteLLM and OpenRouter take them there.</summary>
internal static class CachePoint
{
    /// <summary>Gives a content what its part says of caching.</summary>
    public static AIContent Put(AIContent content, JsonElement part)
    {
        if (part.Get("cache_control"u8) is { ValueKind: JsonValueKind.Object } point) (content.AdditionalProperties ??= [])["cache_control"] = point;
        return content;
    }
}
