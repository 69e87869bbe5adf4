using Microsoft.Extensions.Logging;

namespace RouterGen;

/// <summary>How answers are cached. A value that makes no sense is refused when it is set.</summary>
public sealed class AnswerCacheOptions
{
    /// <summary>Gets how long an answer is kept; above zero. Default: one hour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public TimeSpan Expiration { get; init => field = Positive(value, nameof(Expiration)); } = TimeSpan.FromHours(1);

    /// <summary>Gets the longest that a call waits for the cache itself before it goes on without it; above zero. Default: one second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public TimeSpan Timeout { get; init => field = Positive(value, nameof(Timeout)); } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the largest answer that is kept, in bytes of JSON; 1 or more. Default: 1 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int MaxAnswerBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    = 1024 * 1024;

    /// <summary>Gets what the keys of the underlying cache begin with, for several applications that share one. Default: <c>routergen:</c>.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public string KeyPrefix
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    = "routergen:";

    /// <summary>
    /// Gets what tells apart calls that must not share answers, such as those of different customers: for example <c>routing => routing.Caller</c>. Null: all calls of a group with the same
    /// question share one.
    /// </summary>
    public Func<CallOptions, string?>? Scope { get; init; }

    /// <summary>Gets where failures of the cache are logged. Null: nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

#pragma warning disable RS0030 // The one place that names the system's time.
    /// <summary>Gets the time of waits for the cache. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
#pragma warning restore RS0030

    private static TimeSpan Positive(TimeSpan value, string property)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, property);
        return value;
    }
}
