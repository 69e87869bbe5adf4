using Microsoft.CodeAnalysis;
using RouterGen.Generator.Catalog.Providers;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Model;

namespace RouterGen.Generator.Parsing;

/// <summary>
/// Reads all that is declared for a class, valid or not. One parser, two readers: the generator takes the spec, the analyzer
/// the problems. It never throws for what somebody wrote.
/// </summary>
internal static class ClassParser
{
    /// <summary>Whether a class declares anything that this parser reads.</summary>
    public static bool DeclaresAnything(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.TypeKind is TypeKind.Class
        && (type.GetAttributes().WithName(AttributeNames.ModelGroup).Any()
            || type.GetAttributes().WithName(AttributeNames.Deployment).Any()
            || type.GetAttributes().WithName(AttributeNames.Provider).Any());

    /// <summary>The first declaration of a class that bears a [ModelGroup]: the one on whose account the class is generated.</summary>
    public static SyntaxNode? FirstDeclaration(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.GetAttributes().WithName(AttributeNames.ModelGroup).FirstOrDefault()?.ApplicationSyntaxReference?.GetSyntax(cancellationToken).Parent?.Parent;

    /// <summary>Reads a class of the user's with the places of what is wrong.</summary>
    /// <param name="type">The class.</param>
    /// <param name="files">What files declare for it.</param>
    /// <param name="catalog">The known providers and models.</param>
    /// <param name="asOf">The day with which dates of the catalog are compared, as <c>yyyy-MM-dd</c>; null to compare none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static ParsedClass Parse(INamedTypeSymbol type, IEnumerable<Declarations> files, ModelCatalog catalog, string? asOf, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        List<Declarations> inFiles = [.. files];
        List<Declarations> sources = [new AttributeReader(type, cancellationToken).ReadAll(), .. inFiles];
        if (sources.Any(source => source.Groups.Count > 0)) ClassShape.Check(type, problems, cancellationToken);
        ClassFacts facts = ClassReader.ReadFacts(type, cancellationToken)
            .With(PolicyTypes.Find(inFiles.SelectMany(file => file.Policies), type.ContainingAssembly, type));
        ClassSpec? spec = Resolve(facts, sources, catalog, asOf, problems, cancellationToken);
        return new ParsedClass(spec, problems.ToImmutable());
    }

    public static ParsedClass Parse(INamedTypeSymbol type, ModelCatalog catalog, CancellationToken cancellationToken) =>
        Parse(type, [], catalog, asOf: null, cancellationToken);

    /// <summary>Reads a class that only files declare.</summary>
    public static ParsedClass Parse(ClassFacts facts, IEnumerable<Declarations> files, ModelCatalog catalog, string? asOf, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        ClassSpec? spec = Resolve(facts, [.. files], catalog, asOf, problems, cancellationToken);
        return new ParsedClass(spec, problems.ToImmutable());
    }

    /// <summary>Makes a spec of what the generator kept of a class. No day has a part in it: what is generated is the same on each.</summary>
    public static ClassSpec? Resolve(ClassSnapshot snapshot, ModelCatalog catalog, CancellationToken cancellationToken) =>
        Resolve(snapshot.Facts, [.. snapshot.Sources.Select(Declarations.Of)], catalog, asOf: null, new ProblemList(), cancellationToken);

    private static ClassSpec? Resolve(
        ClassFacts facts, IReadOnlyList<Declarations> sources, ModelCatalog catalog, string? asOf, ProblemList problems, CancellationToken cancellationToken)
    {
        ProviderTable providers = ProviderTable.Of(sources.Select(source => source.Providers), Declarations.Of(facts.AssemblyProviders), catalog, problems);
        var names = new MemberNames(facts.TakenNames);
        var groupParser = new GroupParser(facts.Name, problems);
        List<GroupDraft> groups = groupParser.ParseGroups(sources, names);
        bool allAssigned = true;
        foreach (Declarations source in sources) allAssigned &= groupParser.Assign(source);

        var deploymentParser = new DeploymentParser(providers, new ModelChecks(asOf, problems), problems);
        var groupChecks = new GroupChecks(providers, problems);
        var limitChecks = new LimitChecks(problems);
        var routingParser = new RoutingParser(facts.Policies, problems);
        var effectChecks = new EffectChecks(problems);
        var fallbackParser = new FallbackParser(facts.Name, groups, problems);
        string[] reservedNames = [.. GroupSpec.OwnMembers, names.Ambient, .. facts.GroupMembers];
        var limitGroups = new LimitGroups(problems);
        List<CheckedGroup> parsed = [];
        foreach (GroupDraft group in groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (group.Declared.Count == 0 && allAssigned) ReportEmpty(group, problems);
            int before = problems.Count;
            List<DeploymentSpec> deployments = deploymentParser.Parse(group, reservedNames);
            bool isSound = deployments.Count > 0 && deployments.Count == group.Declared.Count && !problems.HasErrorSince(before);
            if (isSound) groupChecks.Check(group, deployments);
            if (isSound) limitChecks.CheckTokens(group, deployments);
            limitGroups.Add(group, deployments, deployments.Count == group.Declared.Count);
            GroupSettings settings = groupParser.ParseSettings(group);
            limitChecks.CheckAttempts(group, settings);
            RoutingSpec routing = routingParser.Parse(group, deployments);
            effectChecks.Check(group, deployments, isSound && !problems.HasErrorSince(before));
            parsed.Add(new(group, group.ToSpec(settings, routing, deployments, fallbackParser.Parse(group)), isSound && !problems.HasErrorSince(before)));
        }

        limitGroups.Check();
        effectChecks.Report();
        fallbackParser.ReportCycles();
        new FallbackChecks(parsed, problems).Check();
        return facts.CanGenerate && parsed.Count > 0 ? ToSpec(facts, names, parsed.Select(group => limitGroups.Complete(group.Spec))) : null;
    }

    private static void ReportEmpty(GroupDraft group, ProblemList problems)
    {
        string advice = group.Settings.IsInFile
            ? "add one to its \"deployments\""
            : $"add [Deployment(\"provider/model\")] to the same declaration, or name the group with Group = \"{group.Name}\"";
        problems.Add(DiagnosticDescriptors.GroupWithoutDeployments, group.Settings.LocationOf("Name"), group.Name, advice);
    }

    private static ClassSpec ToSpec(ClassFacts facts, MemberNames names, IEnumerable<GroupSpec> groups)
    {
        var header = new ClassHeader(facts.Namespace, Identifiers.Escape(facts.Name), facts.Modifiers, facts.Keyword, facts.IsStatic, names.Ambient);
        return new(header, new(names.Configure, names.Describe, names.FallbackGraph), facts.IsPublic, facts.CanRegister, groups.ToEquatableArray());
    }
}
