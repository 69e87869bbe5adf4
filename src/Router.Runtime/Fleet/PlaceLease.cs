namespace RouterGen;

/// <summary>An instance's places for calls under way, of a limit that a fleet shares. While none are granted it has its part of the limit, and at least one.</summary>
/// <param name="fleet">What asks the store.</param>
/// <param name="scope">The limit's name.</param>
/// <param name="most">The limit.</param>
internal sealed class PlaceLease(RouterFleet fleet, string scope, int most) : AmountLease(fleet, scope, period: null)
{
    private volatile Func<int>[] _underWay = [];
    private int _held;
    private int _missed;
    private int _looked; // Calls that begin and end between two reports are seen by this alone.
    private int _peak;
    private long _least;
    private volatile bool _isShort; // The store had too few: it has no more until it is asked again in its turn.

    /// <summary>Gets or sets what others than deployments have the places by; null where nobody asked for it.</summary>
    public FleetPlaces? Shared { get; set; }

    /// <summary>Gets or sets the limit.</summary>
    public int Most { get; set; } = most;

    /// <inheritdoc/>
    public override long Cap => Most;

    /// <inheritdoc/>
    protected override long Idle => 3 * Fleet.Interval.Ticks;

    /// <summary>How many calls may be under way here.</summary>
    public int PlacesAt(long now)
    {
        if (Volatile.Read(ref _looked) == 0) Volatile.Write(ref _looked, 1);
        return IsHeld(now) ? Volatile.Read(ref _held) : Math.Max(1, Most / Instances);
    }

    /// <summary>Adds what counts calls under way.</summary>
    public void Join(Func<int> underWay) => _underWay = [.. _underWay, underWay];

    /// <summary>A call found no place.</summary>
    public void Miss()
    {
        Volatile.Write(ref _missed, 1);
        if (!_isShort) Fleet.Hurry();
    }

    /// <inheritdoc/>
    protected override AmountWish Wish(long now, out bool isUsed)
    {
        int used = 0;
        foreach (Func<int> underWay in _underWay) used += underWay();
        int missed = Interlocked.Exchange(ref _missed, 0);
        _peak = Math.Max(used, _peak - (_peak / 4) - 1);
        isUsed = used + missed + Interlocked.Exchange(ref _looked, 0) > 0;

        // So that the next call need not ask: one where there are none, else a half more than there were lately, but no more than a half of this instance's part.
        int spare = !isUsed && !IsRecent(now) ? 0 : used == 0 ? 1 : Math.Min((_peak + 1) / 2, Most / (2 * Instances));
        int least = missed > 0 ? used + 1 : 0;
        _least = least;
        return new AmountWish(Scope, Most, Period, Spent: 0, used, Math.Max(least, Math.Min(Most, _peak + spare)), least);
    }

    /// <inheritdoc/>
    protected override bool Take(in AmountGrant grant, long now)
    {
        int held = (int)Math.Min(grant.Held, int.MaxValue);
        _isShort = held < _least;
        return held > Interlocked.Exchange(ref _held, held);
    }
}
