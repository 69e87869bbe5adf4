using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// A request for one token, streamed, in the background: how the router finds out what it wants to know of a deployment
/// without a caller. It takes part in the deployment's limits, and what it finds broken cools down; it is no call in any count.
/// </summary>
internal static class OneTokenRequest
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "Hi")];
    private static readonly ChatRequest Request = new(Messages, new ChatOptions { MaxOutputTokens = 1 }, isStreaming: true);

    /// <summary>Gets what it demands of a deployment.</summary>
    public static CallProfile Profile { get; } = new(Request, CallOptions.None, Request.Shape.Tokens);

    /// <summary>Sends it, if the deployment can take it. Notes failures of the deployment itself.</summary>
    /// <param name="router">The router.</param>
    /// <param name="deployment">The deployment.</param>
    /// <returns>Whether it was sent, and told something: false where the deployment took no request, or it could not be sent.</returns>
    public static async Task<bool> SendAsync(RouterContext router, Deployment deployment)
    {
        TimeSpan timeout = deployment.GroupSettings.Timeout;
        CallClock clock = router.StartCall(Deadline < timeout ? Deadline : timeout, CancellationToken.None);
        try
        {
            return await SendAsync(router, deployment, clock).ConfigureAwait(false);
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

    private static async Task<bool> SendAsync(RouterContext router, Deployment deployment, CallClock clock)
    {
        if (AttemptScope.TryEnter(deployment, Profile) is not { } attempt) return false;
        var report = new AttemptReport { Abandoned = true };
        ProviderStream<ChatResponseUpdate>? stream = null;
        try
        {
            attempt.AnnounceProbe();
            attempt.ObserveBeside(AttemptPurpose.Probe, Request);
            TimeSpan declared = deployment.GroupSettings.FirstTokenTimeout;
            TimeSpan limit = declared > TimeSpan.Zero ? declared : clock.Remaining;
            AttemptResult<ProviderStream<ChatResponseUpdate>> opened = await ChatStreamAttempt.RunAsync(new AttemptContext(router, attempt, clock, Request, limit), async: true).ConfigureAwait(false);
            stream = opened.Value;
            AttemptFailure? failure = opened.Failure;
            if (stream is not null)
            {
                // A model that thinks before it speaks may have used up its token in silence.
                attempt.Confirm(stream.FirstContentAt ?? router.Clock.Now, Request.Shape.InputTokens, isMeasurement: true);
                failure = await ReadToEndAsync(stream, deployment.GroupSettings.StreamIdleTimeout, clock).ConfigureAwait(false);
            }

            report = new AttemptReport { Failure = failure, Usage = stream?.Usage ?? opened.Usage, Tier = stream?.Tier, IsMeasurement = true };
            return failure is null || FailureRule.For(failure.Kind).Effect is not HealthEffect.NotAsked;
        }
        finally
        {
            stream?.Dispose();
            attempt.End(report);
            deployment.CountLatencyProbe(attempt.Lease, report);
        }
    }

    /// <summary>Reads the rest, for the sake of what it cost.</summary>
    private static async ValueTask<AttemptFailure?> ReadToEndAsync(ProviderStream<ChatResponseUpdate> stream, TimeSpan idle, CallClock clock)
    {
        try
        {
            while (stream.Signal is not (StreamSignal.Completed or StreamSignal.Failed))
            {
                clock.Arm(idle, CancelCause.StreamIdleTimeout);
                await stream.ReadAsync(clock, idle).ConfigureAwait(false);
                clock.Disarm();
            }

            return stream.Failure;
        }
        catch (Exception exception)
        {
            return TransportFailure.From(exception, clock.Cause);
        }
    }
}
