using Microsoft.CodeAnalysis;
using RouterGen.Generator.Catalog;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Model;

namespace RouterGen.Generator.Parsing;

/// <summary>The providers that a class's deployments may name: its own, then the assembly's, then the catalog's.</summary>
internal sealed class ProviderTable
{
    private readonly Dictionary<string, ProviderRow> _declared = new(StringComparer.Ordinal);
    private readonly ModelCatalog _catalog;

    private ProviderTable(ModelCatalog catalog) => _catalog = catalog;

    /// <summary>Reads the providers of a class. Problems of the assembly's providers are the assembly's, not the class's.</summary>
    public static ProviderTable Of(INamedTypeSymbol type, ModelCatalog catalog, ProblemList problems, CancellationToken cancellationToken)
    {
        var table = new ProviderTable(catalog);
        table.Add(type.GetAttributes().WithName(AttributeNames.Provider, cancellationToken), problems);
        table.Add(type.ContainingAssembly.GetAttributes().WithName(AttributeNames.Provider, cancellationToken), new ProblemList());
        return table;
    }

    /// <summary>What is wrong with the providers that an assembly declares.</summary>
    public static ProblemList CheckAssembly(IAssemblySymbol assembly, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        new ProviderTable(ModelCatalog.Default).Add(assembly.GetAttributes().WithName(AttributeNames.Provider, cancellationToken), problems);
        return problems;
    }

    public ProviderRow? Find(string name) => _declared.TryGetValue(name, out ProviderRow row) ? row : _catalog.Find(name);

    /// <summary>The provider that was meant by a name that is none; null where nothing is near.</summary>
    public string? Nearest(string name) => Spelling.Nearest(name, _declared.Keys.Concat(_catalog.Providers.Select(provider => provider.Name)));

    /// <summary>The provider that has a model of this name; null where none has.</summary>
    public string? ProviderOf(string model) => _catalog.FindByModel(model)?.Name;

    private void Add(IEnumerable<AttributeArguments> providers, ProblemList problems)
    {
        foreach (AttributeArguments provider in providers)
        {
            if (Parse(provider, problems) is { } row && !_declared.ContainsKey(row.Name)) _declared.Add(row.Name, row);
        }
    }

    private static ProviderRow? Parse(AttributeArguments provider, ProblemList problems)
    {
        string? endpoint = SharedProperties.Endpoint(provider, problems);
        string? name = provider.Text(0);
        string? key = SharedProperties.Key(provider, string.IsNullOrEmpty(name) ? null : SharedProperties.ConventionalKey(name!), problems);
        if (name is null or "" || provider.Enum(1) is not { } dialect || !Enum.IsDefined(typeof(Dialect), dialect)) return null;
        return new ProviderRow(name, (Dialect)dialect, endpoint)
        {
            EndpointVariable = SharedProperties.Name(provider, "EndpointEnv", problems),
            KeyVariable = key,
            IsDeclared = true,
        };
    }
}
