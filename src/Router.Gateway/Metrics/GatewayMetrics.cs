using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Limits;

namespace RouterGen.Gateway.Metrics;

/// <summary>
/// Counts requests and their attempts. Labels are names of the configuration, of endpoints and of errors, never a client's text, so that their number is bounded. What a request
/// pays is a few look-ups and additions.
/// </summary>
/// <param name="options">What bounds requests, and how metrics are shown.</param>
internal sealed class GatewayMetrics(GatewayOptions options) : IGatewayObserver
{
    private readonly List<IModelGroups> _models = [];
    private int _inFlight;

    /// <summary>Gets whether metrics are shown under LiteLLM's names too.</summary>
    public bool ShowsLiteLLMNames => options.ShowsLiteLLMMetrics;

    /// <summary>Gets what bounds requests.</summary>
    public RequestLimits Limits => options.Limits;

    /// <summary>Gets the groups that are served.</summary>
    public IReadOnlyList<IModelGroups> Models => _models;

    /// <summary>Gets how many requests are under way, those that wait included.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Gets requests by endpoint, group, status and reason.</summary>
    public SeriesTable<Counter> Requests { get; } = new(static () => new Counter());

    /// <summary>Gets durations of requests by endpoint, group, and whether they are streamed.</summary>
    public SeriesTable<RequestSeries> Durations { get; } = new(static () => new RequestSeries());

    /// <summary>Gets attempts by group, deployment and outcome.</summary>
    public SeriesTable<Counter> Attempts { get; } = new(static () => new Counter());

    /// <summary>Gets what is measured of attempts, by group, deployment, model and provider.</summary>
    public SeriesTable<DeploymentSeries> Deployments { get; } = new(static () => new DeploymentSeries());

    /// <summary>Gets requests that went on, by the group that was asked and the one that was asked last.</summary>
    public SeriesTable<FallbackSeries> Fallbacks { get; } = new(static () => new FallbackSeries());

    /// <summary>Adds groups whose deployments are shown.</summary>
    public void Watch(IModelGroups models) => _models.Add(models);

    /// <inheritdoc/>
    public void CallStarted(GatewayCall call) => Interlocked.Increment(ref _inFlight);

    /// <inheritdoc/>
    public void CallEnded(GatewayCall call)
    {
        Interlocked.Decrement(ref _inFlight);
        string group = call.Group?.Name ?? "";
        Requests.Of(new LabelValues(call.Endpoint, group, StatusTexts.Of(call.Status), ReasonOf(call))).Add();
        RequestSeries durations = Durations.Of(new LabelValues(call.Endpoint, group, call.IsStreaming ? "true" : "false"));
        durations.Duration.Add(call.Duration);
        if (call.TimeToFirstByte is { } first) durations.TimeToFirstByte.Add(first);
        IReadOnlyList<ObservedAttempt> attempts = call.Attempts;
        if (attempts.Count == 0) return;
        if (!call.IsStreaming && call.Duration >= call.ProviderTime) durations.Overhead.Add(call.Duration - call.ProviderTime);
        foreach (ObservedAttempt attempt in attempts)
        {
            if (attempt.Duration > TimeSpan.Zero || attempt.Outcome is not FailureKind.None || attempt == attempts[^1]) Count(attempt); // One that lost a race may still be under way.
        }

        if (attempts[^1].Group == group) return;
        FallbackSeries fallbacks = Fallbacks.Of(new LabelValues(group, attempts[^1].Group));
        (call.Error is null ? fallbacks.Successes : fallbacks.Failures).Add();
    }

    /// <inheritdoc/>
    public void AttemptEndedLate(GatewayCall call, ObservedAttempt attempt) => Count(attempt);

    private static string ReasonOf(GatewayCall call) => call.WasLeft ? "client_left" : call.Error is { } error ? StatusTexts.Of(error.Reason) : "";

    private void Count(ObservedAttempt attempt)
    {
        Attempts.Of(new LabelValues(attempt.Group, attempt.Deployment, StatusTexts.Of(attempt.Outcome))).Add();
        DeploymentSeries series = Deployments.Of(new LabelValues(attempt.Group, attempt.Deployment, attempt.Model, attempt.Provider));
        series.Duration.Add(attempt.Duration);
        if (attempt.TimeToFirstToken is { } first) series.TimeToFirstToken.Add(first);
        if (attempt.Usage is { } usage)
        {
            series.InputTokens.Add(usage.InputTokenCount ?? 0);
            series.OutputTokens.Add(usage.OutputTokenCount ?? 0);
        }

        if (attempt.Cost is { } cost) series.AddCost(cost);
        if (attempt.Outcome is FailureKind.None)
        {
            series.Successes.Add();
            return;
        }

        series.Failures.Add();
        if (CooldownOf(attempt) is { } until) series.NoteCooldown(until);
    }

    private DateTimeOffset? CooldownOf(ObservedAttempt attempt)
    {
        foreach (IModelGroups models in _models)
        {
            if (models.Find(attempt.Group) is not { } group) continue;
            foreach (DeploymentStatus status in group.Status)
            {
                if (status.Name == attempt.Deployment) return status.CooldownUntil;
            }
        }

        return null;
    }
}
