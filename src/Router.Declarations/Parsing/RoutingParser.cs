using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;

namespace RouterGen.Declarations.Parsing;

/// <summary>Reads how a group chooses among its deployments.</summary>
/// <param name="policies">What is known of the types that are named as policies.</param>
/// <param name="problems">Where what is wrong is added.</param>
internal sealed class RoutingParser(EquatableArray<PolicyType> policies, ProblemList problems)
{
    // The runtime's default: one call in twenty.
    private const double DefaultHedgeLimit = 0.05;

    public RoutingSpec Parse(GroupDraft group, IEnumerable<DeploymentSpec> deployments)
    {
        DeclaredArguments settings = group.Settings;
        double? hedgeLimit = NumberBounds.Fraction(settings, "HedgeLimit", problems);
        return new(
            ParseStrategy(group, deployments),
            ParsePolicy(group),
            NumberBounds.Seconds(settings, "LatencyTtlSeconds", problems),
            NumberBounds.Tolerance(settings, "LatencyTolerance", problems),
            settings.IsTrue("LatencyProbes"),
            NumberBounds.Budget(settings, problems),
            settings.IsTrue("Hedge") ? hedgeLimit ?? DefaultHedgeLimit : null,
            settings.IsTrue("PromptCacheAffinity"),
            NumberBounds.Positive(settings, "MaxQueueLength", problems));
    }

    // Whoever states a weight wants it to count, unless a strategy is stated. A shadow's weight is of no account.
    private RoutingStrategy? ParseStrategy(GroupDraft group, IEnumerable<DeploymentSpec> deployments)
    {
        NumberBounds.Choice<RoutingStrategy>(group.Settings, "Strategy", problems);
        bool isWeighted = deployments.Any(deployment => deployment.Limits is { IsShadow: false, Weight: not null });
        return group.Strategy ?? (isWeighted ? RoutingStrategy.Weighted : null);
    }

    private string? ParsePolicy(GroupDraft group)
    {
        if (group.Settings.Text("Policy") is not { } name || policies.FirstOrDefault(policy => policy.Name == name) is not { } type) return null;
        if (type.Objection is null) return name;
        problems.Add(ProblemKinds.UnusablePolicy, group.Settings.PlaceOf("Policy"), group.Name, PolicyType.Show(name), type.Objection);
        return null;
    }
}
