namespace RouterGen;

/// <summary>What an instance holds of an amount that a fleet shares. Units are whatever the amount is counted in.</summary>
/// <param name="fleet">What asks the store.</param>
/// <param name="scope">The amount's name.</param>
/// <param name="period">When it is whole again; null where it is not used up but held.</param>
internal abstract class AmountLease(RouterFleet fleet, string scope, BudgetPeriod? period)
{
    private long _until;
    private long _usedAt;
    private bool _isGivenUp; // What was last reported is that nothing is held any more.

    /// <summary>Gets the amount's name.</summary>
    public string Scope => scope;

    /// <summary>Gets how much there is.</summary>
    public abstract long Cap { get; }

    /// <summary>Gets when it is whole again; null where it is not used up but held.</summary>
    public BudgetPeriod? Period => period;

    /// <summary>Gets how many instances hold of it.</summary>
    protected int Instances { get; private set; } = fleet.ExpectedInstances;

    /// <summary>Gets or sets what is called when more is held, or a period has begun.</summary>
    public Action? Replenished { get; set; }

    /// <summary>Tells whether what is held was granted.</summary>
    public bool IsHeld(long now) => now < Volatile.Read(ref _until);

    /// <summary>What the store is told and asked; null where the amount is not used. Not by two threads at once.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isLast">Whether all is given back.</param>
    public AmountWish? Report(long now, bool isLast)
    {
        AmountWish wish = Wish(now, out bool isUsed);
        if (isUsed) _usedAt = now;
        if (isLast) return wish with { Used = 0, Wanted = 0, Least = 0 };
        _isGivenUp = !isUsed && !KeepsAsking && !IsRecent(now);
        if (!_isGivenUp) return wish;
        return Interlocked.Exchange(ref _until, 0) != 0 ? wish with { Wanted = 0, Least = 0 } : null;
    }

    /// <summary>Takes what the store has granted.</summary>
    /// <param name="grant">What it has.</param>
    /// <param name="asked">When it was asked: by its clock the grant holds longer than by ours.</param>
    /// <param name="now">The time.</param>
    public void Apply(in AmountGrant grant, long asked, long now)
    {
        Instances = Math.Max(1, grant.Instances);
        bool more = Take(grant, now);
        if (!_isGivenUp) Volatile.Write(ref _until, asked + fleet.Lifetime.Ticks);
        if (more) Replenished?.Invoke();
    }

    /// <summary>Tells whether it was used lately.</summary>
    protected bool IsRecent(long now) => now - _usedAt <= Idle;

    /// <summary>Gets after how long without use nothing is held any more, so that others have it, in ticks.</summary>
    protected virtual long Idle => fleet.Idle;

    /// <summary>Notes how late it is. Called with each exchange, also with those that fail.</summary>
    public virtual void Tick(long now)
    {
    }

    /// <summary>Gets whether the store is asked while nothing is used, because others may use it up.</summary>
    protected virtual bool KeepsAsking => false;

    /// <summary>What was used and is wanted.</summary>
    protected abstract AmountWish Wish(long now, out bool isUsed);

    /// <summary>Takes a grant.</summary>
    /// <returns>Whether there is more than before.</returns>
    protected abstract bool Take(in AmountGrant grant, long now);

    /// <summary>Gets what asks the store.</summary>
    protected RouterFleet Fleet => fleet;
}
