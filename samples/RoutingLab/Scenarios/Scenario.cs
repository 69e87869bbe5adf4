namespace RoutingLab;

/// <summary>What a scenario's results are for.</summary>
internal enum ScenarioUse
{
    /// <summary>The constants of <see cref="RouterGen.RoutingStrategy.Adaptive"/> were chosen by it.</summary>
    Tuning,

    /// <summary>They are judged by it.</summary>
    Judging,
}

/// <summary>More calls than usual for a while, in seconds of the cycle.</summary>
internal sealed record Surge(double From, double To, double Factor);

/// <summary>A world to route in: who asks, who answers, and what goes wrong.</summary>
internal sealed record Scenario(string Name, string Description, ScenarioUse Use)
{
    public required ProviderSpec[] Providers { get; init; }

    /// <summary>Calls a second, over all routers; they arrive independently of each other (a Poisson process).</summary>
    public required double Rate { get; init; }

    /// <summary>So many callers, each of which makes its next call when it has the answer to the last; 0 where calls arrive at <see cref="Rate"/>.</summary>
    public int Callers { get; init; }

    /// <summary>What a request takes longer that is made before its router's first answer, in seconds: code is still to be compiled.</summary>
    public double ColdProcess { get; init; }

    /// <summary>What a request takes longer that opens a connection, in seconds.</summary>
    public double ColdConnection { get; init; }

    /// <summary>How long it lasts. In a longer run everything happens again, a cycle later.</summary>
    public double Seconds { get; init; } = 60;

    /// <summary>How many routers share the providers without knowing of each other.</summary>
    public int Routers { get; init; } = 1;

    /// <summary>Whether answers come whole instead of as streams; then all latencies are those of whole answers.</summary>
    public bool WholeCalls { get; init; }

    /// <summary>The total deadline of a call.</summary>
    public double TimeoutSeconds { get; init; } = 300;

    /// <summary>The most attempts of a call; 0 is the router's usual.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>The median length of prompts, in tokens.</summary>
    public double InputTokens { get; init; } = 400;

    /// <summary>The median of what answers are limited to, in tokens; they use a fifth of it or more.</summary>
    public double OutputTokens { get; init; } = 300;

    public Surge[] Surges { get; init; } = [];

    /// <summary>How many calls one cycle has; 0 is what comes of <see cref="Rate"/>.</summary>
    public int Calls { get; init; }

    /// <summary>How many calls one cycle has, about.</summary>
    public int CallsPerCycle => Calls > 0 ? Calls : (int)(Rate * (Seconds + Surges.Sum(static surge => (surge.To - surge.From) * (surge.Factor - 1))));

    /// <summary>Calls a second at a time.</summary>
    public double RateAt(double second)
    {
        double rate = Rate;
        foreach (Surge surge in Surges)
        {
            if (second % Seconds >= surge.From && second % Seconds < surge.To) rate *= surge.Factor;
        }

        return rate;
    }
}
