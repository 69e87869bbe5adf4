using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// One attempt, from its entry at a deployment to its end. It ends exactly once, whichever path gets there first, and its end is
/// the one place that gives the deployment's slot back, tells policies, counters and observers how it went, and logs a failure.
/// </summary>
internal sealed class AttemptScope
{
    private Lease _lease;
    private int _hasEnded;

    /// <summary>Owns an entry that a pick has made.</summary>
    /// <param name="deployment">The deployment that was entered.</param>
    /// <param name="credentials">What the request is authorised with.</param>
    /// <param name="lease">The entry.</param>
    public AttemptScope(Deployment deployment, Credentials credentials, in Lease lease)
    {
        Deployment = deployment;
        Credentials = credentials;
        _lease = lease;
    }

    /// <summary>Enters a deployment for the router's own purposes, with the configured key.</summary>
    /// <returns>Null where the deployment cannot take the request now.</returns>
    public static AttemptScope? TryEnter(Deployment deployment, in CallProfile call) =>
        deployment.TryEnter(deployment.Router.Clock.Now, call, out Lease lease) ? new AttemptScope(deployment, deployment.Credentials, lease) : null;

    /// <summary>Makes the scope of a request that is no call (<see cref="SideRequest"/>): it takes no place at the deployment, and leaves none.</summary>
    public static AttemptScope Beside(Deployment deployment, Credentials credentials) => new(deployment, credentials, default) { _hasEnded = 1 };

    /// <summary>Gets the deployment that was entered.</summary>
    public Deployment Deployment { get; }

    /// <summary>Gets what observers, spans and metrics see of the attempt; null where nothing observes it.</summary>
    public ObservedAttempt? Observed { get; private set; }

    /// <summary>Gets what the request is authorised with.</summary>
    public Credentials Credentials { get; }

    /// <summary>Gets what was noted at the entry, and since.</summary>
    public Lease Lease => _lease;

    /// <summary>Gets when the attempt started, in ticks of the router's clock.</summary>
    public long Started => _lease.Entered;

    /// <summary>Gets whether the attempt has ended.</summary>
    public bool HasEnded => Volatile.Read(ref _hasEnded) != 0;

    /// <summary>Begins to observe an attempt of a call: the request is about to be sent.</summary>
    public void Observe(ObservedCall? call, CallRequest request)
    {
        if (call is not null) Observed = AttemptWatch.Start(call, request, Deployment, Credentials.AddressFor(request.IsStreaming), _lease.IsCallersKey);
    }

    /// <summary>Begins to observe what the router sends by itself.</summary>
    public void ObserveBeside(AttemptPurpose purpose, CallRequest request) =>
        Observed = AttemptWatch.StartBeside(purpose, request, Deployment, Credentials.AddressFor(request.IsStreaming));

    /// <summary>Tells observers that the request is a probe, where it is one. Not to be called under a lock.</summary>
    public void AnnounceProbe() => Deployment.AnnounceProbing(_lease);

    /// <summary>Notes the tokens of the request's text, as estimated: what a failed attempt may be billed for.</summary>
    public void NoteInput(int tokens) => _lease = _lease with { InputTokens = tokens };

    /// <summary>Notes what was lost before the request was sent that got an answer; it is no latency.</summary>
    public void NoteDelay(long delay) => _lease = _lease with { Delay = delay };

    /// <summary>Notes that the deployment has begun to answer: it works, even if the answer fails later.</summary>
    /// <param name="firstContentAt">When the first content arrived; null where there was none.</param>
    /// <param name="inputTokens">The tokens of the request's text, as estimated.</param>
    /// <param name="isMeasurement">Whether it is the router's own measurement and no call.</param>
    public void Confirm(long? firstContentAt, int inputTokens, bool isMeasurement = false)
    {
        _lease = Deployment.Confirm(_lease, firstContentAt, inputTokens, isMeasurement);
        if (Observed is not null && firstContentAt is { } at) AttemptWatch.FirstToken(Observed, Deployment.Router, new TimeSpan(at - Started), at);
    }

    /// <summary>Ends the attempt; where it has ended already, does nothing.</summary>
    /// <param name="report">How it went.</param>
    /// <returns>The failure without what is secret; null where there was none.</returns>
    public AttemptFailure? End(in AttemptReport report)
    {
        AttemptFailure? failure = report.Failure is null ? null : FailureLog.Redact(report.Failure, Credentials);
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0) return failure;
        if (IsKeyReplaced) _lease = _lease with { IsKeyReplaced = true };
        Deployment.Leave(_lease, report with { Failure = failure });
        if (IsKeyReplaced && !_lease.IsKeyReplaced) Deployment.ForgetKey(); // It was replaced meanwhile, and was blamed for what the old one did.
        if (failure is not null) FailureLog.Log(Deployment.Router, Deployment, _lease, failure);
        if (Observed is not null) EndObserved(report with { Failure = failure });
        return failure;
    }

    private void EndObserved(in AttemptReport report)
    {
        FailureKind outcome = report.Failure?.Kind ?? (report.Abandoned || report.IsCut ? report.Unanswered : FailureKind.None);
        AttemptWatch.End(Observed!, Deployment.Router, report, Deployment.Router.Clock.Since(Started), outcome, Deployment.Prices, Deployment.CircumstancesOf(_lease, report.Tier));
    }

    private bool IsKeyReplaced => !_lease.IsCallersKey && !ReferenceEquals(Credentials, Deployment.Credentials);

    /// <summary>Ends an attempt that was not made after all.</summary>
    public void EndUnasked() => End(new AttemptReport { NotAsked = true });
}
