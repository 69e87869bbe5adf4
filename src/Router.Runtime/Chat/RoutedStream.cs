using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Plays a stream to the caller. Up to its first content <see cref="RetryLoop"/> fails over; from then on the stream is the caller's, and so is its failure.</summary>
internal static class RoutedStream
{
    public static async IAsyncEnumerable<ChatResponseUpdate> PlayAsync(
        GroupState group, ChatRequest request, CallOptions routing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CallScope call = CallScope.Begin(group, request, routing, cancellationToken);
        ProviderStream stream = await call.AskAsync<ChatStreamAttempt, ProviderStream>(async: true).ConfigureAwait(false);
        CallRoute route = call.CallRoute;
        var played = new PlayedStream();
        AttemptFailure? failure = null;
        try
        {
            if (!call.Attempt.HasEnded) call.Attempt.Confirm(stream.FirstContentAt, route.InputTokens);
            TimeSpan idle = route.Limits.StreamIdleTimeout;
            foreach (ChatResponseUpdate held in stream.Held)
            {
                played.Add(held);
                yield return held;
            }

            while (stream.Signal is not StreamSignal.Completed)
            {
                played.Add(stream.Update!);
                yield return stream.Update!;
                failure = await ReadNextAsync(group.Router, route, stream, idle).ConfigureAwait(false);
                if (failure is null) continue;
                route.NoteFailure(failure);
                throw FailureReport.BrokenStream(route, failure, played.ToResponse());
            }

            stream.Dispose();
            yield return Last(stream, played, call.Complete(Report(route, stream, played, failure: null)));
        }
        finally
        {
            stream.Dispose();
            call.Attempt.End(Report(route, stream, played, failure));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<AttemptFailure?> ReadNextAsync(RouterContext router, CallRoute route, ProviderStream stream, TimeSpan idle)
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

    private static AttemptReport Report(CallRoute route, ProviderStream stream, PlayedStream played, AttemptFailure? failure)
    {
        bool isCut = stream.Signal is not StreamSignal.Completed;
        return new AttemptReport
        {
            Failure = failure,
            Abandoned = failure is not null && route.ProvesNothing(failure),
            Usage = stream.Usage,
            Tier = stream.Tier,
            Estimate = isCut && stream.FirstContentAt is not null ? played.EstimateUsage(route.InputTokens, stream.Usage) : null,
            IsCut = isCut,
            FirstContentAt = stream.FirstContentAt,
        };
    }

    /// <summary>The last update: what the dialect's terminator brought, and how the answer came about.</summary>
    private static RoutedResponseUpdate Last(ProviderStream stream, PlayedStream played, RouteSummary route)
    {
        var last = new RoutedResponseUpdate(route) { Role = ChatRole.Assistant, Usage = stream.Usage, Mechanism = stream.Mechanism };
        if (stream.Update is { } update)
        {
            last.Contents = update.Contents;
            last.FinishReason = update.FinishReason;
            last.ResponseId = update.ResponseId;
            last.MessageId = update.MessageId;
            last.ModelId = update.ModelId;
            last.CreatedAt = update.CreatedAt;
            last.AuthorName = update.AuthorName;
            last.ConversationId = update.ConversationId;
            last.AdditionalProperties = update.AdditionalProperties;
        }
        else if (played.Last is { } before)
        {
            last.ResponseId = before.ResponseId;
            last.MessageId = before.MessageId;
            last.ModelId = before.ModelId;
        }

        if (stream.Notes is { } notes) (last.AdditionalProperties ??= [])[RoutedResponse.LeftOutProperty] = notes.ToArray();
        return last;
    }
}
