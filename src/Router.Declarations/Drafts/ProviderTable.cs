using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Problems;

namespace RouterGen.Declarations.Drafts;

/// <summary>The providers that a class's deployments may name: its own, then the assembly's, then the catalog's.</summary>
internal sealed class ProviderTable
{
    private readonly Dictionary<string, ProviderRow> _declared = new(StringComparer.Ordinal);
    private readonly ModelCatalog _catalog;

    private ProviderTable(ModelCatalog catalog) => _catalog = catalog;

    /// <summary>Reads the providers of a class. Problems of the assembly's providers are the assembly's, not the class's.</summary>
    public static ProviderTable Of(
        IEnumerable<IEnumerable<DeclaredArguments>> bySource, IEnumerable<DeclaredArguments> ofAssembly, ModelCatalog catalog, ProblemList problems)
    {
        var table = new ProviderTable(catalog);
        table.Add(Join(bySource, problems), problems);
        table.Add(ofAssembly, new ProblemList());
        return table;
    }

    /// <summary>What is wrong with the providers that an assembly declares.</summary>
    public static ProblemList Check(IEnumerable<DeclaredArguments> ofAssembly)
    {
        var problems = new ProblemList();
        new ProviderTable(ModelCatalog.Default).Add(ofAssembly, problems);
        return problems;
    }

    public ProviderRow? Find(string name) => _declared.TryGetValue(name, out ProviderRow? row) ? row : _catalog.Find(name);

    /// <summary>The provider that was meant by a name that is none; null where nothing is near.</summary>
    public string? Nearest(string name) => Spelling.Nearest(name, _declared.Keys.Concat(_catalog.Names));

    /// <summary>The provider that has a model of this name; null where none has.</summary>
    public string? ProviderOf(string model) => _catalog.FindByModel(model)?.Name;

    // What several sources state of one provider is put together; of two in one source, the first counts.
    private static List<DeclaredArguments> Join(IEnumerable<IEnumerable<DeclaredArguments>> bySource, ProblemList problems)
    {
        List<DeclaredArguments> all = [];
        foreach (IEnumerable<DeclaredArguments> source in bySource)
        {
            int earlier = all.Count;
            foreach (DeclaredArguments provider in source)
            {
                int same = all.FindIndex(0, earlier, other => other.Text("Name") == provider.Text("Name"));
                if (same < 0) all.Add(provider);
                else all[same] = all[same].With(provider, $"Provider '{provider.Text("Name")}'", problems);
            }
        }

        return all;
    }

    private void Add(IEnumerable<DeclaredArguments> providers, ProblemList problems)
    {
        foreach (DeclaredArguments provider in providers)
        {
            if (Parse(provider, problems) is { } row && !_declared.ContainsKey(row.Name)) _declared.Add(row.Name, row with { Prices = _catalog.Prices });
        }
    }

    private static ProviderRow? Parse(DeclaredArguments provider, ProblemList problems)
    {
        string? endpoint = SharedProperties.Endpoint(provider, problems);
        string? name = SharedProperties.Name(provider, "Name", problems);
        string? key = SharedProperties.Key(provider, string.IsNullOrEmpty(name) ? null : SharedProperties.ConventionalKey(name!), problems);
        if (endpoint is not null && key is not null && Endpoints.IsClearText(endpoint))
        {
            SharedProperties.ReportClearText(provider, "Endpoint", endpoint, problems);
            endpoint = null;
        }

        if (name is null or "" || provider.Integer("Dialect") is not { } dialect || !Enum.IsDefined(typeof(Dialect), dialect)) return null;
        return new ProviderRow(name, (Dialect)dialect, endpoint)
        {
            EndpointVariable = SharedProperties.EndpointVariable(provider, problems),
            KeyVariable = key,
            TakesNoKey = SharedProperties.TakesNoKey(provider),
            ServesUnlisted = true,
            SpeaksAny = true,
        };
    }
}
