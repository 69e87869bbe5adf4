using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A request's place at a deployment.</summary>
/// <param name="Tokens">The tokens that were taken from its limit, as estimated.</param>
/// <param name="Probes">What it finds out: whether the endpoint answers again, or serves the configured key.</param>
/// <param name="Entered">When it entered, in ticks of the router's clock.</param>
/// <param name="IsStreaming">Whether the answer is streamed.</param>
/// <param name="InFlight">The calls in flight at its endpoint when it entered, itself included.</param>
/// <param name="IsTimed">Whether its latency has been noted already.</param>
/// <param name="IsCallersKey">Whether the request has a key of the caller's own.</param>
internal readonly record struct Lease(int Tokens, Probes Probes, long Entered, bool IsStreaming, int InFlight, bool IsCallersKey, bool IsTimed = false)
{
    /// <summary>Gets whether it finds out if the deployment works again.</summary>
    public bool IsProbe => Probes is not Probes.None;

    /// <summary>Gets the tokens of the request's text, as estimated; 0 where they were not estimated.</summary>
    public int InputTokens { get; init; }

    /// <summary>Gets what was lost on a stale connection, in ticks.</summary>
    public long Delay { get; init; }

    /// <summary>Gets when the request was sent that was answered: latency counts from then.</summary>
    public long Sent => Entered + Delay;

    /// <summary>Gets the service tier that the caller asked for; null where the provider decides.</summary>
    public ServiceTier? Tier { get; init; }

    /// <summary>Gets whether the request is likely to open a connection.</summary>
    public bool IsCold { get; init; }

    /// <summary>Gets whether the configured key was replaced by another one since it entered.</summary>
    public bool IsKeyReplaced { get; init; }

    /// <summary>Gets whether its outcome says nothing of the configured key: it was sent with another one.</summary>
    public bool SaysNothingOfKey => IsCallersKey || IsKeyReplaced;

    /// <summary>Whether a failure is no fault of the deployment: it comes of a key that is not the configured one.</summary>
    public bool BlamesOtherKey(AttemptFailure failure) => SaysNothingOfKey && FailureRule.For(failure.Kind).DependsOnKey;

    /// <summary>How long the provider asks the caller to wait, as the holder of the key or as a drill has it; the deployment does not cool down for it.</summary>
    /// <param name="failure">What the provider said.</param>
    /// <param name="longest">The longest wait for which it is obeyed.</param>
    public TimeSpan AskedOfCaller(AttemptFailure failure, TimeSpan longest) =>
        (!failure.IsMocked && (!IsCallersKey || !BlamesOtherKey(failure))) || failure.RetryAfter is not { } wait ? TimeSpan.Zero
        : wait < longest ? wait
        : longest;
}

/// <summary>How what a <see cref="Lease"/> was for has gone.</summary>
internal readonly record struct AttemptReport()
{
    /// <summary>Gets what went wrong; null for an answer.</summary>
    public AttemptFailure? Failure { get; init; }

    /// <summary>Gets whether the caller went away before there was a verdict.</summary>
    public bool Abandoned { get; init; }

    /// <summary>Gets how an attempt is called that was abandoned or cut without a failure: its caller, or another attempt, had no more use for it.</summary>
    public FailureKind Unanswered { get; init; } = FailureKind.Canceled;

    /// <summary>Gets whether the deployment was not asked after all.</summary>
    public bool NotAsked { get; init; }

    /// <summary>Gets whether it was the router's own measurement and no call.</summary>
    public bool IsMeasurement { get; init; }

    /// <summary>Gets what the provider counted; null where it did not say.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Gets what is likely to be billed of a stream that was cut: for budgets alone. Null where <see cref="Usage"/> is all there is to count.</summary>
    public UsageDetails? Estimate { get; init; }

    /// <summary>Gets the service tier that served it; null where the provider did not say.</summary>
    public ServiceTier? Tier { get; init; }

    /// <summary>Gets what was answered, for those that observe the attempt; null where it is not observed, or its kind of call has no messages.</summary>
    public ChatResponse? Answer { get; init; }

    /// <summary>Gets whether it ended before the provider was done, so that <see cref="Usage"/> is what had been counted by then.</summary>
    public bool IsCut { get; init; }

    /// <summary>Gets when the first content arrived, in ticks of the router's clock; null for an answer in one piece.</summary>
    public long? FirstContentAt { get; init; }
}
