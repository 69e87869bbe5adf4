using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Asks one deployment after another, as the <see cref="Journey"/> decides, until one answers.</summary>
internal static class RetryLoop
{
    /// <summary>Runs a call. The deployment that answered is still entered: whoever uses up the answer leaves it.</summary>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<T> RunAsync<TAttempt, T>(RouterContext router, Journey journey, bool async)
        where TAttempt : struct, IAttempt<T>
        where T : class
    {
        CallClock clock = journey.Clock;
        while (true)
        {
            clock.Caller.ThrowIfCancellationRequested();
            int version = router.Signal.Version;
            switch (journey.Next())
            {
                case NextStep.Try:
                    AttemptResult<T> result = await AttemptAsync<TAttempt, T>(router, journey, async).ConfigureAwait(false);
                    if (result.Failure is null) return result.Value!;
                    clock.Renew();
                    break;

                case NextStep.Wait:
                    await router.Signal.WaitAsync(version, journey.WaitFor, async, clock.Caller).ConfigureAwait(false);
                    break;

                default:
                    throw FailureReport.ToException(router, journey);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<AttemptResult<T>> AttemptAsync<TAttempt, T>(RouterContext router, Journey journey, bool async)
        where TAttempt : struct, IAttempt<T>
        where T : class
    {
        Deployment deployment = journey.Deployment;
        CallClock clock = journey.Clock;
        AttemptResult<T> result;
        try
        {
            TimeSpan limit = TAttempt.DeclaredLimit(journey.Group.Definition);
            if (limit == TimeSpan.Zero) limit = journey.AnotherCouldAnswer ? TAttempt.UsualLimit(clock.Remaining) : clock.Remaining;
            var context = new AttemptContext(router, deployment, clock, journey.Request, limit);
            result = await TAttempt.RunAsync(context, async).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            deployment.Leave(journey.Lease, failure: null, abandoned: true);
            if (clock.Cause is CancelCause.Caller) throw new OperationCanceledException(exception.Message, exception, clock.Caller);
            throw;
        }

        if (result.Failure is null) return result;

        // What a filter let through of an answer is all there is, unless another group is to be asked instead.
        if (result.Value is not null && !journey.HasFallbackFor(result.Failure.Kind)) return new(result.Value, null);

        AttemptFailure failure = FailureReport.Redact(result.Failure, deployment);
        deployment.Leave(journey.Lease, failure);
        journey.Fail(failure);
        FailureReport.Log(router, deployment, failure);
        return new(null, failure);
    }
}
