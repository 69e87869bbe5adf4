using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Finds out in the background whether a deployment works again that has kept calls waiting in vain, so that no caller has to
/// where another deployment can answer. Only while calls come, and one request for a deployment at a time.
/// </summary>
internal sealed class RecoveryProber(RouterContext router, Deployment[] deployments, IBackgroundCalls calls)
{
    private readonly int[] _isBusy = new int[deployments.Length];

    /// <summary>Gets the deployments that a call passes over while another can take it.</summary>
    public DeploymentSet Spared
    {
        get
        {
            DeploymentSet spared = default;
            foreach (Deployment deployment in deployments)
            {
                if (IsSpared(deployment)) spared.Add(deployment.Index);
            }

            return spared;
        }
    }

    /// <summary>Probes those of them whose cooldown is over, soon. Does not wait.</summary>
    /// <param name="except">Those that the call would not have gone to anyway.</param>
    public void Probe(in DeploymentSet except)
    {
        long now = router.Clock.Now;
        foreach (Deployment deployment in deployments)
        {
            if (!IsSpared(deployment) || except.Contains(deployment.Index) || deployment.ReturnsAt(now, calls.Probe) > now) continue;
            if (Interlocked.CompareExchange(ref _isBusy[deployment.Index], 1, 0) != 0) continue;
            router.Clock.Post(static probe => _ = probe.RunAsync(), new QueuedProbe(this, deployment));
        }
    }

    // One without a configured key can be asked by callers alone, with theirs.
    private static bool IsSpared(Deployment deployment) => deployment.IsCostlyToTry && deployment.Credentials.Problem is null;

    private async Task RunAsync(Deployment deployment)
    {
        bool told = await calls.ProbeAsync(router, deployment).ConfigureAwait(false);
        Volatile.Write(ref _isBusy[deployment.Index], 0);
        if (!told && deployment.ReturnsAt(router.Clock.Now, calls.Probe) <= router.Clock.Now) deployment.LetCallsTry();
    }

    /// <summary>One probe that is still to be sent.</summary>
    private sealed class QueuedProbe(RecoveryProber owner, Deployment deployment)
    {
        public Task RunAsync() => owner.RunAsync(deployment);
    }
}
