using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>What the headers of an answer say of the provider's rate limits; the default says nothing.</summary>
/// <param name="Requests">The limit on requests.</param>
/// <param name="Tokens">The limit on tokens; where there are several, the one of which the smallest part is left.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RateLimitHeaders(RateLimitReading Requests, RateLimitReading Tokens);

/// <summary>What is left of one limit.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RateLimitReading
{
    /// <summary>A reading of headers that may be rubbish: what makes no sense says nothing.</summary>
    /// <param name="limit">The whole limit, where it is known.</param>
    /// <param name="remaining">What is left of it, where it is known.</param>
    /// <param name="resetsIn">When it is whole again, where that is known.</param>
    public RateLimitReading(long? limit, long? remaining, TimeSpan? resetsIn)
    {
        if (remaining is not >= 0 || resetsIn is not { } reset || reset <= TimeSpan.Zero) return;
        if (limit is not > 0 && remaining > 0) return;
        Headroom = remaining == 0 ? 0 : Math.Min(1, (double)remaining / limit!.Value);
        ResetsIn = reset;
    }

    /// <summary>Gets the part that is left, 0 to 1; without meaning where <see cref="ResetsIn"/> is zero.</summary>
    public double Headroom { get; }

    /// <summary>Gets how long the reading holds at most; zero where there is none.</summary>
    public TimeSpan ResetsIn { get; }
}
