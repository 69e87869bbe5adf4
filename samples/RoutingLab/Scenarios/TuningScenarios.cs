using static RoutingLab.ProviderSpec;

namespace RoutingLab;

/// <summary>The scenarios by which Adaptive's constants were chosen.</summary>
internal static class TuningScenarios
{
    public static Scenario[] All { get; } =
    [
        new("speeds", "Five deployments whose first tokens take from 0.25 s to 1.4 s; each has room for all.", ScenarioUse.Tuning)
        {
            Rate = 30,
            Providers = [At("a", 0.25), At("b", 0.4), At("c", 0.6), At("d", 0.9), At("e", 1.4)],
        },
        new("small-fast", "The fastest has little capacity, and slows down when it is overrun.", ScenarioUse.Tuning)
        {
            Rate = 40,
            Providers = [At("fast", 0.2) with { Capacity = 20 }, At("medium", 0.4) with { Capacity = 60 }, At("slow", 0.7) with { Capacity = 150 }],
        },
        new("brownout", "One of four takes eight times as long for 20 s.", ScenarioUse.Tuning)
        {
            Rate = 40,
            Providers = [At("a", 0.4) with { Conditions = [new Brownout(20, 40, 8)] }, At("b", 0.4), At("c", 0.4), At("d", 0.4)],
        },
        new("black-hole", "One of three accepts requests and never answers, for 25 s.", ScenarioUse.Tuning)
        {
            Rate = 30,
            Providers = [At("a", 0.3) with { Conditions = [new BlackHole(20, 45)] }, At("b", 0.45), At("c", 0.5)],
        },
        new("flapping", "One of three answers 503 for 2 s, works for 3 s, and so on for 40 s.", ScenarioUse.Tuning)
        {
            Rate = 40,
            Providers = [At("a", 0.3) with { Conditions = [new Failing(10, 50, DownSeconds: 2, UpSeconds: 3)] }, At("b", 0.45), At("c", 0.5)],
        },
        new("storm-429", "Two of four answer 429 to everything for 20 s, and the others have room for half as much again.", ScenarioUse.Tuning)
        {
            Rate = 40,
            Providers =
            [
                At("a", 0.3) with { Conditions = [new RateLimitStorm(15, 35, 5)] }, At("b", 0.35) with { Conditions = [new RateLimitStorm(20, 40, 3)] },
                At("c", 0.45) with { Capacity = 100 }, At("d", 0.6) with { Capacity = 100 },
            ],
        },
        new("declared-limits", "Four deployments with limits that the router knows; the calls need 80 % of them.", ScenarioUse.Tuning)
        {
            Rate = 48, Seconds = 120,
            Providers = [Declared("a", 0.3, 1800), Declared("b", 0.4, 900), Declared("c", 0.5, 600), Declared("d", 0.9, 300)],
        },
        new("fleet-8", "Eight routers share four deployments of unlike speed and capacity; one browns out.", ScenarioUse.Tuning)
        {
            Rate = 120, Routers = 8,
            Providers =
            [
                At("a", 0.25) with { Capacity = 100, Conditions = [new Brownout(20, 40, 6)] }, At("b", 0.35) with { Capacity = 150 },
                At("c", 0.5) with { Capacity = 200 }, At("d", 0.8) with { Capacity = 300 },
            ],
        },
        new("stragglers", "Of one deployment, the fastest by its median, every twentieth answer takes 15 times as long.", ScenarioUse.Tuning)
        {
            Rate = 30,
            Providers = [At("a", 0.3) with { Stragglers = 0.05, StragglerFactor = 15 }, At("b", 0.4), At("c", 0.4), At("d", 0.5)],
        },
        new("rush", "Four times as many calls for 10 s, at deployments of unlike capacity.", ScenarioUse.Tuning)
        {
            Rate = 25,
            Surges = [new(25, 35, 4)],
            Providers = [At("a", 0.3) with { Capacity = 60 }, At("b", 0.4) with { Capacity = 100 }, At("c", 0.6) with { Capacity = 200 }],
        },
    ];
}
