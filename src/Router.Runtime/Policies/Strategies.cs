using System.Diagnostics;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>The policy of each <see cref="RoutingStrategy"/>.</summary>
internal static class Strategies
{
    /// <summary>How many strategies there are, <see cref="RoutingStrategy.Default"/> included.</summary>
    public static readonly int Count = Enum.GetValues<RoutingStrategy>().Length;

    /// <summary>Returns the strategy that is meant: for <see cref="RoutingStrategy.Default"/>, and for what is none, the one of the group's declaration.</summary>
    public static RoutingStrategy Resolve(RoutingStrategy strategy, GroupDefinition group)
    {
        if (IsOne(strategy)) return strategy;
        if (IsOne(group.Strategy)) return group.Strategy; // The generator has resolved a stated weight to Weighted.
        double first = group.Deployments[0].Weight;
        return Array.TrueForAll(group.Deployments, deployment => deployment.Weight == first) ? RoutingStrategy.Adaptive : RoutingStrategy.Weighted;
    }

    /// <summary>Makes the policy of a strategy.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="group">The group that it is for.</param>
    /// <param name="table">What is known of its deployments.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="time">The time of day, for prices that depend on it.</param>
    /// <param name="measure">Measures a deployment's latency in the background; null where that is not wanted.</param>
    public static SelectionPolicy Create(RoutingStrategy strategy, GroupDefinition group, DeploymentTable table, RandomSource random, TimeProvider time, Action<Deployment>? measure) => Resolve(strategy, group) switch
    {
        RoutingStrategy.Adaptive => new AdaptivePolicy(table, random),
        RoutingStrategy.Weighted => new WeightedPolicy(random),
        RoutingStrategy.LeastBusy => new LeastBusyPolicy(random),
        RoutingStrategy.LowestLatency => new LowestLatencyPolicy(group, table, random, measure),
        RoutingStrategy.LowestUsage => new LowestUsagePolicy(table, random),
        RoutingStrategy.LowestCost => new LowestCostPolicy(group, random, time),
        var other => throw new UnreachableException($"{other} has no policy."),
    };

    private static bool IsOne(RoutingStrategy strategy) => strategy > RoutingStrategy.Default && (int)strategy < Count;
}
