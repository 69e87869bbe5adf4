using RouterGen;

namespace RoutingLab;

/// <summary>What the policies of the literature call a response time.</summary>
internal static class Latency
{
    /// <summary>The time to the first token of a stream, else that of the whole answer or failure, in seconds.</summary>
    public static double Of(in AttemptObservation observation) => (observation.TimeToFirstToken ?? observation.Duration).TotalSeconds;

    /// <summary>Whether the deployment shows by it how fast it is. A refusal is fast and says nothing.</summary>
    public static bool Tells(in AttemptObservation observation) => observation.Outcome is FailureKind.None or FailureKind.Timeout;
}
