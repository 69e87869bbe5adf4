using System;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>Where Vertex AI serves a model.</summary>
[Embedded]
internal static class VertexAddress
{
    private const string OwnEndpoint = "endpoints/";

    // A region is a part of the host's name, but for these. https://cloud.google.com/vertex-ai/generative-ai/docs/learn/locations
    private static readonly (string Regional, string Host)[] Hosts =
    [
        ("https://global-aiplatform.googleapis.com/", "https://aiplatform.googleapis.com/"),
        ("https://us-aiplatform.googleapis.com/", "https://aiplatform.us.rep.googleapis.com/"),
        ("https://eu-aiplatform.googleapis.com/", "https://aiplatform.eu.rep.googleapis.com/"),
    ];

    /// <summary>Returns an endpoint with the host that the global location and the multi-regions have.</summary>
    public static string HostOf(string endpoint)
    {
        foreach ((string regional, string host) in Hosts)
        {
            if (endpoint.StartsWith(regional, StringComparison.OrdinalIgnoreCase)) return host + endpoint[regional.Length..];
        }

        return endpoint;
    }

    /// <summary>Returns the path behind the project and location.</summary>
    /// <param name="path">The dialect's own path.</param>
    /// <param name="model">The model.</param>
    /// <param name="streaming">Whether the answer is to be streamed.</param>
    public static string PathOf(string path, string model, bool streaming)
    {
        if (path.EndsWith("/messages", StringComparison.Ordinal)) return "/publishers/anthropic/models/" + Escaped(model) + (streaming ? ":streamRawPredict" : ":rawPredict");
        if (path.EndsWith("/messages/count_tokens", StringComparison.Ordinal)) return "/publishers/anthropic/models/count-tokens:rawPredict";
        if (path.EndsWith("/chat/completions", StringComparison.Ordinal)) return "/endpoints/openapi/chat/completions";

        // Gemini's own path: a tuned model is at an endpoint of the project's own.
        string action = path[(path.LastIndexOf(':') + 1)..];
        return (model.StartsWith(OwnEndpoint, StringComparison.Ordinal) ? "/" + OwnEndpoint + Escaped(model[OwnEndpoint.Length..]) : "/publishers/google/models/" + Escaped(model)) + ":" + action;
    }

    // Snapshots have their date behind an @, which paths may hold.
    private static string Escaped(string model) => Uri.EscapeDataString(model).Replace("%40", "@", StringComparison.Ordinal);
}
