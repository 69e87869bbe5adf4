namespace RouterGen;

/// <summary>
/// An instance's slice of what a fleet may use up in a period, such as money. What is used up here is told the store; what is held is for this instance alone, until it is used up or no longer asked for.
/// Lock-free but for its reports. Reads ask no clock: <see cref="Tick"/> moves the time.
/// </summary>
/// <param name="fleet">What asks the store.</param>
/// <param name="scope">The quota's name.</param>
/// <param name="cap">How much may be used up in a period.</param>
/// <param name="period">The period.</param>
/// <param name="isMoney">
/// Whether it is money: then slices are small, the store is asked also while nothing is spent, and without it all goes on by what is known, until the grace of budgets is over. Else slices are up to a half of an instance's part,
/// and without the store each goes on with its part.
/// </param>
internal sealed class QuotaLease(RouterFleet fleet, string scope, long cap, BudgetPeriod period, bool isMoney) : AmountLease(fleet, scope, period)
{
    private readonly int _smallestSlice = isMoney ? 8 : 2; // A slice is no less than this part of an instance's part of the cap.
    private long _cap = cap;
    private long _own;      // by this one in this period, as far as the store was not there
    private long _known;    // by all instances, as of the last answer
    private long _unknown;  // by this one since then
    private long _held;
    private long _reporting; // of what is not known to the store, what is on its way
    private long _endsAt = EndOf(fleet, period);
    private long _lastAnswer;
    private double _demand;
    private int _missed;
    private long _wanted;
    private volatile bool _isShort; // The store had too little: it has no more until it is asked again in its turn.
    private volatile QuotaMode _mode = QuotaMode.Alone;

    private enum QuotaMode
    {
        /// <summary>Nothing is held, and nothing is wrong: what is known decides.</summary>
        Alone,

        /// <summary>What is held decides.</summary>
        Held,

        /// <summary>The store is gone: the instance has its part.</summary>
        Parted,

        /// <summary>The store has been gone for too long.</summary>
        Closed,
    }

    /// <inheritdoc/>
    public override long Cap => Volatile.Read(ref _cap);

    /// <summary>Sets how much may be used up in a period.</summary>
    public void SetCap(long cap) => Volatile.Write(ref _cap, cap);

    /// <summary>Gets what all instances have used up in this period, as far as is known here.</summary>
    public long Used => Volatile.Read(ref _known) + Volatile.Read(ref _unknown);

    /// <summary>Gets whether nothing is left here: of the slice, or of all.</summary>
    public bool IsUsedUp => _mode switch
    {
        QuotaMode.Held => Volatile.Read(ref _unknown) >= Volatile.Read(ref _held) || Used >= Cap,
        QuotaMode.Closed => true,
        QuotaMode.Parted => Volatile.Read(ref _own) >= Math.Max(1, Cap / Instances) || Used >= Cap,
        _ => Used >= Cap,
    };

    /// <summary>How long until there may be more: the rest of the period where all is used up, else until the next answer of the store. Zero where there is some.</summary>
    public TimeSpan ReturnsIn()
    {
        if (!IsUsedUp) return TimeSpan.Zero;
        Volatile.Write(ref _missed, 1);
        var soon = new TimeSpan(RouterFleet.ShortestGap);
        if (Used >= Cap) return EndsIn > soon ? EndsIn : soon;
        if (_isShort) return new TimeSpan(Math.Max(RouterFleet.ShortestGap, Fleet.NextAt(Fleet.Now) - Fleet.Now));
        Fleet.Hurry();
        return soon;
    }

    /// <summary>Gets how long until the period ends.</summary>
    public TimeSpan EndsIn => new(Math.Max(0, Volatile.Read(ref _endsAt) - Fleet.Now));

    /// <summary>Uses up where there is something left, if only a part of the amount.</summary>
    public bool TryUse(long amount)
    {
        if (IsUsedUp)
        {
            ReturnsIn(); // The store is asked soon.
            return false;
        }

        Use(amount);
        return true;
    }

    /// <summary>Uses up, whether or not there is so much; gives back where negative.</summary>
    public void Use(long amount)
    {
        Interlocked.Add(ref _own, amount);
        long unknown = Interlocked.Add(ref _unknown, amount);
        if (_mode is not QuotaMode.Held || (!_isShort && unknown >= Volatile.Read(ref _held) / 2)) Fleet.Hurry();
    }

    /// <summary>Notes how late it is: what is held may hold no longer, and a period may be over.</summary>
    public override void Tick(long now)
    {
        if (now >= Volatile.Read(ref _endsAt))
        {
            // The store will say the same, if it can be reached.
            Volatile.Write(ref _endsAt, EndOf(Fleet, Period!.Value));
            Volatile.Write(ref _known, 0);
            Volatile.Write(ref _own, 0);
            Interlocked.Exchange(ref _unknown, Volatile.Read(ref _reporting));
            Replenished?.Invoke();
        }

        if (_mode is QuotaMode.Held && !IsHeld(now)) _mode = QuotaMode.Alone;
        if (_mode is not QuotaMode.Alone || !Fleet.IsLost(now)) return;
        if (!isMoney)
        {
            Volatile.Write(ref _own, 0);
            _mode = QuotaMode.Parted;
        }
        else if (now - _lastAnswer > Fleet.BudgetGrace.Ticks)
        {
            _mode = QuotaMode.Closed;
        }
    }

    /// <inheritdoc/>
    protected override bool KeepsAsking => isMoney;

    /// <inheritdoc/>
    protected override AmountWish Wish(long now, out bool isUsed)
    {
        long spent = Math.Max(0, Volatile.Read(ref _unknown));
        _reporting = spent;
        int missed = Interlocked.Exchange(ref _missed, 0);
        isUsed = spent + missed > 0;
        _demand = Math.Max(spent, _demand * 0.75);
        long slice = Math.Max(1, Cap / (_smallestSlice * (long)Instances));
        _wanted = Math.Max(slice, (long)(2 * _demand));
        return new AmountWish(Scope, Cap, Period, spent, Used: 0, _wanted, missed);
    }

    /// <inheritdoc/>
    protected override bool Take(in AmountGrant grant, long now)
    {
        bool was = IsUsedUp;
        Interlocked.Add(ref _unknown, -_reporting);
        _reporting = 0;
        Volatile.Write(ref _known, grant.Spent);
        Volatile.Write(ref _held, grant.Held);
        _isShort = grant.Held < _wanted;
        Volatile.Write(ref _endsAt, now + Math.Max(1, grant.EndsIn.Ticks));
        _lastAnswer = now;
        _mode = QuotaMode.Held;
        return was && !IsUsedUp;
    }

    // By our own clock, until the store says it by its own.
    private static long EndOf(RouterFleet fleet, BudgetPeriod period)
    {
        DateTimeOffset now = fleet.UtcNow;
        return fleet.Now + (BudgetPeriods.Containing(now, period).End - now).Ticks;
    }
}
