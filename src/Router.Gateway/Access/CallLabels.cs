using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using RouterGen.Gateway.Calls;

namespace RouterGen.Gateway.Access;

/// <summary>Reads what a client's headers say of for whom and for what a request is, under LiteLLM's names: <c>x-litellm-tags</c>, <c>x-litellm-end-user-id</c> and <c>x-litellm-customer-id</c>.</summary>
internal static class CallLabels
{
    private const int MostTags = 16;
    private const int LongestLabel = GatewayCall.LongestLabel;

    /// <summary>Reads the headers. What is too long or too much is passed over: it is a client's text, and is stored.</summary>
    public static void Read(IHeaderDictionary headers, GatewayCall call)
    {
        if (headers.TryGetValue("x-litellm-tags", out StringValues tags)) call.Tags = [.. tags.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(static tag => tag.Length <= LongestLabel).Distinct(StringComparer.Ordinal).Take(MostTags)];
        if (headers.TryGetValue("x-litellm-end-user-id", out StringValues user) || headers.TryGetValue("x-litellm-customer-id", out user)) call.NameEndUser(user.ToString());
    }
}
