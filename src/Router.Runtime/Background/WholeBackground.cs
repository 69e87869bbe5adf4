using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What the router sends in the background to the deployments of a kind of call whose answers come in one piece.</summary>
/// <typeparam name="TAttempt">How such a deployment is asked.</typeparam>
/// <typeparam name="T">The answer.</typeparam>
/// <param name="smallest">The smallest request that there is.</param>
internal sealed class WholeBackground<TAttempt, T>(CallRequest smallest) : IBackgroundCalls
    where TAttempt : struct, IAttempt<T>
    where T : class, ICallAnswer
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public CallProfile Probe { get; } = new(smallest, CallOptions.None, smallest.Shape.Tokens);

    public async Task<bool> ProbeAsync(RouterContext router, Deployment deployment)
    {
        TimeSpan timeout = deployment.GroupSettings.Timeout;
        CallClock clock = router.StartCall(Deadline < timeout ? Deadline : timeout, CancellationToken.None);
        try
        {
            if (AttemptScope.TryEnter(deployment, Probe) is not { } attempt) return false;
            var report = new AttemptReport { Abandoned = true };
            try
            {
                attempt.AnnounceProbe();
                attempt.ObserveBeside(AttemptPurpose.Probe, smallest);
                report = await AskOnceAsync(new AttemptContext(router, attempt, clock, smallest, clock.Remaining)).ConfigureAwait(false) with { IsMeasurement = true };
                return report.Failure is null || FailureRule.For(report.Failure.Kind).Effect is not HealthEffect.NotAsked;
            }
            finally
            {
                attempt.End(report);
                deployment.CountLatencyProbe(attempt.Lease, report);
            }
        }
        catch (Exception exception)
        {
            RouterLog.ProbeFailed(router.Logger, deployment.Group, deployment.Name, exception.GetType().Name);
            return false;
        }
        finally
        {
            router.EndCall(clock);
        }
    }

    public async ValueTask<AttemptReport> AskOnceAsync(AttemptContext context)
    {
        AttemptResult<T> result = await TAttempt.RunAsync(context, async: true).ConfigureAwait(false);
        return new AttemptReport { Failure = result.Failure, Usage = result.Value?.Usage ?? result.Usage, Tier = result.Value?.Tier };
    }
}
