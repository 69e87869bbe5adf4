namespace RoutingLab;

/// <summary>The scenarios. Those for tuning and those for judging show the same troubles in different worlds.</summary>
internal static class ScenarioCatalog
{
    public static Scenario[] All { get; } = [.. Tuning(), .. Judging()];

    private static IEnumerable<Scenario> Tuning()
    {
        yield return new("speeds", "Five deployments whose first tokens take from 0.25 s to 1.4 s; each has room for all.", ScenarioUse.Tuning)
        {
            Rate = 30,
            Providers = [At("a", 0.25), At("b", 0.4), At("c", 0.6), At("d", 0.9), At("e", 1.4)],
        };
        yield return new("small-fast", "The fastest has little capacity, and slows down when it is overrun.", ScenarioUse.Tuning)
        {
            Rate = 40,
            Providers = [At("fast", 0.2) with { Capacity = 20 }, At("medium", 0.4) with { Capacity = 60 }, At("slow", 0.7) with { Capacity = 150 }],
        };
        yield return new("brownout", "One of four takes eight times as long for 20 s.", ScenarioUse.Tuning)
        {
            Rate = 40,
            Providers = [At("a", 0.4) with { Conditions = [new Brownout(20, 40, 8)] }, At("b", 0.4), At("c", 0.4), At("d", 0.4)],
        };
        yield return new("black-hole", "One of three accepts requests and never answers, for 25 s.", ScenarioUse.Tuning)
        {
            Rate = 30,
            Providers = [At("a", 0.3) with { Conditions = [new BlackHole(20, 45)] }, At("b", 0.45), At("c", 0.5)],
        };
        yield return new("flapping", "One of three answers 503 for 2 s, works for 3 s, and so on for 40 s.", ScenarioUse.Tuning)
        {
            Rate = 40,
            Providers = [At("a", 0.3) with { Conditions = [new Failing(10, 50, DownSeconds: 2, UpSeconds: 3)] }, At("b", 0.45), At("c", 0.5)],
        };
        yield return new("storm-429", "Two of four answer 429 to everything for 20 s, and the others have room for half as much again.", ScenarioUse.Tuning)
        {
            Rate = 40,
            Providers =
            [
                At("a", 0.3) with { Conditions = [new RateLimitStorm(15, 35, 5)] }, At("b", 0.35) with { Conditions = [new RateLimitStorm(20, 40, 3)] },
                At("c", 0.45) with { Capacity = 100 }, At("d", 0.6) with { Capacity = 100 },
            ],
        };
        yield return new("declared-limits", "Four deployments with limits that the router knows; the calls need 80 % of them.", ScenarioUse.Tuning)
        {
            Rate = 48, Seconds = 120,
            Providers = [Declared("a", 0.3, 1800), Declared("b", 0.4, 900), Declared("c", 0.5, 600), Declared("d", 0.9, 300)],
        };
        yield return new("fleet-8", "Eight routers share four deployments of unlike speed and capacity; one browns out.", ScenarioUse.Tuning)
        {
            Rate = 120, Routers = 8,
            Providers =
            [
                At("a", 0.25) with { Capacity = 100, Conditions = [new Brownout(20, 40, 6)] }, At("b", 0.35) with { Capacity = 150 },
                At("c", 0.5) with { Capacity = 200 }, At("d", 0.8) with { Capacity = 300 },
            ],
        };
        yield return new("stragglers", "Of one deployment, the fastest by its median, every twentieth answer takes 15 times as long.", ScenarioUse.Tuning)
        {
            Rate = 30,
            Providers = [At("a", 0.3) with { Stragglers = 0.05, StragglerFactor = 15 }, At("b", 0.4), At("c", 0.4), At("d", 0.5)],
        };
        yield return new("rush", "Four times as many calls for 10 s, at deployments of unlike capacity.", ScenarioUse.Tuning)
        {
            Rate = 25,
            Surges = [new(25, 35, 4)],
            Providers = [At("a", 0.3) with { Capacity = 60 }, At("b", 0.4) with { Capacity = 100 }, At("c", 0.6) with { Capacity = 200 }],
        };
    }

    private static IEnumerable<Scenario> Judging()
    {
        yield return new("steady", "Four alike; nothing goes wrong.", ScenarioUse.Judging)
        {
            Rate = 40,
            Providers = [At("a", 0.4), At("b", 0.4), At("c", 0.4), At("d", 0.4)],
        };
        yield return new("outage", "One of four answers 503 for 20 s, then another refuses connections for 15 s.", ScenarioUse.Judging)
        {
            Rate = 40,
            Providers =
            [
                At("a", 0.25) with { Conditions = [new Failing(10, 30)] }, At("b", 0.35) with { Conditions = [new Refusing(35, 50)] },
                At("c", 0.45), At("d", 0.6),
            ],
        };
        yield return new("half-broken", "The fastest fails every third request at once, all the time: a trap for whoever takes a fast failure for speed.", ScenarioUse.Judging)
        {
            Rate = 30,
            Providers = [At("a", 0.2) with { Conditions = [new Failing(0, 60, Status: 500, Share: 0.33)] }, At("b", 0.4), At("c", 0.5)],
        };
        yield return new("silent-fast", "The fastest of five goes silent twice, for 10 s and for 20 s.", ScenarioUse.Judging)
        {
            Rate = 50, Seconds = 90,
            Providers = [At("a", 0.2) with { Conditions = [new BlackHole(15, 25), new BlackHole(50, 70)] }, At("b", 0.3), At("c", 0.5), At("d", 0.5), At("e", 0.8)],
        };
        yield return new("hidden-limits", "Four deployments answer 429 beyond limits that the router does not know; the calls need 80 % of them.", ScenarioUse.Judging)
        {
            Rate = 48, Seconds = 120,
            Providers = [Hidden("a", 0.3, 1800), Hidden("b", 0.4, 900), Hidden("c", 0.5, 600), Hidden("d", 0.9, 300)],
        };
        yield return new("tight-limits", "The router knows the limits, and the calls need 93 % of them.", ScenarioUse.Judging)
        {
            Rate = 28, Seconds = 120,
            Providers = [Declared("a", 0.25, 900), Declared("b", 0.6, 600), Declared("c", 0.7, 300)],
        };
        yield return new("queue", "A rush of four times as many calls for 30 s uses up the limits, which the router knows: calls wait their turn.", ScenarioUse.Judging)
        {
            Rate = 13, Seconds = 120, TimeoutSeconds = 60,
            Surges = [new(30, 60, 4)],
            Providers = [Declared("a", 0.3, 600), Declared("b", 0.6, 300)],
        };
        yield return new("everything", "A brown-out, an outage, a 429 storm and a black hole, at four of six deployments, overlapping.", ScenarioUse.Judging)
        {
            Rate = 60, Seconds = 90,
            Providers =
            [
                At("a", 0.25) with { Conditions = [new Brownout(10, 40, 10)] }, At("b", 0.3) with { Conditions = [new Failing(20, 50, Share: 0.7)] },
                At("c", 0.35) with { Conditions = [new RateLimitStorm(30, 60, 4)] }, At("d", 0.4) with { Conditions = [new BlackHole(45, 65)] },
                At("e", 0.6) with { Capacity = 150 }, At("f", 0.8) with { Capacity = 300 },
            ],
        };
        yield return new("fleet-64", "64 routers, each with few calls of its own, share six deployments; one browns out, another fails for a while.", ScenarioUse.Judging)
        {
            Rate = 160, Routers = 64,
            Providers =
            [
                At("a", 0.25) with { Capacity = 120, Conditions = [new Failing(35, 50)] }, At("b", 0.3) with { Capacity = 150, Conditions = [new Brownout(15, 35, 6)] },
                At("c", 0.4) with { Capacity = 150 }, At("d", 0.5) with { Capacity = 200 }, At("e", 0.7) with { Capacity = 200 }, At("f", 1.0) with { Capacity = 300 },
            ],
        };
        yield return Buoyant("buoyant", "Buoyant's published test: eleven backends, 1,000 requests a second, one slowed to 2 s for 30 s, 1 s until the caller gives up. One attempt, whole answers.") with { MaxAttempts = 1, AttemptTimeoutSeconds = 1 };
        yield return Buoyant("buoyant-failover", "The same, with the router's failover: it gives up on a backend after half of the time and asks another.");
    }

    private static Scenario Buoyant(string name, string description) => new(name, description, ScenarioUse.Judging)
    {
        Rate = 1000, WholeCalls = true, TimeoutSeconds = 1, InputTokens = 50, OutputTokens = 8,
        Providers = [.. Enumerable.Range(1, 11).Select(static i => new ProviderSpec($"b{i}")
        {
            FirstToken = 0.05, Sigma = 0.5, Stragglers = 0, TokensPerSecond = 1000,
            Conditions = i == 1 ? [new Frozen(15, 45, 2)] : [],
        })],
    };

    private static ProviderSpec At(string name, double firstToken) => new(name) { FirstToken = firstToken, Price = (decimal)(1 / firstToken) };

    private static ProviderSpec Hidden(string name, double firstToken, int rpm) => At(name, firstToken) with { Rpm = rpm, Tpm = rpm * 1000 };

    private static ProviderSpec Declared(string name, double firstToken, int rpm) => Hidden(name, firstToken, rpm) with { LimitsDeclared = true };
}
