using static RoutingLab.ProviderSpec;

namespace RoutingLab;

/// <summary>
/// Scenarios of a process that has just started: its first requests, and the first on each connection, take longer. What
/// these show is not the deployment's doing.
/// </summary>
internal static class ColdScenarios
{
    // Of so few calls it is known how many each deployment should get.
    private const int Calls = 200;

    public static Scenario[] All { get; } =
    [
        Equal("cold-sequential", "Three alike, one call after another; the first request of the process takes 0.7 s more, the first on each connection 0.1 s.") with { Callers = 1 },
        Equal("cold-four", "The same, four calls at once.") with { Callers = 4 },
        Equal("cold-sparse", "The same, one call in four seconds.") with { Rate = 0.25 },
        Equal("cold-connections", "Three alike, four calls at once; the first request on each connection takes 0.7 s more.") with { Callers = 4, ColdProcess = 0, ColdConnection = 0.7 },
        new("cold-speeds", "Five deployments of unlike speed; the first request on each connection takes 0.4 s more.", ScenarioUse.Judging)
        {
            Rate = 10, ColdConnection = 0.4,
            Providers = [At("a", 0.25), At("b", 0.4), At("c", 0.6), At("d", 0.9), At("e", 1.4)],
        },
        new("cold-brownout", "One of four takes eight times as long for 20 s; the first request on each connection takes 0.4 s more.", ScenarioUse.Judging)
        {
            Rate = 40, ColdConnection = 0.4,
            Providers = [At("a", 0.3) with { Conditions = [new Brownout(20, 40, 8)] }, At("b", 0.35), At("c", 0.4), At("d", 0.5)],
        },
        new("cold-fleet", "64 routers share six deployments, of which one fails for a while; the first request on each connection takes 0.4 s more.", ScenarioUse.Judging)
        {
            Rate = 160, Routers = 64, ColdConnection = 0.4,
            Providers =
            [
                At("a", 0.25) with { Capacity = 120, Conditions = [new Failing(25, 40)] }, At("b", 0.3) with { Capacity = 150 },
                At("c", 0.4) with { Capacity = 150 }, At("d", 0.5) with { Capacity = 200 }, At("e", 0.7) with { Capacity = 200 }, At("f", 1.0) with { Capacity = 300 },
            ],
        },
    ];

    private static Scenario Equal(string name, string description) => new(name, description, ScenarioUse.Tuning)
    {
        Rate = 1, ColdProcess = 0.7, ColdConnection = 0.1, Calls = Calls,
        Providers = [Alike("a"), Alike("b"), Alike("c")],
    };

    private static ProviderSpec Alike(string name) => At(name, 0.3) with { Sigma = 0.1, Stragglers = 0 };
}
