using RouterGen;
using RouterGen.Infrastructure;

namespace RoutingLab;

/// <summary>The routers of a scenario: each with a state of its own, as in processes of their own.</summary>
internal static class Fleet
{
    public static LabGroup[] Create(Scenario scenario, Contender contender, SimulatedTime time, SimulatedProvider[] providers, ulong seed)
    {
        GroupDefinition definition = Define(scenario, contender);
        var groups = new LabGroup[scenario.Routers];
        for (int i = 0; i < groups.Length; i++)
        {
            var draws = new Draws(seed, stream: 1000 + i);
            var network = new SimulatedTransport(time, providers, scenario);
            var transport = new HttpMessageInvoker(network);
            groups[i] = new LabGroup(new RouterContext(new RouterOptions { Transport = transport, TimeProvider = time, Seed = draws.NextUInt64() }), definition);
            if (contender.CreatePolicy is { } create) groups[i].Policy = create(new PolicyInputs(time, draws, network, scenario));
        }

        return groups;
    }

    private static GroupDefinition Define(Scenario scenario, Contender contender) => new()
    {
        Name = scenario.Name,
        Strategy = contender.Strategy,
        Timeout = TimeSpan.FromSeconds(scenario.TimeoutSeconds),
        MaxAttempts = scenario.MaxAttempts,
        StreamIdleTimeout = TimeSpan.FromSeconds(scenario.TimeoutSeconds), // between its first token and its end a simulated stream is silent
        Deployments = [.. scenario.Providers.Select(static (provider, index) => new DeploymentDefinition
        {
            Name = provider.Name,
            Provider = "lab",
            Model = provider.Name,
            Endpoint = SimulatedTransport.AddressOf(index),
            Codec = new LabCodec(),
            Rpm = provider.LimitsDeclared ? provider.Rpm : 0,
            Tpm = provider.LimitsDeclared ? provider.Tpm : 0,
            Weight = provider.Weight,
            Order = provider.Order,
            MaxConcurrency = provider.MaxConcurrency,
            Prices = new ModelPrices(provider.Price, provider.OutputPrice ?? provider.Price),
        })],
    };
}
