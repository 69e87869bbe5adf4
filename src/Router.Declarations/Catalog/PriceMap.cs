namespace RouterGen.Declarations.Catalog;

/// <summary>What LiteLLM's price map says of models, found by the names that it gives them. Immutable.</summary>
internal sealed class PriceMap(IReadOnlyDictionary<string, PriceRow> rows)
{
    public static readonly PriceMap None = new(new Dictionary<string, PriceRow>());

    public bool IsEmpty => rows.Count == 0;

    /// <summary>All that several maps say: of a model that more than one has, what the last says.</summary>
    public static PriceMap Join(IReadOnlyCollection<PriceMap> maps)
    {
        if (maps.Count <= 1) return maps.FirstOrDefault() ?? None;
        var all = new Dictionary<string, PriceRow>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, PriceRow> row in maps.SelectMany(map => map.Rows)) all[row.Key] = row.Value;
        return new(all);
    }

    /// <summary>The row of a provider's model; null where there is none.</summary>
    /// <param name="provider">The names of the provider. The map writes one of them before the model, or none.</param>
    /// <param name="model">The model as the provider knows it.</param>
    public PriceRow? Find(string[] provider, string model)
    {
        if (IsEmpty) return null;
        foreach (string name in provider.Select(name => name + "/" + model).Append(model))
        {
            if (rows.TryGetValue(name, out PriceRow? row) && Array.IndexOf(provider, row.Provider) >= 0) return row;
        }

        return null;
    }

    /// <summary>The models of a provider, as it knows them.</summary>
    public IEnumerable<string> ModelsOf(string[] provider) =>
        from row in rows
        where Array.IndexOf(provider, row.Value.Provider) >= 0
        let prefix = provider.FirstOrDefault(name => row.Key.StartsWith(name + "/", StringComparison.Ordinal))
        select prefix is null ? row.Key : row.Key.Substring(prefix.Length + 1);

    private IEnumerable<KeyValuePair<string, PriceRow>> Rows => rows;
}
