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
        if (strategy is not RoutingStrategy.Default) return strategy;
        double first = group.Deployments[0].Weight;
        return Array.TrueForAll(group.Deployments, deployment => deployment.Weight == first) ? RoutingStrategy.Adaptive : RoutingStrategy.Weighted;
    }

    public static SelectionPolicy Create(RoutingStrategy strategy, GroupDefinition group, RandomSource random) => Resolve(strategy, group) switch
    {
        RoutingStrategy.Weighted => new WeightedPolicy(random),
        _ => new AdaptivePolicy(random),
    };
}
