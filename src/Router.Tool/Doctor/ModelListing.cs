using System.Globalization;
using System.Text.Json;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Specs;

namespace RouterGen.Tool.Doctor;

/// <summary>How a wire format lists models: a row for each that does.</summary>
/// <param name="Dialect">The wire format.</param>
/// <param name="Path">Where, behind the endpoint.</param>
/// <param name="Items">The member with the models; without it the answer is the array.</param>
/// <param name="Ids">The members that may name a model, in order.</param>
internal sealed record ModelListing(Dialect Dialect, string Path, string Items, params string[] Ids)
{
    // https://platform.openai.com/docs/api-reference/models, https://docs.anthropic.com/en/api/models-list, https://ai.google.dev/api/models,
    // https://docs.cohere.com/reference/list-models (beside the chat API, under version 1), https://docs.ollama.com/api/tags
    private static readonly ModelListing[] All =
    [
        new(Dialect.OpenAIChat, "/models", "data", "id"),
        new(Dialect.OpenAIResponses, "/models", "data", "id"),
        new(Dialect.AnthropicMessages, "/v1/models?limit=1000", "data", "id"),
        new(Dialect.Gemini, "/models?pageSize=1000", "models", "name"),
        new(Dialect.CohereChat, "/../v1/models?page_size=1000", "models", "name"),
        new(Dialect.OllamaChat, "/api/tags", "models", "name", "model"),
    ];

    // When a model is switched off, as providers call it: OpenAI, Mistral, others.
    private static readonly string[] Ends = ["shutdown_date", "deprecation", "deprecation_date"];

    /// <summary>The listing for a deployment; null where there is none. Clouds list models elsewhere, and other things than deployments.</summary>
    public static ModelListing? For(DeploymentSpec deployment) => deployment.Connection.Platform is null ? Array.Find(All, row => row.Dialect == deployment.Dialect) : null;

    /// <summary>Reads an answer.</summary>
    /// <returns>The models with the day on which each is switched off, where that is stated; null where the answer has another form.</returns>
    public Dictionary<string, DateTimeOffset?>? Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            JsonElement items = document.RootElement.ValueKind is JsonValueKind.Array ? document.RootElement : document.RootElement.GetProperty(Items);
            var models = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
            foreach (JsonElement item in items.EnumerateArray())
            {
                foreach (string id in Ids)
                {
                    if (item.TryGetProperty(id, out JsonElement name) && name.GetString() is { Length: > 0 } text) models[WithoutFolder(text)] = EndOf(item);
                }
            }

            return models;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    // Gemini lists "models/gemini-…".
    private string WithoutFolder(string name) => Dialect is Dialect.Gemini && name.StartsWith("models/", StringComparison.Ordinal) ? name["models/".Length..] : name;

    private static DateTimeOffset? EndOf(JsonElement item)
    {
        foreach (string name in Ends)
        {
            if (!item.TryGetProperty(name, out JsonElement end)) continue;
            if (end.ValueKind is JsonValueKind.Number && end.TryGetInt64(out long seconds) && seconds is > 0 and < 100_000_000_000) return DateTimeOffset.FromUnixTimeSeconds(seconds);
            if (end.ValueKind is JsonValueKind.String && DateTimeOffset.TryParse(end.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)) return date;
        }

        return null;
    }
}
