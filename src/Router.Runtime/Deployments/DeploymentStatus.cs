using System.Globalization;
using System.Text;

namespace RouterGen;

/// <summary>Whether a deployment takes calls.</summary>
public enum DeploymentHealth
{
    /// <summary>It does.</summary>
    Healthy,

    /// <summary>It failed and is left alone for a while.</summary>
    CoolingDown,

    /// <summary>Its cooldown is over, and one call finds out for all whether it works again.</summary>
    Probing,

    /// <summary>Its key or endpoint is missing or malformed.</summary>
    NotConfigured,

    /// <summary>It is being taken out of service: it takes no new calls, and some are still under way.</summary>
    Draining,

    /// <summary>It was taken out of service, and no call is under way any more.</summary>
    Drained,

    /// <summary>It was taken out of service at once.</summary>
    Disabled,

    /// <summary>Its budget is spent, or its group's: it takes no calls before the next period.</summary>
    OutOfBudget,
}

/// <summary>A deployment's state at one moment.</summary>
public readonly record struct DeploymentStatus
{
    /// <summary>The deployment's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it takes calls.</summary>
    public required DeploymentHealth Health { get; init; }

    /// <summary>Calls under way, streams included.</summary>
    public required int InFlight { get; init; }

    /// <summary>Failures since its last success.</summary>
    public required int FailuresInARow { get; init; }

    /// <summary>How much of its cooldown is left; zero where it does not cool down.</summary>
    public required TimeSpan CooldownRemaining { get; init; }

    /// <summary>When its cooldown ends; null where it does not cool down.</summary>
    public DateTimeOffset? CooldownUntil { get; init; }

    /// <summary>
    /// The part that is left of its rate limits, 0 to 1: the smallest of its own (Rpm, Tpm) and of those that its provider's
    /// headers told of within the last minute.
    /// </summary>
    public double Headroom { get; init; }

    /// <summary>What calls (at a shadow, copies) have spent there, and may spend. Measurements are not counted in it: see <see cref="LatencyProbeCost"/>.</summary>
    public BudgetStatus Spend { get; init; }

    /// <summary>Its share of the calls, relative to the weights of the other deployments.</summary>
    public double Weight { get; init; }

    /// <summary>Requests a minute; null is unlimited.</summary>
    public int? Rpm { get; init; }

    /// <summary>Tokens a minute; null is unlimited.</summary>
    public int? Tpm { get; init; }

    /// <summary>Calls in flight at once; null is unlimited.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>How often it was asked and the attempt has ended, in whatever way.</summary>
    public long Calls { get; init; }

    /// <summary>How many of <see cref="Calls"/> failed, for whatever reason.</summary>
    public long Failures { get; init; }

    /// <summary>
    /// Gets how many of <see cref="Failures"/> were refusals for which the router's table has no row, so that a default for
    /// the status decided (see "What a refusal means" in docs/routing.md). <see cref="Attempt.IsUnrecognized"/> marks each.
    /// </summary>
    public long UnrecognizedRefusals { get; init; }

    /// <summary>The kind of the last failure that counted against its health; <see cref="FailureKind.None"/> where it never did.</summary>
    public FailureKind LastFailure { get; init; }

    /// <summary>The median time to the first content of its last 64 streams; null before the first.</summary>
    public TimeSpan? TimeToFirstTokenP50 { get; init; }

    /// <summary>The time within which 95 % of its last 64 streams brought their first content; null before the first.</summary>
    public TimeSpan? TimeToFirstTokenP95 { get; init; }

    /// <summary>The median time of its last 64 answers that were not streamed; null before the first.</summary>
    public TimeSpan? LatencyP50 { get; init; }

    /// <summary>The time within which 95 % of its last 64 answers that were not streamed came; null before the first.</summary>
    public TimeSpan? LatencyP95 { get; init; }

    /// <summary>How often its latency was measured in the background; these requests are no calls.</summary>
    public long LatencyProbes { get; init; }

    /// <summary>What these measurements cost in USD, as far as prices are known and the provider counted tokens.</summary>
    public decimal LatencyProbeCost { get; init; }

    /// <summary>Why it is not configured; null where it is. Names variables, never values.</summary>
    public string? Problem { get; init; }

    /// <summary>One line for people: <c>openai/gpt-4o-mini: healthy, 3 in flight, 1204 calls, 12 failed</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Name}: {Describe(Health)}");
        if (Health is DeploymentHealth.OutOfBudget) text.Append(CultureInfo.InvariantCulture, $" ({(Spend.IsSpent ? Spend.ToString() : "its group's is spent")})");
        if (Problem is not null) text.Append(CultureInfo.InvariantCulture, $" ({Problem})");
        string cooling = Health is DeploymentHealth.CoolingDown ? "" : ", cools down";
        if (CooldownRemaining > TimeSpan.Zero) text.Append(CultureInfo.InvariantCulture, $"{cooling} for another {CooldownRemaining.TotalSeconds:F1} s after {LastFailure}");
        text.Append(CultureInfo.InvariantCulture, $", {InFlight} in flight, {Calls} calls, {Failures} failed");
        if (UnrecognizedRefusals > 0) text.Append(CultureInfo.InvariantCulture, $" ({UnrecognizedRefusals} with a refusal that is not recognized)");
        if (TimeToFirstTokenP50 is { } first) text.Append(CultureInfo.InvariantCulture, $", first token in {first.TotalMilliseconds:F0} ms (p95 {TimeToFirstTokenP95!.Value.TotalMilliseconds:F0})");
        if (LatencyP50 is { } whole) text.Append(CultureInfo.InvariantCulture, $", answers in {whole.TotalMilliseconds:F0} ms (p95 {LatencyP95!.Value.TotalMilliseconds:F0})");
        if (Rpm is not null || Tpm is not null) text.Append(CultureInfo.InvariantCulture, $", {Headroom * 100:F0} % of its limits left");
        return text.ToString();
    }

    private static string Describe(DeploymentHealth health) => health switch
    {
        DeploymentHealth.CoolingDown => "cooling down",
        DeploymentHealth.NotConfigured => "not configured",
        DeploymentHealth.OutOfBudget => "out of budget",
        _ => health.ToString().ToLowerInvariant(),
    };
}
