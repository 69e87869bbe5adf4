using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Plays a stream to the caller. Up to its first content <see cref="RetryLoop"/> fails over; from then on the stream is the caller's, and so is its failure.</summary>
internal static class RoutedStream
{
    public static async IAsyncEnumerable<ChatResponseUpdate> PlayAsync(
        GroupState group, ChatRequest request, RoutingOptions routing, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RouterContext router = group.Router;
        group.Mirroring.Copy(request, routing, cancellationToken);
        CallClock clock = router.StartCall(routing.Timeout ?? group.Settings.Timeout, cancellationToken);
        Journey? journey = null;
        ProviderStream? stream = null;
        AttemptFailure? failure = null;
        try
        {
            journey = new Journey(router, clock, group, request, routing);
            stream = await RetryLoop.RunAsync<StreamAttempt, ProviderStream>(router, journey, async: true).ConfigureAwait(false);
            if (!journey.HasLeft) journey.ConfirmLease(stream.FirstContentAt);
            TimeSpan idle = journey.Group.Definition.StreamIdleTimeout;
            List<ChatResponseUpdate> played = stream.Held;
            foreach (ChatResponseUpdate held in played.ToArray()) yield return held;

            while (stream.Signal is not StreamSignal.Completed)
            {
                played.Add(stream.Update!);
                yield return stream.Update!;
                failure = await ReadNextAsync(router, journey, stream, idle).ConfigureAwait(false);
                if (failure is null) continue;
                throw Broken(router, journey, failure, played);
            }

            journey.NoteCost(stream.Usage);
            yield return Last(stream, journey.Summarize(stream.FirstContentAt));
        }
        finally
        {
            if (stream is not null)
            {
                stream.Dispose();
                if (!journey!.HasLeft) journey.Deployment.Leave(journey.Lease, Report(journey, stream, failure));
            }

            router.EndCall(clock);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<AttemptFailure?> ReadNextAsync(RouterContext router, Journey journey, ProviderStream stream, TimeSpan idle)
    {
        CallClock clock = journey.Clock;
        try
        {
            clock.Caller.ThrowIfCancellationRequested();
            if (!stream.TryRead()) // Only a wait needs a limit.
            {
                clock.Arm(idle, CancelCause.StreamIdleTimeout);
                await stream.ReadAsync(clock, idle).ConfigureAwait(false);
                clock.Disarm();
            }

            return stream.Signal is StreamSignal.Failed ? FailureLog.Redact(stream.Failure!, journey.Credentials) : null;
        }
        catch (Exception exception)
        {
            if (!clock.IsCancelledByCaller) return FailureLog.Redact(TransportFailure.From(exception, clock.Cause), journey.Credentials);
            journey.NoteCanceled();
            throw FailureReport.Canceled(router, journey);
        }
    }

    private static AttemptReport Report(Journey journey, ProviderStream stream, AttemptFailure? failure)
    {
        bool isCut = stream.Signal is not StreamSignal.Completed;
        return new AttemptReport
        {
            Failure = failure,
            Abandoned = failure is not null && journey.ProvesNothing(failure),
            Usage = stream.Usage,
            Estimate = isCut && stream.FirstContentAt is not null ? CutStream.EstimateUsage(stream.Held, journey.InputTokens, stream.Usage) : null,
            IsCut = isCut,
            FirstContentAt = stream.FirstContentAt,
        };
    }

    private static RoutingException Broken(RouterContext router, Journey journey, AttemptFailure failure, List<ChatResponseUpdate> played)
    {
        journey.Fail(failure);
        FailureLog.Log(router, journey.Deployment, journey.Lease, failure);
        return FailureReport.BrokenStream(journey, failure, played.ToChatResponse());
    }

    /// <summary>The last update: what the dialect's terminator brought, and how the answer came about.</summary>
    private static RoutedResponseUpdate Last(ProviderStream stream, RouteSummary route)
    {
        var last = new RoutedResponseUpdate(route) { Role = ChatRole.Assistant, Usage = stream.Usage };
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
        else if (stream.Held is [.., { } before])
        {
            last.ResponseId = before.ResponseId;
            last.MessageId = before.MessageId;
            last.ModelId = before.ModelId;
        }

        if (stream.Notes is { } notes) (last.AdditionalProperties ??= [])[RoutedResponse.LeftOutProperty] = notes.ToArray();
        return last;
    }
}
