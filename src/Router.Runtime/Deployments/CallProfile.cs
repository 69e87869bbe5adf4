namespace RouterGen;

/// <summary>What selection needs to know of a call; the same for all its attempts.</summary>
/// <param name="Request">What the caller asks for.</param>
/// <param name="Routing">How the caller wants it routed.</param>
/// <param name="Tokens">The tokens that the call may use, as estimated; 0 where no limit asks for them.</param>
internal readonly record struct CallProfile(CallRequest Request, CallOptions Routing, int Tokens)
{
    /// <summary>Gets until when the call can wait, in ticks of the router's clock; in the past where it does not.</summary>
    public long Deadline { get; init; }

    /// <summary>
    /// Gets until when the call can wait for a deployment that has failed, in ticks of the router's clock; at most
    /// <see cref="Deadline"/>.
    /// </summary>
    public long Patience { get; init; }

    /// <summary>Gets whether <see cref="Patience"/> holds for rate limits of providers, too.</summary>
    public bool BoundsRateLimits { get; init; }

    /// <summary>Until when the call can wait for a deployment after a failure.</summary>
    public long PatienceAfter(FailureKind? failure) => failure is FailureKind.RateLimited && !BoundsRateLimits ? Deadline : Patience;

    /// <summary>Gets where the call's session belongs in the group that was asked, where a deployment of that is draining; else null.</summary>
    public Deployment? Home { get; init; }
}
