using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace RouterGen.Gateway.Access;

/// <summary>Finds the key of a request where any client puts it.</summary>
internal static class RequestKey
{
    private const string Bearer = "Bearer ";

    // Beside Authorization, where the clients of OpenAI and most others put keys: those of Anthropic, Azure and Google.
    private static readonly string[] KeyHeaders = ["x-api-key", "api-key", "x-goog-api-key"];

    /// <summary>Returns the key; null where there is none. Two headers of one name are no key: what stands before the gateway may have looked at the other one.</summary>
    public static string? Of(IHeaderDictionary headers)
    {
        StringValues authorization = headers.Authorization;
        if (authorization.Count > 0 && authorization[0] is { } value && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return authorization.Count == 1 ? value[Bearer.Length..].Trim() : "";
        foreach (string name in KeyHeaders)
        {
            if (headers.TryGetValue(name, out StringValues values) && values.ToString() is { Length: > 0 } key) return values.Count == 1 ? key : "";
        }

        return null;
    }
}
