using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Tests;

/// <summary>The traits of a model by their names, capabilities, parameters and quirks alike.</summary>
internal static class TraitNames
{
    public static HashSet<string> Of(string provider, ModelTraits traits) => Of(ModelCatalog.Default.Find(provider)!, traits);

    public static HashSet<string> Of(ProviderRow provider, ModelTraits traits)
    {
        Enum quirks = provider.Conventions.Quirks(traits.Quirks);
        return [.. Split($"{traits.Capabilities}, {traits.Parameters}, {quirks}").Where(name => name is not "None")];
    }

    public static HashSet<string> Split(string names) => [.. names.Split(", ", StringSplitOptions.RemoveEmptyEntries)];
}
