using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;

namespace RouterGen.CatalogDiff;

/// <summary>Compares a provider's models with those of LiteLLM's price map.</summary>
internal static class MapComparison
{
    /// <summary>Returns the lines of a diff; none where nothing differs.</summary>
    /// <param name="provider">The provider, without a price map over it.</param>
    /// <param name="map">The map.</param>
    /// <param name="listMissing">Whether models that only the map has are listed where the provider hosts others' models, too: there are hundreds.</param>
    public static IEnumerable<string> Compare(ProviderRow provider, PriceMap map, bool listMissing)
    {
        List<string> lines = [];
        ProviderRow priced = provider with { Prices = map };
        HashSet<string> known = [.. provider.Models.SelectMany(model => model.Aliases.Prepend(model.Name))];
        foreach (ModelRow model in provider.Models)
        {
            if (priced.FindModel(model.Name) is not { } stated) continue;
            string before = RowText.Of(model), after = RowText.Of(stated with { Name = model.Name });
            if (before != after) lines.AddRange(["- " + before, "+ " + after]);
        }

        string[] missing = [.. priced.ModelNames.Where(name => !known.Contains(name)).Distinct().Order(StringComparer.Ordinal)];
        if (listMissing || !provider.ServesUnlisted) lines.AddRange(missing.Select(name => "+ " + RowText.Of(priced.FindModel(name)!)));
        else if (missing.Length > 0) lines.Add($"# {missing.Length} models are only in the map: name the provider to see them.");
        return lines.Count == 0 ? [] : lines.Prepend($"== {provider.Name}.json");
    }
}
