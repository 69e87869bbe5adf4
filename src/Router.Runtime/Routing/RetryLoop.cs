using System.Diagnostics.CodeAnalysis;
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
                    AttemptResult<T> result;
                    try
                    {
                        result = await TAttempt.RunAsync(Prepare<TAttempt, T>(router, journey), async).ConfigureAwait(false);
                    }
                    catch (Exception exception)
                    {
                        journey.Deployment.Leave(journey.Lease, failure: null, abandoned: true);
                        if (clock.IsCancelledByCaller) throw new OperationCanceledException(exception.Message, exception, clock.Caller);
                        throw;
                    }

                    if (TryTake(router, journey, result, out T? value)) return value;
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

    private static AttemptContext Prepare<TAttempt, T>(RouterContext router, Journey journey)
        where TAttempt : struct, IAttempt<T>
        where T : class
    {
        TimeSpan remaining = journey.Clock.Remaining;
        TimeSpan limit = TAttempt.DeclaredLimit(journey.Group.Definition);
        if (limit == TimeSpan.Zero) limit = journey.AnotherCouldAnswer ? TAttempt.UsualLimit(remaining) : remaining;
        return new AttemptContext(router, journey.Deployment, journey.Clock, journey.Request, limit);
    }

    /// <summary>Takes an attempt's answer, or notes its failure.</summary>
    private static bool TryTake<T>(RouterContext router, Journey journey, AttemptResult<T> result, [NotNullWhen(true)] out T? value) where T : class
    {
        // What a filter let through of an answer is all there is, unless another group is to be asked instead.
        value = result.Value;
        if (result.Failure is null || (value is not null && !journey.HasFallbackFor(result.Failure.Kind))) return value is not null;

        Deployment deployment = journey.Deployment;
        AttemptFailure failure = FailureReport.Redact(result.Failure, deployment);
        deployment.Leave(journey.Lease, failure);
        journey.Fail(failure);
        FailureReport.Log(router, deployment, failure);
        return false;
    }
}
