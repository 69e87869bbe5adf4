using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Measures how long a deployment takes to its first token, with a <see cref="OneTokenRequest"/>. Only while calls come, one
/// deployment of a group at a time, and each once in each half of <see cref="GroupDefinition.LatencyTtl"/> in which no stream
/// has told: so the sample of the half before still counts meanwhile.
/// </summary>
internal sealed class LatencyProber(RouterContext router, GroupDefinition group, IBackgroundCalls calls)
{
    private int _isBusy;
    private Deployment? _next;

    /// <summary>Gets whether a measurement is under way.</summary>
    public bool IsBusy => Volatile.Read(ref _isBusy) != 0;

    /// <summary>Measures a deployment soon, if it is due. Does not wait.</summary>
    public void Measure(Deployment deployment)
    {
        if (IsBusy) return;
        long now = router.Clock.Now;
        long period = group.LatencyTtl.Ticks;
        if (deployment.LatencyOf(streaming: true).WindowOf(period).HasSampleOf(LatencyWindow.HalfAt(now, period))) return;
        if (Interlocked.CompareExchange(ref _isBusy, 1, 0) != 0) return;
        if (!deployment.TryInvite(streaming: true, now, LatencyWindow.LeftOfHalf(now, period)))
        {
            Volatile.Write(ref _isBusy, 0);
            return;
        }

        _next = deployment;
        router.Clock.Post(static prober => _ = prober.RunAsync(), this); // which notes its own failures
    }

    private async Task RunAsync()
    {
        await calls.ProbeAsync(router, _next!).ConfigureAwait(false);
        Volatile.Write(ref _isBusy, 0);
    }
}
