using System.Globalization;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;

namespace RouterGen.Declarations.Checks;

/// <summary>
/// Gives the deployments of a limit group the same limits: what one of them states holds for all, in whichever groups they
/// are. Two that state different ones are reported.
/// </summary>
internal sealed class LimitGroups(ProblemList problems)
{
    private readonly Dictionary<string, List<Member>> _byName = new(StringComparer.Ordinal);

    /// <summary>Adds the deployments of a group.</summary>
    /// <param name="draft">The group.</param>
    /// <param name="deployments">Its deployments.</param>
    /// <param name="isSound">Whether they are those of the draft, one by one; else places are not known, and nothing is reported.</param>
    public void Add(GroupDraft draft, IReadOnlyList<DeploymentSpec> deployments, bool isSound)
    {
        for (int i = 0; i < deployments.Count; i++)
        {
            if (deployments[i].Limits.LimitGroup is not { } name) continue;
            if (!_byName.TryGetValue(name, out List<Member>? members)) _byName.Add(name, members = []);
            members.Add(new(deployments[i], isSound ? draft.Declared[i] : null));
        }
    }

    /// <summary>Reports limits that differ, and limit groups of one deployment. Once all groups were added.</summary>
    public void Check()
    {
        foreach (KeyValuePair<string, List<Member>> group in _byName)
        {
            Compare(group.Key, group.Value, "Rpm", limits => limits.Rpm);
            Compare(group.Key, group.Value, "Tpm", limits => limits.Tpm);
            Compare(group.Key, group.Value, "MaxConcurrency", limits => limits.MaxConcurrency);
            if (group.Value.Count != 1 || group.Value[0] is not { Declared: { } declared } only) continue;
            problems.Add(
                ProblemKinds.IdleSetting, declared.PlaceOf("LimitGroup"),
                declared.NameOf("LimitGroup"), $"deployment '{only.Spec.Name}'", "no other deployment names this limit group");
        }
    }

    /// <summary>A group whose deployments have the limits of their limit groups.</summary>
    public GroupSpec Complete(GroupSpec group) =>
        group.Deployments.Any(deployment => deployment.Limits.LimitGroup is not null)
            ? group with { Deployments = group.Deployments.Select(Complete).ToEquatableArray() }
            : group;

    private DeploymentSpec Complete(DeploymentSpec deployment)
    {
        DeploymentLimits limits = deployment.Limits;
        if (limits.LimitGroup is not { } name || !_byName.TryGetValue(name, out List<Member>? members)) return deployment;
        return deployment with
        {
            Limits = limits with
            {
                Rpm = members.Select(member => member.Spec.Limits.Rpm).FirstOrDefault(limit => limit is not null),
                Tpm = members.Select(member => member.Spec.Limits.Tpm).FirstOrDefault(limit => limit is not null),
                MaxConcurrency = members.Select(member => member.Spec.Limits.MaxConcurrency).FirstOrDefault(limit => limit is not null),
            },
        };
    }

    private void Compare(string name, List<Member> members, string property, Func<DeploymentLimits, int?> limitOf)
    {
        Member? first = members.FirstOrDefault(member => limitOf(member.Spec.Limits) is not null);
        foreach (Member other in members)
        {
            if (other.Declared is null || limitOf(other.Spec.Limits) is not { } limit || limit == limitOf(first!.Spec.Limits)) continue;
            problems.Add(
                ProblemKinds.LimitsDiffer, other.Declared.PlaceOf(property),
                name, property, Text(limitOf(first.Spec.Limits)!.Value), first.Spec.Name, Text(limit), other.Spec.Name);
        }
    }

    private static string Text(int limit) => limit.ToString(CultureInfo.InvariantCulture);

    /// <summary>A deployment of a limit group, and what declares it; null where that is not known.</summary>
    private sealed record Member(DeploymentSpec Spec, DeclaredArguments? Declared);
}
