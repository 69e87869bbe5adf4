using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Checks;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Parsing;

/// <summary>
/// Reads all that is declared for a class, valid or not. One parser for the generator, which takes the spec, for the analyzer,
/// which takes the problems, and for programs that read the same files while they run. It throws for nothing that is declared.
/// </summary>
internal static class ClassParser
{
    private const string Dispose = "Dispose";

    /// <summary>Reads a class with the places of what is wrong.</summary>
    /// <param name="facts">The class.</param>
    /// <param name="sources">What code and files declare for it, code first.</param>
    /// <param name="catalog">The known providers and models.</param>
    /// <param name="asOf">The day with which dates of the catalog are compared, as <c>yyyy-MM-dd</c>; null to compare none.</param>
    /// <param name="problems">What is known to be wrong already.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static ParsedClass Parse(
        ClassFacts facts, IEnumerable<DeclarationSource> sources, ModelCatalog catalog, string? asOf, ProblemList problems, CancellationToken cancellationToken)
    {
        ClassSpec? spec = Resolve(facts, [.. sources], catalog, asOf, problems, cancellationToken);
        return new ParsedClass(spec, problems.ToImmutable());
    }

    /// <summary>Makes a spec of what the generator kept of a class. No day has a part in it: what is generated is the same on each.</summary>
    public static ClassSpec? Resolve(ClassSnapshot snapshot, ModelCatalog catalog, CancellationToken cancellationToken) =>
        Resolve(snapshot.Facts, [.. snapshot.Sources.Select(DeclarationSource.Of)], catalog, asOf: null, new ProblemList(), cancellationToken);

    private static ClassSpec? Resolve(
        ClassFacts facts, IReadOnlyList<DeclarationSource> sources, ModelCatalog catalog, string? asOf, ProblemList problems, CancellationToken cancellationToken)
    {
        ProviderTable providers = ProviderTable.Of(sources.Select(source => source.Providers), DeclarationSource.Of(facts.AssemblyProviders), catalog, problems);
        var names = new MemberNames(facts.TakenNames);
        var groupParser = new GroupParser(facts.Name, problems);
        List<GroupDraft> groups = groupParser.ParseGroups(sources, names);
        bool allAssigned = true;
        foreach (DeclarationSource source in sources) allAssigned &= groupParser.Assign(source);

        var deploymentParser = new DeploymentParser(providers, new ModelChecks(asOf, problems), facts, problems);
        var kindParser = new KindParser(providers);
        var groupChecks = new GroupChecks(providers, problems);
        var limitChecks = new LimitChecks(problems);
        var settingsParser = new SettingsParser(facts.UserTypes, problems);
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
            group.Kind = kindParser.KindOf(group);
            List<DeploymentSpec> deployments = deploymentParser.Parse(group, reservedNames);
            bool isSound = deployments.Count > 0 && deployments.Count == group.Declared.Count && !problems.HasErrorSince(before);
            if (isSound) groupChecks.Check(group, deployments);
            if (isSound) limitChecks.CheckTokens(group, deployments);
            limitGroups.Add(group, deployments, deployments.Count == group.Declared.Count);
            SettingValues settings = settingsParser.Parse(group, deployments);
            string? policy = settingsParser.ParsePolicy(group);
            limitChecks.CheckAttempts(group, settings);
            effectChecks.Check(group, deployments, isSound && !problems.HasErrorSince(before));
            parsed.Add(new(group, group.ToSpec(settings, policy, deployments, fallbackParser.Parse(group)), isSound && !problems.HasErrorSince(before)));
        }

        limitGroups.Check();
        effectChecks.Report();
        new FallbackChecks(parsed, groupChecks, problems).Check();
        return facts.CanGenerate && parsed.Count > 0 ? ToSpec(facts, names, parsed.Select(group => limitGroups.Complete(group.Spec)).ToEquatableArray()) : null;
    }

    private static void ReportEmpty(GroupDraft group, ProblemList problems)
    {
        string advice = group.Settings.IsInFile
            ? "add one to its \"deployments\""
            : $"add [Deployment(\"provider/model\")] to the same declaration, or name the group with Group = \"{group.Name}\"";
        problems.Add(ProblemKinds.GroupWithoutDeployments, group.Settings.PlaceOf("Name"), group.Name, advice);
    }

    private static ClassSpec ToSpec(ClassFacts facts, MemberNames names, EquatableArray<GroupSpec> groups)
    {
        bool canDispose = !facts.IsStatic && facts.CanConstruct && !facts.TakenNames.Contains(Dispose) && !groups.Any(group => group.MemberName == Dispose);
        bool ownsClients = canDispose && groups.Any(group => group.Deployments.Any(deployment => deployment.Client is not null));
        var header = new ClassHeader(facts.Namespace, Identifiers.Escape(facts.Name), facts.Modifiers, facts.Keyword, facts.IsStatic, names.Ambient);
        return new(header, new(names.Configure, names.Describe, names.FallbackGraph, names.Override), facts.IsPublic, facts.CanRegister, facts.CanConstruct, ownsClients, groups);
    }
}
