namespace RouterGen;

/// <summary>The leases of an instance, one for each scope. Thread-safe; what is reported and what is granted is for one exchange at a time.</summary>
internal sealed class FleetLeases
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, RateLease> _rates = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, AmountLease> _amounts = new(StringComparer.Ordinal);
    private List<RateLease> _askedRates = [];
    private List<AmountLease> _askedAmounts = [];

    /// <summary>Returns the lease of a limit a minute.</summary>
    public RateLease Rate(RouterFleet fleet, string scope, int perMinute)
    {
        lock (_gate)
        {
            if (!_rates.TryGetValue(scope, out RateLease? lease)) _rates.Add(scope, lease = new RateLease(fleet, scope, perMinute));
            lease.PerMinute = perMinute;
            return lease;
        }
    }

    /// <summary>Returns the lease of an amount.</summary>
    /// <param name="scope">Its name.</param>
    /// <param name="make">Makes one where there is none.</param>
    public T Amount<T>(string scope, Func<T> make)
        where T : AmountLease
    {
        lock (_gate)
        {
            if (_amounts.GetValueOrDefault(scope) is T known) return known;
            T made = make();
            _amounts[scope] = made;
            return made;
        }
    }

    /// <summary>What the store is told and asked.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isLast">Whether all is given back.</param>
    public (RateWish[] Rates, AmountWish[] Amounts) Report(long now, bool isLast)
    {
        (RateLease[] rates, AmountLease[] amounts) = All();
        _askedRates = new List<RateLease>(rates.Length);
        _askedAmounts = new List<AmountLease>(amounts.Length);
        var rateWishes = new List<RateWish>(rates.Length);
        var amountWishes = new List<AmountWish>(amounts.Length);
        foreach (RateLease lease in rates)
        {
            if (lease.Report(now, isLast) is not { } wish) continue;
            rateWishes.Add(wish);
            _askedRates.Add(lease);
        }

        foreach (AmountLease lease in amounts)
        {
            if (lease.Report(now, isLast) is not { } wish) continue;
            amountWishes.Add(wish);
            _askedAmounts.Add(lease);
        }

        return ([.. rateWishes], [.. amountWishes]);
    }

    /// <summary>Takes what the store has granted of the last report.</summary>
    /// <exception cref="InvalidOperationException">The store did not answer all that it was asked.</exception>
    public void Apply(StoreAnswer answer, long asked, long now)
    {
        if (answer.Rates.Count != _askedRates.Count || answer.Amounts.Count != _askedAmounts.Count)
            throw new InvalidOperationException($"The store was asked for {_askedRates.Count} limits and {_askedAmounts.Count} amounts, and answered {answer.Rates.Count} and {answer.Amounts.Count}.");
        for (int i = 0; i < _askedRates.Count; i++) _askedRates[i].Apply(answer.Rates[i], asked, now);
        for (int i = 0; i < _askedAmounts.Count; i++) _askedAmounts[i].Apply(answer.Amounts[i], asked, now);
    }

    /// <summary>Notes how late it is.</summary>
    public void Tick(long now)
    {
        foreach (AmountLease lease in All().Amounts) lease.Tick(now);
    }

    private (RateLease[] Rates, AmountLease[] Amounts) All()
    {
        lock (_gate) return ([.. _rates.Values], [.. _amounts.Values]);
    }
}
