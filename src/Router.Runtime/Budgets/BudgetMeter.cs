namespace RouterGen;

/// <summary>
/// Counts what is spent in each period of the UTC clock, and tells when a budget is used up. Lock-free; the clock is asked
/// only when something is spent, and while nothing is left. In a fleet the budget is one for all instances, and periods are those of the store's clock.
/// </summary>
/// <param name="limit">USD for each period; null is unlimited.</param>
/// <param name="period">The period.</param>
/// <param name="time">The clock.</param>
/// <param name="share">Makes of the limit, in billionths of a USD, this instance's part of a budget that a fleet shares; null where there is no fleet.</param>
internal sealed class BudgetMeter(decimal? limit, BudgetPeriod period, TimeProvider time, Func<long, QuotaLease>? share = null)
{
    // The cheapest token costs some ten of them, and what is rounded away of an attempt is far below what a bill shows.
    private const decimal NanosPerUsd = 1_000_000_000m;

    private readonly long _limit = limit is { } usd ? ToNanos(usd) : long.MaxValue;
    private readonly QuotaLease? _shared = limit is { } shared ? share?.Invoke(ToNanos(shared)) : null;
    private Interval _current = Interval.Containing(time.GetUtcNow(), period, 0);

    /// <summary>Gets whether nothing was left when something was last spent: the period may have ended since.</summary>
    public bool IsSpent => _shared is not null ? _shared.IsUsedUp : Volatile.Read(ref Volatile.Read(ref _current).Spent) >= _limit;

    /// <summary>How long until something may be spent again; zero where it may.</summary>
    public TimeSpan ReturnsIn()
    {
        if (!IsSpent) return TimeSpan.Zero;
        if (_shared is not null) return _shared.ReturnsIn();
        DateTimeOffset now = time.GetUtcNow();
        Interval current = At(now);
        return Volatile.Read(ref current.Spent) >= _limit ? current.End - now : TimeSpan.Zero;
    }

    /// <summary>Counts what an attempt has cost.</summary>
    /// <param name="nanos">Billionths of a USD; 0 or more.</param>
    /// <param name="now">The time of day.</param>
    public void Add(long nanos, DateTimeOffset now)
    {
        if (_shared is not null) _shared.Use(nanos);
        else At(now).Add(nanos);
    }

    /// <summary>Gets what has been spent so far.</summary>
    public BudgetStatus Status
    {
        get
        {
            if (_shared is not null) return new BudgetStatus(_shared.Used / NanosPerUsd, limit, period, _shared.EndsIn);
            DateTimeOffset now = time.GetUtcNow();
            Interval current = At(now);
            return new BudgetStatus(Volatile.Read(ref current.Spent) / NanosPerUsd, limit, period, current.End - now);
        }
    }

    /// <summary>
    /// The period of a time. A clock that is set back by less than a period stays in the later one; set back further, it
    /// finds the earlier period with all that had been spent: no jump gives money away.
    /// </summary>
    private Interval At(DateTimeOffset now)
    {
        while (true)
        {
            Interval current = Volatile.Read(ref _current);
            bool isBack = current.Start - now > current.End - current.Start;
            if ((now < current.End || current.End == DateTimeOffset.MaxValue) && !isBack) return current;
            Interlocked.CompareExchange(ref _current, Interval.Containing(now, period, isBack ? Volatile.Read(ref current.Spent) : 0), current);
        }
    }

    private static long ToNanos(decimal usd) => (long)(Math.Clamp(usd, 0, long.MaxValue / NanosPerUsd - 1) * NanosPerUsd + 0.5m);

    private sealed class Interval(DateTimeOffset start, DateTimeOffset end, long spent)
    {
        private const long Most = long.MaxValue - 1; // less than what stands for no limit

        public long Spent = spent;

        public DateTimeOffset Start { get; } = start;

        public DateTimeOffset End { get; } = end;

        public static Interval Containing(DateTimeOffset now, BudgetPeriod period, long spent)
        {
            (DateTimeOffset start, DateTimeOffset end) = BudgetPeriods.Containing(now, period);
            return new Interval(start, end, spent);
        }

        public void Add(long nanos)
        {
            while (true)
            {
                long spent = Volatile.Read(ref Spent);
                long sum = spent > Most - nanos ? Most : spent + nanos;
                if (Interlocked.CompareExchange(ref Spent, sum, spent) == spent) return;
            }
        }
    }
}
