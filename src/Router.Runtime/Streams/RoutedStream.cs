using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Plays a stream to the caller. Up to its first content <see cref="RetryLoop"/> fails over; from then on the stream is the caller's, and so is its failure.</summary>
/// <typeparam name="TAttempt">How a deployment is asked.</typeparam>
/// <typeparam name="TKind">What the streams of the kind of call have of their own.</typeparam>
/// <typeparam name="TUpdate">What they bring, piece by piece.</typeparam>
internal static class RoutedStream<TAttempt, TKind, TUpdate>
    where TAttempt : struct, IAttempt<ProviderStream<TUpdate>>
    where TKind : IStreamKind<TUpdate>
    where TUpdate : class
{
    public static async IAsyncEnumerable<TUpdate> PlayAsync(GroupState group, CallRequest request, CallOptions routing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CallScope call = CallScope.Begin(group, request, routing, cancellationToken);
        ProviderStream<TUpdate> stream = await call.AskAsync<TAttempt, ProviderStream<TUpdate>>(async: true).ConfigureAwait(false);
        CallRoute route = call.CallRoute;
        PlayedUpdates<TUpdate> played = TKind.StartPlaying();
        AttemptFailure? failure = null;
        try
        {
            ObservedAttempt? observed = call.Attempt.Observed;
            if (!call.Attempt.HasEnded) call.Attempt.Confirm(stream.FirstContentAt, route.InputTokens);
            TimeSpan idle = route.Limits.StreamIdleTimeout;
            foreach (TUpdate held in stream.Held)
            {
                played.Add(held);
                yield return held;
            }

            for (int handedOut = stream.Held.Count + 1; stream.Signal is not StreamSignal.Completed; handedOut++)
            {
                played.Add(stream.Update!);
                yield return stream.Update!;
                failure = route.Drill?.BreakAt(route.Deployment, handedOut) ?? await ReadNextAsync(group.Router, route, stream, idle).ConfigureAwait(false);
                if (observed is not null) AttemptWatch.Chunk(observed, group.Router.Clock.Now);
                if (failure is null) continue;
                call.Attempt.End(Report(route, stream, played, failure));
                route.NoteFailure(failure);
                throw FailureReport.BrokenStream(route, failure, played.Arrived, played.ToResponse());
            }

            stream.Dispose();
            yield return TKind.Last(route, stream, played, call.Complete(Report(route, stream, played, failure: null)));
        }
        finally
        {
            stream.Dispose();
            call.Attempt.End(Report(route, stream, played, failure));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<AttemptFailure?> ReadNextAsync(RouterContext router, CallRoute route, ProviderStream<TUpdate> stream, TimeSpan idle)
    {
        CallClock clock = route.Clock;
        try
        {
            clock.Caller.ThrowIfCancellationRequested();
            if (!stream.TryRead()) // Only a wait needs a limit.
            {
                clock.Arm(idle, CancelCause.StreamIdleTimeout);
                await stream.ReadAsync(clock, idle).ConfigureAwait(false);
                clock.Disarm();
            }

            return stream.Signal is StreamSignal.Failed ? FailureLog.Redact(stream.Failure!, route.Attempt.Credentials) : null;
        }
        catch (Exception exception)
        {
            if (!clock.IsCancelledByCaller) return FailureLog.Redact(TransportFailure.From(exception, clock.Cause), route.Attempt.Credentials);
            route.NoteCanceled();
            throw FailureReport.Canceled(router, route);
        }
    }

    private static AttemptReport Report(CallRoute route, ProviderStream<TUpdate> stream, PlayedUpdates<TUpdate> played, AttemptFailure? failure)
    {
        bool isCut = stream.Signal is not StreamSignal.Completed;
        return new AttemptReport
        {
            Failure = failure,
            Abandoned = failure is not null && (failure.IsMocked || route.ProvesNothing(failure)),
            Usage = stream.Usage,
            Tier = stream.Tier,
            Estimate = isCut && stream.FirstContentAt is not null ? played.EstimateUsage(route.InputTokens, stream.Usage) : null,
            IsCut = isCut,
            Unanswered = route.Clock.IsCancelledByCaller ? FailureKind.Canceled : FailureKind.None, // A stream that was left early has answered.
            Answer = route.Attempt.Observed is { CapturesContent: true } or { Span.IsAllDataRequested: true } ? played.ToResponse(stream.Update) : null,
            FirstContentAt = stream.FirstContentAt,
        };
    }
}
