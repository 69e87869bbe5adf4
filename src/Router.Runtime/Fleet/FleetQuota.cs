namespace RouterGen;

/// <summary>
/// An amount that all instances of a fleet use up together, in periods of the store's clock; from <see cref="RouterFleet.Quota(string, long, BudgetPeriod)"/>. No method waits for the store: a slice of the amount is used up here, and while the store
/// cannot be reached the instance's part of it. Thread-safe.
/// </summary>
public sealed class FleetQuota
{
    private readonly QuotaLease _lease;

    internal FleetQuota(QuotaLease lease) => _lease = lease;

    /// <summary>Gets how much may be used up in a period.</summary>
    public long Cap => _lease.Cap;

    /// <summary>Gets what all instances have used up in this period, as far as it is known here.</summary>
    public long Used => Math.Max(0, _lease.Used);

    /// <summary>Gets whether nothing is left here.</summary>
    public bool IsUsedUp => _lease.IsUsedUp;

    /// <summary>Gets how long until there may be more: the rest of the period, or less where others have not used up theirs. Zero where there is some.</summary>
    public TimeSpan ReturnsIn => _lease.ReturnsIn();

    /// <summary>Uses up, where anything is left: an amount may be larger than what is left, as a request's tokens may.</summary>
    /// <param name="amount">How much; 1 or more.</param>
    /// <returns>False where nothing was left, and nothing was used up.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The amount is less than 1.</exception>
    public bool TryUse(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(amount, 1);
        return _lease.TryUse(amount);
    }

    /// <summary>Corrects what was used up: uses up more, whether or not it is there, or gives back where negative.</summary>
    /// <param name="amount">How much.</param>
    public void Adjust(long amount) => _lease.Use(amount);
}
