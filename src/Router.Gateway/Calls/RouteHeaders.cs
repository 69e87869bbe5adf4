using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace RouterGen.Gateway.Calls;

/// <summary>The headers that tell how an answer came about: under RouterGen's names, and under those that scripts for LiteLLM look for.</summary>
internal static class RouteHeaders
{
    /// <summary>Adds what is known when an answer begins.</summary>
    public static void Add(IHeaderDictionary headers, string group, string deployment, string model)
    {
        headers["x-routergen-group"] = group;
        headers["x-routergen-deployment"] = deployment;
        headers["x-routergen-model"] = model;
        headers["x-litellm-model-group"] = group;
        headers["x-litellm-model-id"] = deployment;
    }

    /// <summary>Adds what is known when an answer is complete.</summary>
    public static void Add(IHeaderDictionary headers, string group, IReadOnlyList<Attempt> attempts, decimal? cost)
    {
        headers["x-routergen-attempts"] = Text(attempts.Count);
        headers["x-litellm-attempted-retries"] = Text(Math.Max(0, attempts.Count - 1));
        headers["x-litellm-attempted-fallbacks"] = attempts.Count > 0 && attempts[^1].Group != group ? "1" : "0";
        if (cost is not { } usd) return;
        headers["x-routergen-cost"] = headers["x-litellm-response-cost"] = usd.ToString(CultureInfo.InvariantCulture);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
