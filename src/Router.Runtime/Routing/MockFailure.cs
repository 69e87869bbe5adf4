using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// A drill: a call finds its deployments failing as if (<see cref="CallOptions.MockFailure"/>), so that what follows in earnest can be watched, in production too. No
/// request is sent for an attempt that is mocked; failover, fallback groups, waits and the exception are as in a real failure, and the attempt is marked
/// (<see cref="Attempt.IsMocked"/>). Nothing is learnt of the deployment: it neither cools down nor counts as having failed, so other calls notice nothing.
/// Refused unless <see cref="RouterOptions.AllowMockFailures"/> is set. Immutable.
/// </summary>
public sealed class MockFailure
{
    /// <summary>Makes a drill.</summary>
    /// <param name="kind">How attempts fail.</param>
    /// <exception cref="ArgumentOutOfRangeException">No attempt can be told to end so: <see cref="FailureKind.None"/>, <see cref="FailureKind.Superseded"/>, <see cref="FailureKind.Canceled"/>, <see cref="FailureKind.EmptyResponse"/>, or no kind at all.</exception>
    public MockFailure(FailureKind kind) => Kind = AttemptFailure.Like(kind, "").Kind;

    /// <summary>Gets how attempts fail.</summary>
    public FailureKind Kind { get; }

    /// <summary>
    /// Gets the name of the deployment that fails, in the group that is asked or in a group that takes over from it; null for each deployment of the group that is
    /// asked, so that its fallback groups take over.
    /// </summary>
    public string? Deployment { get; init; }

    /// <summary>Gets how long the provider seems to ask to be left alone. The call obeys; the deployment does not cool down.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public TimeSpan? RetryAfter
    {
        get;
        init
        {
            if (value is { } wait) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(wait, TimeSpan.Zero, nameof(RetryAfter));
            field = value;
        }
    }

    /// <summary>Gets how many attempts of the call fail so, at least 1; those after them are made. Null for all of them. A call that sends several requests (batches, tools, a repair) counts for each request anew.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public int? Times { get; init => field = AtLeastOne(value, nameof(Times)); }

    /// <summary>
    /// Gets after how many updates a stream breaks, at least 1; null for before its first content. The request is then sent, and paid for. A stream that is shorter ends
    /// as it is; a call that is not streamed fails at once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public int? AfterUpdates { get; init => field = AtLeastOne(value, nameof(AfterUpdates)); }

    private static int? AtLeastOne(int? value, string property)
    {
        if (value is { } number) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number, property);
        return value;
    }
}
