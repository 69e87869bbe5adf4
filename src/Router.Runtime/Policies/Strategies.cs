using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>The policy of each <see cref="RoutingStrategy"/>.</summary>
internal static class Strategies
{
    /// <summary>How many strategies there are, <see cref="RoutingStrategy.Default"/> included.</summary>
    public const int Count = (int)RoutingStrategy.LowestCost + 1;

    /// <summary>What <see cref="RoutingStrategy.Default"/> means for a group.</summary>
    public static RoutingStrategy Resolve(RoutingStrategy strategy, GroupDefinition group)
    {
        if (strategy is > RoutingStrategy.Default and <= RoutingStrategy.LowestCost) return strategy;
        double first = group.Deployments[0].Weight;
        return Array.TrueForAll(group.Deployments, deployment => deployment.Weight == first) ? RoutingStrategy.Adaptive : RoutingStrategy.Weighted;
    }

    /// <summary>Makes the policy of a strategy.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="group">The group that it is for.</param>
    /// <param name="table">What is known of its deployments.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="measure">Measures a deployment's latency in the background; null where that is not wanted.</param>
    public static SelectionPolicy Create(RoutingStrategy strategy, GroupDefinition group, DeploymentTable table, RandomSource random, Action<Deployment>? measure) => Resolve(strategy, group) switch
    {
        RoutingStrategy.Weighted => new WeightedPolicy(random),
        RoutingStrategy.LeastBusy => new LeastBusyPolicy(random),
        RoutingStrategy.LowestLatency => new LowestLatencyPolicy(group, table, random, measure),
        RoutingStrategy.LowestUsage => new LowestUsagePolicy(table, random),
        RoutingStrategy.LowestCost => new LowestCostPolicy(group, random),
        _ => new AdaptivePolicy(table, random),
    };
}
