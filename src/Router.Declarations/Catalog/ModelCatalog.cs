using RouterGen.Declarations.Catalog.Files;

namespace RouterGen.Declarations.Catalog;

/// <summary>
/// The providers and models that are known without a declaration. A provider is a file in <c>Providers</c>, and a line of <c>providers.json</c>.
/// It is read when the provider is asked for: a compilation pays for those alone that it uses.
/// </summary>
internal sealed class ModelCatalog(params ProviderEntry[] entries)
{
    public static readonly ModelCatalog Default = new(ReadEntries());

    /// <summary>What a project's price map says, which goes over what is known here.</summary>
    public PriceMap Prices { get; private init; } = PriceMap.None;

    /// <summary>This catalog with a price map over it.</summary>
    public ModelCatalog With(PriceMap prices) => prices.IsEmpty ? this : new(entries) { Prices = prices };

    /// <summary>The names of all providers, and their aliases.</summary>
    public IEnumerable<string> Names => entries.SelectMany(entry => entry.Names);

    /// <summary>All providers. To walk them reads the file of each, but for its models.</summary>
    public IEnumerable<ProviderRow> Providers => entries.Select(Row);

    /// <summary>The provider of this name or alias; null where there is none.</summary>
    public ProviderRow? Find(string name)
    {
        foreach (ProviderEntry entry in entries)
        {
            if (Array.IndexOf(entry.Names, name) >= 0) return Row(entry);
        }

        return null;
    }

    /// <summary>The provider that serves a model of this name; null where there is none.</summary>
    public ProviderRow? FindByModel(string model) => Providers.FirstOrDefault(provider => provider.In(null, model)!.FindModel(model) is not null);

    private ProviderRow Row(ProviderEntry entry) => Prices.IsEmpty ? entry.Provider : entry.Provider with { Prices = Prices };

    private static ProviderEntry[] ReadEntries()
    {
        List<ProviderEntry> entries = [];
        CatalogReader reader = CatalogReader.Open("providers");
        reader.ReadObject(name =>
        {
            string[] aliases = reader.ReadTexts();
            entries.Add(new(name, () => ProviderFile.Read(name, aliases), aliases));
            return true;
        });
        return [.. entries];
    }
}

/// <summary>A provider as the catalog finds it: by names that are known before its file is read.</summary>
/// <param name="name">The provider's name.</param>
/// <param name="provider">Makes its row.</param>
/// <param name="aliases">Its aliases.</param>
internal sealed class ProviderEntry(string name, Func<ProviderRow> provider, params string[] aliases)
{
    private readonly Lazy<ProviderRow> _provider = new(provider);

    public string[] Names { get; } = [name, .. aliases];

    public ProviderRow Provider => _provider.Value;
}
