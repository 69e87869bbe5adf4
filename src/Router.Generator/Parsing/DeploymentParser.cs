using RouterGen.Generator.Catalog;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Model;

namespace RouterGen.Generator.Parsing;

/// <summary>Reads the [Deployment] attributes of one group. One that cannot be generated is left out, for a reason that is reported.</summary>
internal sealed class DeploymentParser(ProviderTable providers, ProblemList problems)
{
    /// <param name="group">The group.</param>
    /// <param name="reservedNames">The names that properties of the group's class must not have.</param>
    public List<DeploymentSpec> Parse(GroupDraft group, IEnumerable<string> reservedNames)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var members = new HashSet<string>(reservedNames, StringComparer.Ordinal) { group.TypeName };
        var sound = new HashSet<(string Provider, string Model, ConnectionSpec Connection)>();
        List<DeploymentSpec> deployments = [];
        foreach (AttributeArguments attribute in group.Declared)
        {
            DeploymentLimits limits = ParseLimits(attribute);
            if (ParseModel(attribute) is not var (provider, model)) continue;
            int before = problems.Count;
            ConnectionSpec? connection = ParseConnection(attribute, provider, provider.Name + "/" + model);
            bool isSound = problems.Count == before;
            ModelRow? row = provider.FindModel(model);
            int? outputLimit = NumberBounds.Positive(attribute, "MaxOutputTokens", problems);
            int? contextWindow = NumberBounds.Positive(attribute, "ContextWindow", problems);
            TokenPrices? prices = ParsePrices(attribute, row);
            string? statedName = SharedProperties.Name(attribute, "Name", problems);
            if (connection is null) continue;

            // One with a wrong endpoint or key is not meant to be what it is taken for here.
            if (isSound && !sound.Add((provider.Name, model, connection)))
            {
                problems.Add(DiagnosticDescriptors.DuplicateDeployment, attribute.LocationOf(0), group.Name, provider.Name + "/" + model);
            }

            string name = ClaimName(statedName ?? provider.Name + "/" + model, names);
            deployments.Add(new(
                name, ClaimMember(name, members), provider.Name, model, connection, limits, provider.Dialect, provider.TraitsOf(row),
                outputLimit ?? provider.Conventions.OutputLimitFor(row), contextWindow ?? row?.ContextWindow ?? 0, prices));
        }

        return deployments;
    }

    private DeploymentLimits ParseLimits(AttributeArguments attribute) => new(
        NumberBounds.Weight(attribute, problems),
        NumberBounds.Positive(attribute, "Rpm", problems),
        NumberBounds.Positive(attribute, "Tpm", problems),
        NumberBounds.Positive(attribute, "MaxConcurrency", problems),
        attribute.Integer("Order"));

    private (ProviderRow Provider, string Model)? ParseModel(AttributeArguments attribute)
    {
        if (!attribute.Has(0)) return null; // Half-typed; the compiler says so.
        string text = attribute.Text(0) ?? "";
        if (Secrets.IsKey(text))
        {
            problems.Add(DiagnosticDescriptors.KeyInSource, attribute.LocationOf(0), "The model");
            return null;
        }

        int slash = text.IndexOf('/');
        string name = slash < 0 ? "" : text.Substring(0, slash);
        string model = text.Substring(slash + 1);
        if (name.Length > 0 && model.Length > 0 && providers.Find(name) is { } provider) return (provider, model);

        // Without a slash, the text is a model whose provider is missing, or a provider whose model is.
        string? replacement = slash < 0
            ? providers.ProviderOf(model) is { } owner ? owner + "/" + model : null
            : providers.Find(name) is null && providers.Nearest(name) is { } near ? near + "/" + model : null;
        string fault = name.Length > 0 && model.Length == 0 ? "no model"
            : name.Length == 0 ? "no provider"
            : $"the unknown provider '{name}'";
        string advice = replacement is not null ? Spelling.DidYouMean(replacement)
            : name.Length > 0 && model.Length > 0 ? $": declare it with [Provider(\"{name}\", Dialect.OpenAIChat, Endpoint = \"https://…\")]"
            : ": write \"provider/model\"";
        problems.AddFixable(DiagnosticDescriptors.UnknownProvider, attribute.LocationOf(0), DiagnosticProperties.Replacement, replacement, text, fault, advice);
        return null;
    }

    private ConnectionSpec? ParseConnection(AttributeArguments attribute, ProviderRow provider, string deployment)
    {
        int before = problems.Count;
        string? ownEndpoint = SharedProperties.Endpoint(attribute, problems);
        string? ownVariable = SharedProperties.Name(attribute, "EndpointEnv", problems);
        string? key = SharedProperties.Key(attribute, provider.KeyVariable ?? SharedProperties.ConventionalKey(provider.Name), problems) ?? provider.KeyVariable;
        bool isSound = problems.Count == before;
        if ((ownEndpoint ?? provider.Endpoint) is not { } endpoint)
        {
            if (isSound) problems.Add(DiagnosticDescriptors.NoEndpoint, attribute.LocationOf(0), deployment, provider.Name);
            return null;
        }

        if (key is null && isSound && !(provider.IsDeclared && Endpoints.IsLoopback(endpoint)))
        {
            problems.AddFixable(
                DiagnosticDescriptors.NoKey, attribute.LocationOf(0), DiagnosticProperties.Variable, SharedProperties.ConventionalKey(provider.Name), deployment, provider.Name);
        }

        // A base URL that the deployment itself states is not to be overridden by the variable of all the provider's others.
        DialectRow conventions = provider.Conventions;
        return new(
            endpoint,
            ownVariable ?? (ownEndpoint is null ? provider.EndpointVariable : null),
            key,
            conventions.KeyHeader,
            conventions.KeyPrefix,
            conventions.Headers.ToEquatableArray());
    }

    private TokenPrices? ParsePrices(AttributeArguments attribute, ModelRow? row)
    {
        decimal? input = NumberBounds.Price(attribute, "InputPrice", problems);
        decimal? output = NumberBounds.Price(attribute, "OutputPrice", problems);
        decimal? cacheRead = NumberBounds.Price(attribute, "CacheReadPrice", problems);
        decimal? cacheWrite = NumberBounds.Price(attribute, "CacheWritePrice", problems);
        TokenPrices? listed = row?.Prices;
        return (input ?? listed?.Input) is { } i && (output ?? listed?.Output) is { } o
            ? new(i, o, cacheRead ?? row?.CacheRead ?? i, cacheWrite ?? row?.CacheWrite ?? i)
            : null;
    }

    private static string ClaimName(string name, HashSet<string> taken)
    {
        string free = name;
        for (int n = 2; !taken.Add(free); n++) free = $"{name} #{n}";
        return free;
    }

    // The struct with the deployment's constants takes the same name with a suffix, so both must be free.
    private static string ClaimMember(string name, HashSet<string> taken)
    {
        string member = Identifiers.Pascal(name, "Deployment");
        while (taken.Contains(member) || taken.Contains(member + DeploymentSpec.ConstantsSuffix)) member += "_";
        taken.Add(member);
        taken.Add(member + DeploymentSpec.ConstantsSuffix);
        return member;
    }
}
