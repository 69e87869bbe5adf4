using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Measures how long a deployment takes to its first token, with a request for one token in the background. Only while
/// calls come, one deployment of a group at a time, and each once in each half of <see cref="GroupDefinition.LatencyTtl"/>
/// that no stream has told of it: so the sample of the half before still counts meanwhile. It takes part in the
/// deployment's limits, and what it finds broken cools down; it is no call in any count.
/// </summary>
internal sealed class LatencyProber(RouterContext router, GroupDefinition group)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "Hi")];

    private readonly ChatRequest _request = new(Messages, new ChatOptions { MaxOutputTokens = 1 }, stream: true);
    private int _isBusy;
    private Deployment? _next;

    /// <summary>Whether a measurement is under way.</summary>
    public bool IsBusy => Volatile.Read(ref _isBusy) != 0;

    /// <summary>Measures a deployment soon, if it is due. Does not wait.</summary>
    public void Measure(Deployment deployment)
    {
        if (IsBusy) return;
        long now = router.Clock.Now;
        long period = group.LatencyTtl.Ticks;
        if (deployment.LatencyOf(streaming: true).WindowOf(period).HasSampleOf(LatencyWindow.HalfAt(now, period))) return;
        if (Interlocked.CompareExchange(ref _isBusy, 1, 0) != 0) return;
        if (!deployment.TryInvite(streaming: true, now, LatencyWindow.LeftOfHalf(now, period)))
        {
            Volatile.Write(ref _isBusy, 0);
            return;
        }

        _next = deployment;
        router.Clock.Post(static prober => _ = prober.RunAsync(), this); // which notes its own failures
    }

    private async Task RunAsync()
    {
        CallClock clock = router.StartCall(Deadline < group.Timeout ? Deadline : group.Timeout, CancellationToken.None);
        try
        {
            await MeasureAsync(_next!, clock).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            RouterLog.ProbeFailed(router.Logger, group.Name, _next!.Name, exception.GetType().Name);
        }
        finally
        {
            router.EndCall(clock);
            Volatile.Write(ref _isBusy, 0);
        }
    }

    private async Task MeasureAsync(Deployment deployment, CallClock clock)
    {
        RequestShape shape = RequestShape.Of(_request);
        var call = new CallProfile(_request, RoutingOptions.None, shape.Tokens) { Shape = shape };
        if (!deployment.TryEnter(router.Clock.Now, call, out Lease lease)) return;
        deployment.TellOfProbe(lease);
        var report = new AttemptReport { Abandoned = true };
        ProviderStream? stream = null;
        try
        {
            TimeSpan limit = group.FirstTokenTimeout > TimeSpan.Zero ? group.FirstTokenTimeout : clock.Remaining;
            AttemptResult<ProviderStream> opened = await StreamAttempt.RunAsync(new AttemptContext(router, group, deployment, deployment.Credentials, clock, _request, limit), async: true).ConfigureAwait(false);
            stream = opened.Value;
            AttemptFailure? failure = opened.Failure;
            if (stream is not null)
            {
                // A model that thinks before it speaks may have used up its token in silence.
                lease = deployment.Confirm(lease, stream.FirstContentAt ?? router.Clock.Now, shape.InputTokens, isMeasurement: true);
                failure = await ReadToEndAsync(stream, clock).ConfigureAwait(false);
            }

            if (failure is not null) FailureLog.Log(router, deployment, lease, failure = FailureLog.Redact(failure, deployment.Credentials));
            report = new AttemptReport { Failure = failure, Usage = stream?.Usage ?? opened.Usage, IsMeasurement = true };
        }
        finally
        {
            stream?.Dispose();
            deployment.Leave(lease, report);
            deployment.CountLatencyProbe(report.Usage);
        }
    }

    /// <summary>Reads the rest, for the sake of what it cost.</summary>
    private async ValueTask<AttemptFailure?> ReadToEndAsync(ProviderStream stream, CallClock clock)
    {
        try
        {
            while (stream.Signal is not (StreamSignal.Completed or StreamSignal.Failed))
            {
                clock.Arm(group.StreamIdleTimeout, CancelCause.StreamIdleTimeout);
                await stream.ReadAsync(clock, group.StreamIdleTimeout).ConfigureAwait(false);
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
