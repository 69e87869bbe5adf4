using RouterGen;

namespace RoutingLab;

/// <summary>
/// A policy that goes by latencies: of the first token of a stream, as soon as it is there, and of the whole of other
/// answers. An attempt that ran out of time took at least so long; other failures tell nothing of latency.
/// </summary>
internal abstract class LatencyPolicy : SelectionPolicy
{
    public sealed override void ObserveFirstToken(Deployment deployment, TimeSpan timeToFirstToken) => Learn(deployment, timeToFirstToken.TotalSeconds);

    public sealed override void Observe(in AttemptObservation observation)
    {
        if (observation.TimeToFirstToken is not null) return; // it was learnt when it came
        if (observation.Outcome is FailureKind.None or FailureKind.Timeout) Learn(observation.Deployment, observation.Duration.TotalSeconds);
    }

    protected abstract void Learn(Deployment deployment, double seconds);
}
