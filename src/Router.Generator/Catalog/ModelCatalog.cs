namespace RouterGen.Generator.Catalog;

/// <summary>The providers and models that are known without a declaration. A provider is one file with one row.</summary>
internal sealed class ModelCatalog(params ProviderRow[] providers)
{
    public static readonly ModelCatalog Default = new(AnthropicModels.Provider, OpenAIModels.Provider);

    /// <summary>All providers, by name.</summary>
    public ProviderRow[] Providers { get; } = providers;

    public ProviderRow? Find(string name)
    {
        foreach (ProviderRow provider in Providers)
        {
            if (provider.Name == name) return provider;
        }

        return null;
    }

    /// <summary>The provider that serves a model of this name; null where there is none.</summary>
    public ProviderRow? FindByModel(string model)
    {
        foreach (ProviderRow provider in Providers)
        {
            if (provider.FindModel(model) is not null) return provider;
        }

        return null;
    }
}
