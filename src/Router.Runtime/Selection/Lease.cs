using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A request's place at a deployment.</summary>
/// <param name="Tokens">The tokens that were taken from its limit, as estimated.</param>
/// <param name="IsProbe">Whether it finds out if the deployment works again.</param>
/// <param name="Entered">When it entered, in ticks of the router's clock.</param>
/// <param name="IsStreaming">Whether the answer is streamed.</param>
internal readonly record struct Lease(int Tokens, bool IsProbe, long Entered, bool IsStreaming);

/// <summary>How what a <see cref="Lease"/> was for has gone.</summary>
internal readonly record struct AttemptReport
{
    /// <summary>What went wrong; null for an answer.</summary>
    public AttemptFailure? Failure { get; init; }

    /// <summary>Whether the caller went away before there was a verdict.</summary>
    public bool Abandoned { get; init; }

    /// <summary>Whether it was cancelled because another deployment, asked beside it, answered first.</summary>
    public bool Superseded { get; init; }

    /// <summary>Whether nothing was sent after all.</summary>
    public bool NotSent { get; init; }

    /// <summary>What the provider counted; null where it did not say.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>When the first content arrived, in ticks of the router's clock; null for an answer in one piece.</summary>
    public long? FirstContentAt { get; init; }
}
