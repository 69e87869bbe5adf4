using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Asks one deployment after another, as the <see cref="CallRoute"/> decides, until one answers.</summary>
internal static class RetryLoop
{
    /// <summary>Runs a call. The attempt that answered is still open: the code that uses up the answer ends it.</summary>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="RoutingCanceledException">The caller cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<T> RunAsync<TAttempt, T>(RouterContext router, CallRoute route, bool async)
        where TAttempt : struct, IAttempt<T>
        where T : class
    {
        CallClock clock = route.Clock;
        while (true)
        {
            NextStep next = clock.Caller.IsCancellationRequested ? NextStep.GiveUp : route.Next();
            if (next is NextStep.Wait) next = await route.WaitAsync(async).ConfigureAwait(false);
            switch (next)
            {
                case NextStep.Try:
                    route.LogFailover();
                    AttemptResult<T> result = default;
                    try
                    {
                        route.Attempt.AnnounceProbe();
                        route.Observe(route.Attempt);
                        AttemptContext context = Prepare<TAttempt, T>(router, route);
                        result = async && route.HedgeDelay is { } delay && delay < context.Limit
                            ? await HedgedAttempt.RunAsync<TAttempt, T>(route, context, delay).ConfigureAwait(false)
                            : await MockedAttempt.RunAsync<TAttempt, T>(context, async).ConfigureAwait(false);
                        if (result.Delay > 0) route.Attempt.NoteDelay(result.Delay);
                        if (result.IsCancelled) throw new OperationCanceledException(clock.Caller);
                        if (result.Failure is not null) route.Attempt.NoteInput(route.InputTokens); // In here: the messages are the caller's, and may throw.
                    }
                    catch (Exception)
                    {
                        FailureKind outcome = clock.IsCancelledByCaller ? FailureKind.Canceled : FailureKind.InvalidRequest; // What the caller gave cannot be read.
                        route.Attempt.End(new AttemptReport { Abandoned = true, Unanswered = outcome, Usage = result.Usage, IsCut = true });
                        route.NoteEnd(outcome);
                        if (!clock.IsCancelledByCaller) throw;
                        route.NoteCanceled();
                        throw FailureReport.Canceled(router, route);
                    }

                    if (TryTake(route, result, out T? value)) return value;
                    clock.Disarm();
                    break;

                case NextStep.Wait:
                    break; // It has waited, and looks again.

                default:
                    if (clock.Caller.IsCancellationRequested) throw FailureReport.Canceled(router, route);
                    if (route.TryHandOn(out T? empty)) return empty;
                    throw FailureReport.ToException(router, route);
            }
        }
    }

    private static AttemptContext Prepare<TAttempt, T>(RouterContext router, CallRoute route)
        where TAttempt : struct, IAttempt<T>
        where T : class
    {
        TimeSpan remaining = route.Clock.Remaining;
        TimeSpan limit = TAttempt.DeclaredLimit(route.Limits);
        if (limit == TimeSpan.Zero) limit = route.AnotherCouldAnswer ? TAttempt.UsualLimit(remaining, route.Deployment, route.Request) : remaining;
        return new AttemptContext(router, route.Attempt, route.Clock, route.Request, limit) { Routing = route.Routing, Drill = route.Drill };
    }

    /// <summary>Takes an attempt's answer, or notes its failure.</summary>
    private static bool TryTake<T>(CallRoute route, AttemptResult<T> result, [NotNullWhen(true)] out T? value) where T : class
    {
        // What a filter let through of an answer, or an answer with nothing in it, is all there is, unless another deployment is to be asked instead.
        value = result.Value;
        if (result.Failure is null || (value is not null && !route.GoesOnAfter(result.Failure.Kind)))
        {
            route.NoteAnswer();
            return value is not null;
        }

        route.EndFailed(result.Failure, result.Usage, value);
        return false;
    }
}
