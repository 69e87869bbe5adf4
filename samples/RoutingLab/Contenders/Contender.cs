using RouterGen;

namespace RoutingLab;

/// <summary>A way to choose a deployment: one of the product's strategies, or a policy of the lab's own.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="Strategy">The product's strategy; where there is a policy, what takes over should it fail.</param>
/// <param name="CreatePolicy">Makes the policy of one router; null for the product's own.</param>
internal sealed record Contender(string Name, RoutingStrategy Strategy, Func<TimeProvider, Draws, SelectionPolicy>? CreatePolicy = null)
{
    public bool IsOurs => CreatePolicy is null;

    public static Contender[] All { get; } =
    [
        new("Adaptive", RoutingStrategy.Adaptive),
        new("Weighted", RoutingStrategy.Weighted),
        new("LeastBusy", RoutingStrategy.LeastBusy),
        new("LowestLatency", RoutingStrategy.LowestLatency),
        new("LowestUsage", RoutingStrategy.LowestUsage),
        new("LowestCost", RoutingStrategy.LowestCost),
        new("random", RoutingStrategy.Weighted, static (_, draws) => new RandomPolicy(draws)),
        new("round robin", RoutingStrategy.Weighted, static (_, _) => new RoundRobinPolicy()),
        new("LiteLLM latency", RoutingStrategy.Weighted, static (time, draws) => new LiteLlmLatencyPolicy(time, draws)),
        new("LiteLLM usage", RoutingStrategy.Weighted, static (time, draws) => new LiteLlmUsagePolicy(time, draws)),
        new("P2C peak EWMA", RoutingStrategy.Weighted, static (time, draws) => new PeakEwmaPolicy(time, draws)),
        new("C3", RoutingStrategy.Weighted, static (time, draws) => new C3Policy(draws)),
        new("Prequal", RoutingStrategy.Weighted, static (time, draws) => new PrequalPolicy(draws)),
    ];
}
