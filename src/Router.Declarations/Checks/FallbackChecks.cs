using System.Globalization;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Checks;

/// <summary>
/// Judges what the groups of a class do for each other: whether a fallback helps on its occasion. A group that is not sound
/// is not judged, nor one that leads to it, for too little is known of it. Shadows answer no call, and so do not count.
/// </summary>
internal sealed class FallbackChecks(IReadOnlyList<CheckedGroup> groups, GroupChecks groupChecks, ProblemList problems)
{
    private const string Outage = "Fallbacks";
    private const string Overflow = "ContextWindowFallbacks";

    private static readonly string[] Occasions = [Outage, Overflow, "ContentPolicyFallbacks"];

    private readonly Dictionary<string, CheckedGroup> _byName = groups.ToDictionary(group => group.Spec.Name, StringComparer.Ordinal);

    public void Check()
    {
        foreach (CheckedGroup group in groups)
        {
            if (!group.IsSound) continue;
            CheckKinds(group);
            CheckPrompts(group);
            CheckOutage(group);
        }
    }

    private void CheckKinds(CheckedGroup group)
    {
        foreach (string occasion in Occasions)
        {
            IReadOnlyList<string?> names = group.Draft.Settings.Texts(occasion);
            for (int i = 0; i < names.Count; i++)
            {
                if (Find(names[i]) is not { IsSound: true } fallback || fallback == group) continue;
                if (fallback.Spec.Kind == group.Spec.Kind) CheckVectors(group, fallback, group.Draft.Settings.PlaceOf(occasion, i));
                else problems.Add(
                    ProblemKinds.FallbackOfOtherKind, group.Draft.Settings.PlaceOf(occasion, i), group.Spec.Name, CallKindRow.Of(group.Spec.Kind).Name, fallback.Spec.Name, CallKindRow.Of(fallback.Spec.Kind).Name);
            }
        }
    }

    // Each group's own deployments have been compared with each other.
    private void CheckVectors(CheckedGroup group, CheckedGroup fallback, Place place)
    {
        if (group.Spec.Kind is not CallKind.Embeddings) return;
        VectorFacts[] ends = [.. new[] { group, fallback }.Select(one => Answering(one.Spec).Select(deployment => groupChecks.VectorsOf(one.Draft, deployment)).FirstOrDefault()).OfType<VectorFacts>()];
        if (ends.Length == 2 && VectorChecks.Difference(ends, group.Draft.Settings.IsTrue("AllowDifferentModels")) is var (difference, advice)) problems.Add(ProblemKinds.VectorsDiffer, place, group.Spec.Name, difference, advice);
    }

    private void CheckPrompts(CheckedGroup group)
    {
        if (LongestPrompt(group.Spec) is not { } own) return;
        IReadOnlyList<string?> names = group.Draft.Settings.Texts(Overflow);
        for (int i = 0; i < names.Count; i++)
        {
            if (Find(names[i]) is not { IsSound: true } fallback || fallback == group || LongestPrompt(fallback.Spec) is not { } other || other > own) continue;
            problems.Add(
                ProblemKinds.SmallerWindow, group.Draft.Settings.PlaceOf(Overflow, i),
                group.Spec.Name, own.ToString("N0", CultureInfo.InvariantCulture), fallback.Spec.Name, other.ToString("N0", CultureInfo.InvariantCulture));
        }
    }

    // A deployment whose limit is not known may have the highest one.
    private static int? LongestPrompt(GroupSpec group)
    {
        List<DeploymentSpec> deployments = Answering(group);
        return deployments.Any(deployment => deployment.ModelLimits.LongestPrompt is null) ? null : deployments.Max(deployment => deployment.ModelLimits.LongestPrompt);
    }

    // A group of one deployment was never meant to survive. What runs on this machine goes down with its caller anyway.
    private void CheckOutage(CheckedGroup group)
    {
        List<DeploymentSpec> deployments = Answering(group.Spec);
        if (deployments.Select(deployment => (deployment.Model, deployment.Connection)).Distinct().Count() < 2) return;
        if (Reachable(group) is not { } reachable) return;
        List<DeploymentSpec> answering = [.. reachable.SelectMany(other => Answering(other.Spec))];
        if (answering.Any(deployment => deployment.Client is not null) || Endpoints.IsLoopback(deployments[0].Connection.Endpoint)) return; // Where a client goes is not known.
        if (answering.Select(PlaceOf).Distinct().Count() > 1) return;

        bool isOneProvider = deployments.Select(deployment => deployment.Provider).Distinct().Count() == 1;
        string place = isOneProvider ? $"provider '{deployments[0].Provider}'" : $"'{PlaceOf(deployments[0]).Host}'";
        problems.Add(ProblemKinds.OneProvider, group.Draft.Settings.PlaceOf("Name"), group.Spec.Name, place);
    }

    // The group and all that an outage leads to from it; null where one of them is not known well enough.
    private HashSet<CheckedGroup>? Reachable(CheckedGroup group)
    {
        HashSet<CheckedGroup> found = [group];
        var next = new Queue<CheckedGroup>(found);
        while (next.Count > 0)
        {
            foreach (string? name in next.Dequeue().Draft.Settings.Texts(Outage))
            {
                if (Find(name) is not { IsSound: true } fallback) return null;
                if (found.Add(fallback)) next.Enqueue(fallback);
            }
        }

        return found;
    }

    // What goes down together: the server, or whatever a variable puts in its place, in one region.
    private static (string Host, string? Variable, string? Region) PlaceOf(DeploymentSpec deployment) =>
        (Endpoints.Authority(deployment.Connection.Endpoint), deployment.Connection.EndpointVariable, deployment.Settings.Region?.ToUpperInvariant());

    private static List<DeploymentSpec> Answering(GroupSpec group) => [.. group.Deployments.Where(deployment => !deployment.Settings.IsShadow)];

    private CheckedGroup? Find(string? name) => name is not null && _byName.TryGetValue(name, out CheckedGroup? group) ? group : null;
}

/// <summary>A group that was parsed.</summary>
/// <param name="Draft">What was declared.</param>
/// <param name="Spec">What it comes to.</param>
/// <param name="IsSound">Whether it has deployments and nothing is wrong with any.</param>
internal sealed record CheckedGroup(GroupDraft Draft, GroupSpec Spec, bool IsSound);
