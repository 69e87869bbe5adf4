using System;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// Addresses of Azure's models. Endpoints are stated in many forms: the resource alone, as the portal shows it, up to any of its APIs, or the whole
/// address. https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle,
/// https://learn.microsoft.com/azure/ai-foundry/foundry-models/concepts/endpoints
/// </summary>
[Embedded]
internal static class AzureAddress
{
    private const string OpenAI = "/openai", OpenAIV1 = "/openai/v1", V1 = "/v1", Models = "/models", Anthropic = "/anthropic", Responses = "/responses", Deployments = "/openai/deployments/";
    private const string VersionParameter = "api-version=";

    // What is asked where an address demands a version and none is stated: the newest of each API that is no preview, and the only one of /models.
    private const string UsualVersion = "2024-10-21", VersionOfModels = "2024-05-01-preview";

    /// <summary>Returns the address of requests.</summary>
    /// <param name="endpoint">The endpoint, without a slash at its end; it may have a query with a version.</param>
    /// <param name="path">The dialect's path.</param>
    /// <param name="deployment">The deployment's name.</param>
    /// <param name="apiVersion">The version that is stated; null for none.</param>
    public static string Of(string endpoint, string path, string deployment, string? apiVersion)
    {
        int query = endpoint.IndexOf('?', StringComparison.Ordinal);
        string start = (query < 0 ? endpoint : endpoint[..query]).TrimEnd('/');
        string? version = apiVersion ?? (query < 0 ? null : VersionIn(endpoint[(query + 1)..]));

        // Anthropic's path has the version, those of OpenAI's dialects have not.
        if (path.StartsWith("/v1/", StringComparison.Ordinal)) return OfAnthropic(start, path);
        bool isOfResponses = path.StartsWith(Responses, StringComparison.Ordinal);
        if (isOfResponses) start = Without(start, Models); // which has no Responses API
        if (isOfResponses && path != Responses) start = Without(start, Responses);
        if (start.EndsWith(path, StringComparison.Ordinal)) return start + QueryOfWhole(start, version);
        if (start.EndsWith(Models, StringComparison.Ordinal)) return start + path + Query(version ?? VersionOfModels);
        if (start.Contains(Deployments, StringComparison.Ordinal)) return start + path + Query(version ?? UsualVersion);
        if (IsOfV1(version) || start.EndsWith(V1, StringComparison.Ordinal))
        {
            string api = start.EndsWith(V1, StringComparison.Ordinal) ? start : Root(start) + OpenAIV1;
            return api + path + (version is "preview" ? Query(version) : "");
        }

        // In a request to /responses the deployment is in the body alone.
        string of = isOfResponses ? OpenAI : Deployments + Uri.EscapeDataString(deployment);
        return Root(start) + of + path + Query(version!);
    }

    private static string OfAnthropic(string start, string path)
    {
        if (start.EndsWith(path, StringComparison.Ordinal)) return start;
        if (start.EndsWith(Anthropic + V1, StringComparison.Ordinal)) return start[..^V1.Length] + path;
        return (start.EndsWith(Anthropic, StringComparison.Ordinal) ? start : Without(Root(start), Models) + Anthropic) + path;
    }

    private static string QueryOfWhole(string start, string? version) =>
        start.Contains(Deployments, StringComparison.Ordinal) ? Query(version ?? UsualVersion)
        : start.Contains(Models + "/", StringComparison.Ordinal) ? Query(version ?? VersionOfModels)
        : version is null || (start.Contains(OpenAIV1, StringComparison.Ordinal) && version is not "preview") ? ""
        : Query(version);

    private static string Root(string start) => Without(Without(start, V1), OpenAI);

    private static string Without(string text, string end) => text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : text;

    // The names of the v1 API in place of a date.
    private static bool IsOfV1(string? version) => version is null or "v1" or "latest" or "preview";

    private static string Query(string version) => "?" + VersionParameter + version;

    private static string? VersionIn(string query)
    {
        foreach (string parameter in query.Split('&'))
        {
            if (parameter.StartsWith(VersionParameter, StringComparison.OrdinalIgnoreCase) && parameter.Length > VersionParameter.Length) return Uri.EscapeDataString(parameter[VersionParameter.Length..]);
        }

        return null;
    }
}
