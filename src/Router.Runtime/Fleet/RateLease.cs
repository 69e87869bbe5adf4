namespace RouterGen;

/// <summary>
/// An instance's slice of a limit a minute that a fleet shares: units that the store has granted, which are taken here without asking it. While nothing is granted, because the limit was not used lately or
/// the store cannot be reached, <see cref="RateLimit"/> goes on with its part of the limit, and what it lets in is told the store as a debt. Lock-free but for its reports.
/// </summary>
/// <param name="fleet">What asks the store.</param>
/// <param name="scope">The limit's name.</param>
/// <param name="perMinute">The limit.</param>
internal sealed class RateLease(RouterFleet fleet, string scope, int perMinute)
{
    private const double Memory = 3;                   // how many intervals a demand is remembered
    private const double Slice = 3;                    // how many exchanges a slice is for: one may be lost
    private const long Idle = TimeSpan.TicksPerMinute; // for so long a use is felt; until then each unit more is asked for

    // What calls change.
    private long _units;         // granted, and not used; less than nothing where calls used more than they were estimated to
    private long _debt;          // let in without a grant, and not told yet
    private long _part;          // a minute's worth of an instance that asks nobody: what a debt is no more than
    private long _least;         // what the largest call needed that could not be made
    private long _largest;       // what one call took, in this minute or so
    private long _largestBefore; // and in the one before
    private long _largestSince;

    // What was granted, and holds.
    private long _until;
    private long _low;                                         // fewer units than that, and the store is asked soon
    private long _opensAt;                                     // when the store will have what the largest call needed; 0 for now
    private double _headroom = 1;
    private volatile bool _isShort;                            // The store had fewer than were wanted.
    private volatile int _instances = fleet.ExpectedInstances;

    // What the last report said.
    private long _had;       // what is missing of it was used since
    private long _wanted;
    private double _demand;  // units a second
    private long _reportedAt;
    private long _usedAt;
    private bool _isGivenUp; // that nothing more is taken

    /// <summary>Gets the limit's name.</summary>
    public string Scope => scope;

    /// <summary>Gets or sets the limit, in units a minute.</summary>
    public int PerMinute { get; set; } = perMinute;

    /// <summary>Gets how many instances take of it.</summary>
    public int Instances => _instances;

    /// <summary>Gets or sets what is called when there are more units.</summary>
    public Action? Replenished { get; set; }

    /// <summary>Tells whether units are taken of what was granted.</summary>
    public bool IsHeld(long now) => now < Volatile.Read(ref _until);

    /// <summary>
    /// Tells whether calls that find no units wait for the store's: it answers, and they are more than what an instance lets in without it, five seconds' worth of its part.
    /// </summary>
    public bool IsToBeAsked(long now, long units) => !fleet.IsLate(now) && (IsHeld(now) || units > Math.Max(1, PerMinute / (12 * _instances)));

    /// <summary>Gets the part of a minute's worth that is left of the whole limit, as of the last answer.</summary>
    public double Headroom => Volatile.Read(ref _headroom);

    /// <summary>When units will be admitted: now or earlier, or later.</summary>
    public long AdmitsAt(long now, long units)
    {
        if (IsHeld(now) && Volatile.Read(ref _units) >= units) return now;
        Miss(units);
        return _isShort ? Math.Max(Volatile.Read(ref _opensAt), fleet.NextAt(now)) : now + RouterFleet.ShortestGap;
    }

    /// <summary>Takes units of what was granted.</summary>
    public bool TryTake(long units)
    {
        while (true)
        {
            long left = Volatile.Read(ref _units);
            if (left < units) return false;
            if (Interlocked.CompareExchange(ref _units, left - units, left) != left) continue;
            if (units > Volatile.Read(ref _largest)) Volatile.Write(ref _largest, units);
            if (left - units < Volatile.Read(ref _low)) Hurry();
            return true;
        }
    }

    /// <summary>Corrects what was taken: takes more, or gives back where negative.</summary>
    public void Adjust(long units) => Interlocked.Add(ref _units, -units);

    /// <summary>Units were let in that were not granted.</summary>
    public void Owe(long units)
    {
        Volatile.Write(ref _part, Math.Max(1, PerMinute / _instances));
        if (Interlocked.Add(ref _debt, units) == units) fleet.Hurry();
    }

    /// <summary>What the store is told and asked; null where the limit is not used. Not by two threads at once.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isLast">Whether all is given back.</param>
    public RateWish? Report(long now, bool isLast)
    {
        long units = IsHeld(now) ? Volatile.Read(ref _units) : 0;
        long taken = Math.Max(0, _had - units);
        long debt = Math.Min(Interlocked.Exchange(ref _debt, 0), Volatile.Read(ref _part)); // What was let in more than a minute ago is felt no longer.
        long least = Interlocked.Exchange(ref _least, 0);
        if (taken + Math.Max(debt, 0) + least > 0) _usedAt = now;
        _isGivenUp = isLast || now - _usedAt > Idle;
        if (_isGivenUp) return GiveUp(debt);
        double seconds = new TimeSpan(Math.Max(now - _reportedAt, RouterFleet.ShortestGap)).TotalSeconds;
        _reportedAt = now;
        double interval = fleet.Interval.TotalSeconds;
        double demand = Math.Max(0, taken + debt) / seconds;
        _demand = demand > _demand
            ? Math.Min(demand, Math.Max(2 * _demand, demand * seconds / interval)) // Two calls at the same moment are no thousand a second.
            : demand + ((_demand - demand) * Math.Exp(-seconds / (Memory * interval)));

        // A call of the usual size finds what it needs, also where there are few of them.
        long largest = Math.Max(Volatile.Read(ref _largest), _largestBefore);
        if (now - _largestSince > Idle) (_largestSince, _largestBefore) = (now, Interlocked.Exchange(ref _largest, 0));
        long target = Math.Max(Math.Max(1, Math.Min(largest, PerMinute / (2 * _instances))), (long)Math.Ceiling(_demand * Slice * fleet.Period) + least);
        Volatile.Write(ref _low, target / 4);
        if (units < 0)
        {
            Interlocked.Add(ref _units, -units);
            debt -= units;
            units = 0;
        }

        long returned = units > target + (target / 2) ? units - target : 0;
        if (returned > 0 && Interlocked.Add(ref _units, -returned) < 0)
        {
            Interlocked.Add(ref _units, returned); // Calls were faster.
            returned = 0;
        }

        _had = units - returned;
        _wanted = Math.Max(0, target - units + returned);
        return new RateWish(scope, PerMinute, Math.Max(debt, 0), returned + Math.Max(-debt, 0), _wanted, least);
    }

    /// <summary>Takes what the store has granted.</summary>
    /// <param name="grant">What it has.</param>
    /// <param name="asked">When it was asked: by its clock the grant holds longer than by ours.</param>
    /// <param name="now">The time.</param>
    public void Apply(in RateGrant grant, long asked, long now)
    {
        if (IsHeld(now))
        {
            Interlocked.Add(ref _units, grant.Granted);
            _had += grant.Granted;
        }
        else
        {
            Interlocked.Exchange(ref _units, grant.Granted); // What was left is no longer ours.
            _had = grant.Granted;
        }

        _instances = Math.Max(1, grant.Instances);
        Volatile.Write(ref _headroom, grant.Headroom);
        _isShort = grant.Granted < _wanted;
        Volatile.Write(ref _opensAt, grant.OpensIn > TimeSpan.Zero ? now + grant.OpensIn.Ticks : 0);
        if (!_isGivenUp) Volatile.Write(ref _until, asked + fleet.Lifetime.Ticks);
        if (grant.Granted > 0) Replenished?.Invoke();
    }

    // What is granted is for those that use it.
    private RateWish? GiveUp(long debt)
    {
        _demand = 0;
        _had = 0;
        Volatile.Write(ref _until, 0);
        long units = Interlocked.Exchange(ref _units, 0);
        return units == 0 && debt == 0 ? null : new RateWish(scope, PerMinute, Math.Max(0, debt) + Math.Max(0, -units), Math.Max(0, units) + Math.Max(0, -debt), Wanted: -1, Least: 0);
    }

    /// <summary>A call found fewer units than it needs.</summary>
    public void Miss(long units)
    {
        long least = Volatile.Read(ref _least);
        while (least < units)
        {
            long seen = Interlocked.CompareExchange(ref _least, units, least);
            if (seen == least) break;
            least = seen;
        }

        Hurry();
    }

    // Where the store had not enough, it has no more until it is asked again in its turn: at its limit, a busy instance asks no more often than an idle one.
    private void Hurry()
    {
        if (!_isShort) fleet.Hurry();
    }
}
