using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RouterGen.FakeProviders;

/// <summary>
/// The lists of models that providers have: <c>GET /{provider}/…/models</c> as OpenAI, Anthropic, Gemini and Cohere answer it, and
/// <c>/api/tags</c> as Ollama does. A provider whose list is not set has none, and answers 404.
/// </summary>
public sealed class FakeModelLists
{
    private readonly ConcurrentDictionary<string, FakeModelList> _lists = new(StringComparer.Ordinal);

    /// <summary>Sets the list of a provider, which is the first segment of the path.</summary>
    public void Set(string provider, FakeModelList list) => _lists[provider] = list;

    internal (int Status, JsonObject Body) Answer(string provider, string path, IHeaderDictionary headers)
    {
        if (!_lists.TryGetValue(provider, out FakeModelList? list)) return (404, Error("there is no such path"));
        if (list.Key is { } key && !headers.Any(header => header.Value.ToString() == key || header.Value.ToString() == "Bearer " + key)) return (401, Error("Incorrect API key provided: " + headers.Authorization));
        JsonObject[] models = [.. list.Models.Select(model => Model(model, list))];
        return path.EndsWith("/tags", StringComparison.Ordinal) || list.IsNamed
            ? (200, new JsonObject { ["models"] = new JsonArray(models) })
            : (200, new JsonObject { ["object"] = "list", ["data"] = new JsonArray(models) });
    }

    private static JsonObject Model(string model, FakeModelList list)
    {
        var json = new JsonObject { ["id"] = model, ["name"] = model };
        if (list.ShutdownDates.TryGetValue(model, out string? date)) json["shutdown_date"] = date;
        return json;
    }

    private static JsonObject Error(string message) => new() { ["error"] = new JsonObject { ["message"] = message } };
}

/// <summary>What one provider lists.</summary>
/// <param name="Models">The names of its models.</param>
public sealed record FakeModelList(params string[] Models)
{
    /// <summary>The key that it demands, in whatever header; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>When models are switched off, by name.</summary>
    public IReadOnlyDictionary<string, string> ShutdownDates { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the models are under "models", by "name", as Gemini and Cohere have it.</summary>
    public bool IsNamed { get; init; }
}
