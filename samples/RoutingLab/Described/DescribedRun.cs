using RouterGen;

namespace RoutingLab;

/// <summary>Runs a described group under one of the product's strategies.</summary>
internal static class DescribedRun
{
    /// <summary>The strategies that a group can be run under, by name.</summary>
    public static IEnumerable<string> Strategies => Enum.GetNames<RoutingStrategy>().Where(static name => name != nameof(RoutingStrategy.Default));

    /// <summary>Runs a group. Takes the thread for as long as it simulates.</summary>
    /// <param name="group">The group and its load.</param>
    /// <param name="strategy">The strategy by name, in any case.</param>
    public static RunResult Run(DescribedGroup group, string strategy)
    {
        var scenario = new Scenario(group.Name, "", ScenarioUse.Judging)
        {
            Providers = [.. group.Deployments.Select(ProviderOf)],
            Rate = group.CallsPerSecond,
            Seconds = group.Seconds,
            InputTokens = group.InputTokens,
            OutputTokens = group.OutputTokens,
            TimeoutSeconds = group.TimeoutSeconds,
            MaxAttempts = group.MaxAttempts,
            WholeCalls = group.WholeCalls,
        };
        return Simulation.Run(scenario, new Contender(strategy, Enum.Parse<RoutingStrategy>(strategy, ignoreCase: true)), group.Seed, Math.Max(1, scenario.CallsPerCycle));
    }

    private static ProviderSpec ProviderOf(DescribedDeployment deployment) => new(deployment.Name)
    {
        FirstToken = deployment.FirstToken,
        TokensPerSecond = deployment.TokensPerSecond,
        Rpm = deployment.Rpm,
        Tpm = deployment.Tpm,
        LimitsDeclared = true,
        Weight = deployment.Weight,
        Order = deployment.Order,
        MaxConcurrency = deployment.MaxConcurrency,
        Price = deployment.InputPrice,
        OutputPrice = deployment.OutputPrice,
        Conditions = [.. deployment.Outages.Select(static outage => new Failing(outage.From, outage.To))],
    };
}
