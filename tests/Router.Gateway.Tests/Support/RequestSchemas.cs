using System.Text.Json;
using System.Text.Json.Nodes;
using RouterGen.Codecs.Tests.Support;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>What providers publish of requests, and so of the answers that are sent back in them.</summary>
internal static class RequestSchemas
{
    /// <summary>What the gateway's dialects have besides what is published: state of models that is no provider's own.</summary>
    private static readonly HashSet<(string Schema, string Path)> Own =
    [
        ("OpenAIChat", "messages[].reasoning_content"),
        ("OpenAIChat", "messages[].reasoning_details"),
    ];

    /// <summary>Says where and why a request does not fit; null where it does.</summary>
    public static string? Mismatch(string schema, JsonNode request)
    {
        using Stream file = typeof(RequestSchemas).Assembly.GetManifestResourceStream(schema + ".json")!;
        using var read = JsonDocument.Parse(file);
        return new SchemaValidator(read.RootElement, path => Own.Contains((schema, path))).Check(JsonElement.Parse(request.ToJsonString()));
    }
}
