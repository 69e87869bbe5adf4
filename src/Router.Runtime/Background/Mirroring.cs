using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Copies a share of a group's calls to its shadow deployments, in the background: a caller's latency, answer, errors and
/// cost know nothing of it. Bounded: what comes while too many copies are under way is not copied.
/// </summary>
/// <param name="router">The router.</param>
/// <param name="settings">What of the group can be changed at run time.</param>
/// <param name="deployments">All deployments of the group.</param>
/// <param name="calls">What sends the copies.</param>
/// <param name="policyFor">The policy that chooses for a call.</param>
internal sealed class Mirroring(RouterContext router, LiveGroupSettings settings, Deployment[] deployments, IBackgroundCalls calls, Func<CallOptions, SelectionPolicy> policyFor)
{
    private const int MostAtOnce = 32;

    private readonly Deployment[] _shadows = Array.FindAll(deployments, static deployment => deployment.IsShadow);
    private LowDiscrepancySequence _points = new(router.Random.NextUInt64());
    private int _underWay;

    /// <summary>
    /// Copies a call to the shadows whose turn it is, and that are what the caller demands. A caller that brings keys wants the call
    /// made with those, and at their expense: it is not copied. Never throws, never waits.
    /// </summary>
    public void Copy(CallRequest request, CallOptions routing, CancellationToken caller)
    {
        if (_shadows.Length == 0 || caller.IsCancellationRequested || routing.ApiKeys.Count > 0) return;
        double point = _points.Next();
        foreach (Deployment shadow in _shadows)
        {
            if (point < shadow.Definition.MirrorShare && Demands.AreMet(routing, shadow) && IsTaken(request, routing, shadow)) Start(shadow, request);
        }
    }

    /// <summary>Whether a policy of the user's, where one chooses for the call, takes the shadow: what it refuses gets no copy.</summary>
    private bool IsTaken(CallRequest request, CallOptions routing, Deployment shadow)
    {
        SelectionPolicy policy = policyFor(routing);
        if (!policy.DecidesAlone) return true;
        var call = new CallProfile(request, routing, Tokens: 0);
        return policy.Pick(new SelectionContext(deployments, [shadow.Index], call, router.Clock.Now)) == 0;
    }

    private void Start(Deployment shadow, CallRequest request)
    {
        if (Interlocked.Increment(ref _underWay) > MostAtOnce)
        {
            Interlocked.Decrement(ref _underWay);
            return;
        }

        CallRequest copy;
        try
        {
            copy = request.Copy(); // The caller may go on with its list while the copy is on its way.
        }
        catch (Exception exception)
        {
            Interlocked.Decrement(ref _underWay);
            RouterLog.MirrorFailed(router.Logger, shadow.Group, shadow.Name, FailureKind.InvalidRequest, null, exception.GetType().Name);
            return;
        }

        router.Clock.Post(static queued => _ = queued.RunAsync(), new QueuedCopy(this, shadow, copy));
    }

    private async Task RunAsync(Deployment shadow, CallRequest request)
    {
        try
        {
            await AskAsync(shadow, request).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            RouterLog.MirrorFailed(router.Logger, shadow.Group, shadow.Name, FailureKind.Unsupported, null, exception.GetType().Name);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task AskAsync(Deployment shadow, CallRequest request)
    {
        var call = new CallProfile(request, CallOptions.None, shadow.Settings.Tokens is not null ? request.Shape.Tokens : 0);
        long now = router.Clock.Now;
        if (shadow.ReturnsAt(now, call) > now || AttemptScope.TryEnter(shadow, call) is not { } attempt) return; // It cools down, is at its limit or out of budget.
        CallClock clock = router.StartCall(settings.Timeout, CancellationToken.None);
        try
        {
            attempt.AnnounceProbe();
            attempt.ObserveBeside(AttemptPurpose.Shadow, request);
            attempt.End(await calls.AskOnceAsync(new AttemptContext(router, attempt, clock, request, clock.Remaining)).ConfigureAwait(false));
        }
        finally
        {
            attempt.End(new AttemptReport { Abandoned = true });
            router.EndCall(clock);
        }
    }

    /// <summary>One copy that is still to be sent.</summary>
    private sealed class QueuedCopy(Mirroring owner, Deployment shadow, CallRequest request)
    {
        public Task RunAsync() => owner.RunAsync(shadow, request);
    }
}
