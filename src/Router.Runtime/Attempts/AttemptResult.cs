using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>How an attempt ended: an answer, a failure, or (a content filter's doing) a failure with a partial answer.</summary>
internal readonly record struct AttemptResult<T>(T? Value, AttemptFailure? Failure) where T : class
{
    /// <summary>Gets what the provider had counted of a failed attempt; null where it did not say.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Gets what was lost on a stale connection, in ticks: it is no latency of the deployment.</summary>
    public long Delay { get; init; }

    /// <summary>Gets whether the caller cancelled, when something had been counted: then there is neither an answer nor a failure.</summary>
    public bool IsCancelled { get; init; }
}
