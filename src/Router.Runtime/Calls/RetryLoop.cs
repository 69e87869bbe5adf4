using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Asks one deployment after another, as the <see cref="Journey"/> decides, until one answers.</summary>
internal static class RetryLoop
{
    /// <summary>Runs a call. The attempt that answered is still open: the code that uses up the answer ends it.</summary>
    /// <exception cref="RoutingException">No deployment could answer.</exception>
    /// <exception cref="RoutingCanceledException">The caller cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<T> RunAsync<TAttempt, T>(RouterContext router, Journey journey, bool async)
        where TAttempt : struct, IAttempt<T>
        where T : class
    {
        CallClock clock = journey.Clock;
        while (true)
        {
            NextStep next = clock.Caller.IsCancellationRequested ? NextStep.GiveUp : journey.Next();
            if (next is NextStep.Wait) next = await journey.WaitAsync(async).ConfigureAwait(false);
            switch (next)
            {
                case NextStep.Try:
                    AttemptResult<T> result = default;
                    try
                    {
                        journey.Attempt.AnnounceProbe();
                        AttemptContext context = Prepare<TAttempt, T>(router, journey);
                        result = async && journey.HedgeDelay is { } delay && delay < context.Limit
                            ? await HedgedAttempt.RunAsync<TAttempt, T>(journey, context, delay).ConfigureAwait(false)
                            : await TAttempt.RunAsync(context, async).ConfigureAwait(false);
                        if (result.Delay > 0) journey.Attempt.NoteDelay(result.Delay);
                        if (result.IsCancelled) throw new OperationCanceledException(clock.Caller);
                        if (result.Failure is not null) journey.Attempt.NoteInput(journey.InputTokens); // In here: the messages are the caller's, and may throw.
                    }
                    catch (Exception)
                    {
                        journey.Attempt.End(new AttemptReport { Abandoned = true, Usage = result.Usage, IsCut = true });
                        if (!clock.IsCancelledByCaller) throw;
                        journey.NoteCanceled();
                        throw FailureReport.Canceled(router, journey);
                    }

                    if (TryTake(journey, result, out T? value)) return value;
                    clock.Disarm();
                    break;

                case NextStep.Wait:
                    break; // It has waited, and looks again.

                default:
                    if (clock.Caller.IsCancellationRequested) throw FailureReport.Canceled(router, journey);
                    if (journey.TryHandOn(out T? empty)) return empty;
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
        if (limit == TimeSpan.Zero) limit = journey.AnotherCouldAnswer ? TAttempt.UsualLimit(remaining, journey.Deployment, journey.Request) : remaining;
        return new AttemptContext(router, journey.Group.Definition, journey.Attempt, journey.Clock, journey.Request, limit) { KeepsRaw = journey.Routing.IncludeRawRepresentation };
    }

    /// <summary>Takes an attempt's answer, or notes its failure.</summary>
    private static bool TryTake<T>(Journey journey, AttemptResult<T> result, [NotNullWhen(true)] out T? value) where T : class
    {
        // What a filter let through of an answer, or an answer with nothing in it, is all there is, unless another deployment is to be asked instead.
        value = result.Value;
        if (result.Failure is null || (value is not null && !journey.GoesOnAfter(result.Failure.Kind)))
        {
            journey.NoteAnswer();
            return value is not null;
        }

        journey.EndFailed(result.Failure, result.Usage, value);
        return false;
    }
}
