using static RoutingLab.ProviderSpec;

namespace RoutingLab;

/// <summary>The scenarios by which strategies are judged: the same troubles as in <see cref="TuningScenarios"/>, and some more, in other worlds.</summary>
internal static class JudgingScenarios
{
    public static Scenario[] All { get; } =
    [
        new("steady", "Four alike; nothing goes wrong.", ScenarioUse.Judging)
        {
            Rate = 40,
            Providers = [At("a", 0.4), At("b", 0.4), At("c", 0.4), At("d", 0.4)],
        },
        new("outage", "One of four answers 503 for 20 s, then another refuses connections for 15 s.", ScenarioUse.Judging)
        {
            Rate = 40,
            Providers =
            [
                At("a", 0.25) with { Conditions = [new Failing(10, 30)] }, At("b", 0.35) with { Conditions = [new Refusing(35, 50)] },
                At("c", 0.45), At("d", 0.6),
            ],
        },
        new("half-broken", "The fastest fails every third request at once, all the time: a trap for whoever takes a fast failure for speed.", ScenarioUse.Judging)
        {
            Rate = 30,
            Providers = [At("a", 0.2) with { Conditions = [new Failing(0, 60, Status: 500, Share: 0.33)] }, At("b", 0.4), At("c", 0.5)],
        },
        new("silent-fast", "The fastest of five goes silent twice, for 10 s and for 20 s.", ScenarioUse.Judging)
        {
            Rate = 50, Seconds = 90,
            Providers = [At("a", 0.2) with { Conditions = [new BlackHole(15, 25), new BlackHole(50, 70)] }, At("b", 0.3), At("c", 0.5), At("d", 0.5), At("e", 0.8)],
        },
        new("hidden-limits", "Four deployments answer 429 beyond limits that the router does not know; the calls need 80 % of them.", ScenarioUse.Judging)
        {
            Rate = 48, Seconds = 120,
            Providers = [Hidden("a", 0.3, 1800), Hidden("b", 0.4, 900), Hidden("c", 0.5, 600), Hidden("d", 0.9, 300)],
        },
        new("tight-limits", "The router knows the limits, and the calls need 93 % of them.", ScenarioUse.Judging)
        {
            Rate = 28, Seconds = 120,
            Providers = [Declared("a", 0.25, 900), Declared("b", 0.6, 600), Declared("c", 0.7, 300)],
        },
        new("queue", "A rush of ten times as many calls for 30 s uses up the limits, which the router knows: calls wait their turn.", ScenarioUse.Judging)
        {
            Rate = 6, Seconds = 240, TimeoutSeconds = 90,
            Surges = [new(60, 90, 10)],
            Providers = [Declared("a", 0.3, 600), Declared("b", 0.6, 300)],
        },
        new("everything", "A brown-out, an outage, a 429 storm and a black hole, at four of six deployments, overlapping.", ScenarioUse.Judging)
        {
            Rate = 60, Seconds = 90,
            Providers =
            [
                At("a", 0.25) with { Conditions = [new Brownout(10, 40, 10)] }, At("b", 0.3) with { Conditions = [new Failing(20, 50, Share: 0.7)] },
                At("c", 0.35) with { Conditions = [new RateLimitStorm(30, 60, 4)] }, At("d", 0.4) with { Conditions = [new BlackHole(45, 65)] },
                At("e", 0.6) with { Capacity = 150 }, At("f", 0.8) with { Capacity = 300 },
            ],
        },
        new("fleet-64", "64 routers, each with few calls of its own, share six deployments; one browns out, another fails for a while.", ScenarioUse.Judging)
        {
            Rate = 160, Routers = 64,
            Providers =
            [
                At("a", 0.25) with { Capacity = 120, Conditions = [new Failing(35, 50)] }, At("b", 0.3) with { Capacity = 150, Conditions = [new Brownout(15, 35, 6)] },
                At("c", 0.4) with { Capacity = 150 }, At("d", 0.5) with { Capacity = 200 }, At("e", 0.7) with { Capacity = 200 }, At("f", 1.0) with { Capacity = 300 },
            ],
        },
        Buoyant("buoyant", "Buoyant's published test: eleven backends, 1,000 requests a second, one slowed to 2 s for 30 s, 1 s until the caller gives up. One attempt, whole answers.") with { MaxAttempts = 1 },
        Buoyant("buoyant-failover", "The same, with the router's failover: it gives up on a backend after half of the time and asks another."),
    ];

    private static Scenario Buoyant(string name, string description) => new(name, description, ScenarioUse.Judging)
    {
        Rate = 1000, WholeCalls = true, TimeoutSeconds = 1, InputTokens = 50, OutputTokens = 8,
        Providers = [.. Enumerable.Range(1, 11).Select(static i => new ProviderSpec($"b{i}")
        {
            FirstToken = 0.05, Sigma = 0.5, Stragglers = 0, TokensPerSecond = 1000,
            Conditions = i == 1 ? [new Frozen(15, 45, 2)] : [],
        })],
    };
}
