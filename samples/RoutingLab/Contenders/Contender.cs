using RouterGen;

namespace RoutingLab;

/// <summary>What a policy of the lab's own may be made of.</summary>
/// <param name="Time">The simulated time.</param>
/// <param name="Draws">Its luck.</param>
/// <param name="Transport">The router's connections, and what is behind them: for the clairvoyant alone.</param>
/// <param name="Scenario">The scenario.</param>
internal readonly record struct PolicyInputs(TimeProvider Time, Draws Draws, SimulatedTransport Transport, Scenario Scenario);

/// <summary>A way to choose a deployment: one of the product's strategies, or a policy of the lab's own.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="Strategy">The product's strategy; where there is a policy, what takes over should it fail.</param>
/// <param name="CreatePolicy">Makes the policy of one router; null for the product's own.</param>
internal sealed record Contender(string Name, RoutingStrategy Strategy, Func<PolicyInputs, SelectionPolicy>? CreatePolicy = null)
{
    /// <summary>What the others are measured by.</summary>
    public const string Clairvoyant = "clairvoyant";

    /// <summary>Whether it sees what no router can see.</summary>
    public bool IsClairvoyant => Name == Clairvoyant;

    public static Contender[] All { get; } =
    [
        new("Adaptive", RoutingStrategy.Adaptive),
        new(Clairvoyant, RoutingStrategy.Weighted, static inputs => new ClairvoyantPolicy(inputs.Transport, inputs.Scenario)),
        new("Weighted", RoutingStrategy.Weighted),
        new("LeastBusy", RoutingStrategy.LeastBusy),
        new("LowestLatency", RoutingStrategy.LowestLatency),
        new("LowestUsage", RoutingStrategy.LowestUsage),
        new("LowestCost", RoutingStrategy.LowestCost),
        new("random", RoutingStrategy.Weighted, static inputs => new RandomPolicy(inputs.Draws)),
        new("round robin", RoutingStrategy.Weighted, static _ => new RoundRobinPolicy()),
        new("LiteLLM latency", RoutingStrategy.Weighted, static inputs => new LiteLlmLatencyPolicy(inputs.Time, inputs.Draws)),
        new("LiteLLM usage", RoutingStrategy.Weighted, static inputs => new LiteLlmUsagePolicy(inputs.Time, inputs.Draws)),
        new("P2C peak EWMA", RoutingStrategy.Weighted, static inputs => new PeakEwmaPolicy(inputs.Time, inputs.Draws)),
        new("C3", RoutingStrategy.Weighted, static inputs => new C3Policy(inputs.Draws)),
        new("Prequal", RoutingStrategy.Weighted, static inputs => new PrequalPolicy(inputs.Draws)),
    ];
}
