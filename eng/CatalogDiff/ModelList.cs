using System.Text.Json;
using RouterGen.Declarations.Catalog;

namespace RouterGen.CatalogDiff;

/// <summary>The list of models that a provider answers: an object with <c>data</c> (OpenAI, Anthropic) or <c>models</c> (Gemini, Ollama), or an array.</summary>
internal static class ModelList
{
    /// <summary>Reads the ids of the models; false where the text is no such list.</summary>
    public static bool TryRead(string text, out List<string> ids)
    {
        ids = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement list = document.RootElement;
            if (list.ValueKind is JsonValueKind.Object && !list.TryGetProperty("data", out list) && !document.RootElement.TryGetProperty("models", out list)) return false;
            if (list.ValueKind is not JsonValueKind.Array) return false;
            foreach (JsonElement model in list.EnumerateArray())
            {
                string? id = model.ValueKind is JsonValueKind.String ? model.GetString() : Text(model, "id") ?? Text(model, "name");
                if (id is not null) ids.Add(id.StartsWith("models/", StringComparison.Ordinal) ? id["models/".Length..] : id);
            }

            return true;
        }
        catch (JsonException)
        {
            return false; // A price map may have comments and trailing commas.
        }
    }

    /// <summary>Returns the lines of a diff: the models that only one side has. What has retired need not be there.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="ids">The models that it lists.</param>
    /// <param name="today">The day, as <c>yyyy-MM-dd</c>.</param>
    public static IEnumerable<string> Compare(ProviderRow provider, IReadOnlyCollection<string> ids, string today)
    {
        List<string> lines = [];
        HashSet<string> known = [.. provider.Models.SelectMany(model => model.Aliases.Prepend(model.Name))];
        foreach (ModelRow model in provider.Models)
        {
            bool isServed = model.Aliases.Prepend(model.Name).Any(ids.Contains);
            bool isRetired = model.Retires is { } day && string.CompareOrdinal(day, today) <= 0;
            if (!isServed && !isRetired) lines.Add("- " + RowText.Of(model));
            if (isServed && isRetired) lines.Add($"# {model.Name} is served, although it retired on {model.Retires}");
        }

        lines.AddRange(ids.Where(id => !known.Contains(id)).Distinct().Order(StringComparer.Ordinal).Select(id => $"+ {{ \"model\": \"{id}\" }}"));
        return lines.Count == 0 ? [] : lines.Prepend($"== {provider.Name}.json");
    }

    private static string? Text(JsonElement model, string name) =>
        model.ValueKind is JsonValueKind.Object && model.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
