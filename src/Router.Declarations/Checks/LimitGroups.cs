using System.Globalization;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Checks;

/// <summary>
/// Gives the deployments of a limit group the same limits: what one of them states holds for all, in whichever groups they
/// are. Two that state different ones are reported.
/// </summary>
internal sealed class LimitGroups(ProblemList problems)
{
    private static readonly DeclaredProperty[] Limits = [DeploymentProperties.Rpm, DeploymentProperties.Tpm, DeploymentProperties.MaxConcurrency];

    private readonly Dictionary<string, List<Member>> _byName = new(StringComparer.Ordinal);

    /// <summary>Adds the deployments of a group.</summary>
    /// <param name="draft">The group.</param>
    /// <param name="deployments">Its deployments.</param>
    /// <param name="isSound">Whether they are those of the draft, one by one; else places are not known, and nothing is reported.</param>
    public void Add(GroupDraft draft, IReadOnlyList<DeploymentSpec> deployments, bool isSound)
    {
        for (int i = 0; i < deployments.Count; i++)
        {
            if (deployments[i].Settings.LimitGroup is not { } name) continue;
            if (!_byName.TryGetValue(name, out List<Member>? members)) _byName.Add(name, members = []);
            members.Add(new(deployments[i], isSound ? draft.Declared[i] : null));
        }
    }

    /// <summary>Reports limits that differ, and limit groups of one deployment. Once all groups were added.</summary>
    public void Check()
    {
        foreach (KeyValuePair<string, List<Member>> group in _byName)
        {
            foreach (DeclaredProperty limit in Limits) Compare(group.Key, group.Value, limit);
            if (group.Value.Count != 1 || group.Value[0] is not { Declared: { } declared } only) continue;
            problems.Add(
                ProblemKinds.IdleSetting, declared.PlaceOf("LimitGroup"),
                declared.NameOf("LimitGroup"), $"deployment '{only.Spec.Name}'", "no other deployment names this limit group");
        }
    }

    /// <summary>A group whose deployments have the limits of their limit groups.</summary>
    public GroupSpec Complete(GroupSpec group) =>
        group.Deployments.Any(deployment => deployment.Settings.LimitGroup is not null)
            ? group with { Deployments = group.Deployments.Select(Complete).ToEquatableArray() }
            : group;

    private DeploymentSpec Complete(DeploymentSpec deployment)
    {
        if (deployment.Settings.LimitGroup is not { } name || !_byName.TryGetValue(name, out List<Member>? members)) return deployment;
        SettingValues complete = deployment.Settings.Stated;
        foreach (DeclaredProperty limit in Limits) complete = complete.With(limit, members.Select(member => member.Spec.Settings.Stated.Integer(limit)).FirstOrDefault(stated => stated is not null));
        return deployment with { Settings = new(complete) };
    }

    private void Compare(string name, List<Member> members, DeclaredProperty property)
    {
        Member? first = members.FirstOrDefault(member => LimitOf(member) is not null);
        foreach (Member other in members)
        {
            if (other.Declared is null || LimitOf(other) is not { } limit || limit == LimitOf(first!)) continue;
            problems.Add(
                ProblemKinds.LimitsDiffer, other.Declared.PlaceOf(property.Name),
                name, property.Name, Text(LimitOf(first!)!.Value), first!.Spec.Name, Text(limit), other.Spec.Name);
        }

        int? LimitOf(Member member) => member.Spec.Settings.Stated.Integer(property);
    }

    private static string Text(int limit) => limit.ToString(CultureInfo.InvariantCulture);

    /// <summary>A deployment of a limit group, and what declares it; null where that is not known.</summary>
    private sealed record Member(DeploymentSpec Spec, DeclaredArguments? Declared);
}
