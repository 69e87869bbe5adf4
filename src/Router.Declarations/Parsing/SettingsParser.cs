using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Parsing;

/// <summary>Reads a group's settings: those of the table as they are, and those that depend on others.</summary>
/// <param name="types">What is known of the types that are named as policies.</param>
/// <param name="problems">Where what is wrong is added.</param>
internal sealed class SettingsParser(EquatableArray<UserType> types, ProblemList problems)
{
    public SettingValues Parse(GroupDraft group, IEnumerable<DeploymentSpec> deployments)
    {
        SettingValues stated = new SettingReader(group.Settings, problems).ReadAll(GroupProperties.All);
        double? hedgeLimit = group.Settings.IsTrue("Hedge") ? stated.Number(GroupProperties.HedgeLimit) ?? GroupProperties.DefaultHedgeLimit : null;
        if (group.Kind is not CallKind.Chat) stated = stated.With(GroupProperties.LatencyProbes, null).With(GroupProperties.PromptCacheAffinity, null);
        return stated
            .With(GroupProperties.Strategy, (int?)StrategyOf(group, deployments))
            .With(GroupProperties.HedgeLimit, hedgeLimit)
            .With(GroupProperties.Period, stated[GroupProperties.Budget] is null ? null : stated[GroupProperties.Period]);
    }

    /// <summary>The type that chooses in place of a strategy; null where none does.</summary>
    public string? ParsePolicy(GroupDraft group)
    {
        if (group.Settings.Text("Policy") is not { } name || types.FirstOrDefault(type => type.Named == new UserTypeName(UserTypeRole.Policy, name)) is not { } type) return null;
        if (type.Objection is null) return name;
        problems.Add(ProblemKinds.UnusablePolicy, group.Settings.PlaceOf("Policy"), group.Name, UserType.Show(name), type.Objection);
        return null;
    }

    // A stated weight is meant to count, unless a strategy is stated. A shadow's weight does not.
    private static RoutingStrategy? StrategyOf(GroupDraft group, IEnumerable<DeploymentSpec> deployments) =>
        group.Strategy ?? (deployments.Any(deployment => deployment.Settings is { IsShadow: false, Weight: not null }) ? RoutingStrategy.Weighted : null);
}
