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
    /// <summary>Gets the deployment's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets whether it takes calls.</summary>
    public required DeploymentHealth Health { get; init; }

    /// <summary>Gets the calls under way, streams included.</summary>
    public required int InFlight { get; init; }

    /// <summary>Gets the failures since its last success.</summary>
    public required int FailuresInARow { get; init; }

    /// <summary>Gets how much of its cooldown is left; zero where it does not cool down.</summary>
    public required TimeSpan CooldownRemaining { get; init; }

    /// <summary>Gets when its cooldown ends; null where it does not cool down.</summary>
    public DateTimeOffset? CooldownUntil { get; init; }

    /// <summary>
    /// Gets the part that is left of its rate limits, 0 to 1: the smallest of its own (Rpm, Tpm) and of those that its provider's
    /// headers reported within the last minute.
    /// </summary>
    public double Headroom { get; init; }

    /// <summary>Gets what calls (at a shadow, copies) have spent there, and may spend. Measurements are not counted in it: see <see cref="LatencyProbeCost"/>.</summary>
    public BudgetStatus Spend { get; init; }

    /// <summary>Gets its share of the calls, relative to the weights of the other deployments.</summary>
    public double Weight { get; init; }

    /// <summary>Gets its rank: it is asked only when no deployment of a lower one takes calls.</summary>
    public int Order { get; init; }

    /// <summary>Gets the requests a minute; null is unlimited.</summary>
    public int? Rpm { get; init; }

    /// <summary>Gets the tokens a minute; null is unlimited.</summary>
    public int? Tpm { get; init; }

    /// <summary>Gets the calls in flight at once; null is unlimited.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>Gets how often it was asked and the attempt has ended, in whatever way.</summary>
    public long Calls { get; init; }

    /// <summary>Gets how many of <see cref="Calls"/> failed, for whatever reason.</summary>
    public long Failures { get; init; }

    /// <summary>
    /// Gets how many of <see cref="Failures"/> were refusals for which the router's table has no row, so that a default for
    /// the status decided (see "What a refusal means" in docs/routing.md). <see cref="Attempt.IsUnrecognized"/> marks each.
    /// </summary>
    public long UnrecognizedRefusals { get; init; }

    /// <summary>Gets the kind of the last failure that counted against its health; <see cref="FailureKind.None"/> where it never did.</summary>
    public FailureKind LastFailure { get; init; }

    /// <summary>Gets the median time to the first content of its last 64 streams; null before the first.</summary>
    public TimeSpan? TimeToFirstTokenP50 { get; init; }

    /// <summary>Gets the time within which 95 % of its last 64 streams brought their first content; null before the first.</summary>
    public TimeSpan? TimeToFirstTokenP95 { get; init; }

    /// <summary>Gets the median time of its last 64 answers that were not streamed; null before the first.</summary>
    public TimeSpan? LatencyP50 { get; init; }

    /// <summary>Gets the time within which 95 % of its last 64 answers that were not streamed came; null before the first.</summary>
    public TimeSpan? LatencyP95 { get; init; }

    /// <summary>Gets how often its latency was measured in the background; these requests are no calls.</summary>
    public long LatencyProbes { get; init; }

    /// <summary>Gets what these measurements cost in USD, as far as prices are known and the provider counted tokens.</summary>
    public decimal LatencyProbeCost { get; init; }

    /// <summary>Gets why it is not configured; null where it is. Names variables, never values.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// Gets whether it is not configured because a variable is not set: the one with its key, or with a part of its endpoint. <see cref="Problem"/> names it.
    /// Other problems, such as an endpoint that is no URL, are mistakes in what is set.
    /// </summary>
    public bool IsVariableMissing { get; init; }

    /// <summary>Gets whether it answers no callers: it gets copies of their calls (<see cref="DeploymentAttribute.MirrorShare"/>).</summary>
    public bool IsShadow { get; init; }

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
