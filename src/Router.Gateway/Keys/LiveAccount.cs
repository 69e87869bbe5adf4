namespace RouterGen.Gateway.Keys;

/// <summary>
/// What an account uses now: requests and tokens of this minute, requests under way, and what it spent in this period, of which the store knows a part. One for all keys that are charged to
/// it. Thread-safe.
/// </summary>
/// <param name="kind">The kind of account.</param>
/// <param name="spendId">What its costs are counted under.</param>
/// <param name="fleet">What keeps limits together with other instances; null where each instance counts by itself.</param>
internal sealed class LiveAccount(AccountKind kind, string spendId, RouterFleet? fleet = null)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private AccountLimits? _limits;
    private FleetAccount? _shared;
    private DateTimeOffset _periodStart;
    private DateTimeOffset? _periodEnd;
    private decimal _stored;
    private decimal _unstored;
    private decimal _reserved;
    private DateTimeOffset _minute;
    private long _requests;
    private long _tokens;
    private long _reservedTokens;
    private long _underWay;
    private DateTimeOffset _touched;

    /// <summary>Gets the kind of account.</summary>
    public AccountKind Kind => kind;

    /// <summary>Gets what its costs are counted under.</summary>
    public string SpendId => spendId;

    /// <summary>Gets whether the account has a budget.</summary>
    public bool HasBudget => Volatile.Read(ref _limits) is { MaxBudget: not null };

    /// <summary>Sets what the account may use, which may have changed.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="now">The time.</param>
    /// <returns>The period whose costs the store is asked for.</returns>
    public AccountPeriod Apply(AccountLimits limits, DateTimeOffset now)
    {
        lock (_gate)
        {
            _touched = now;
            if (limits != _limits)
            {
                _limits = limits;
                _shared?.Free(_underWay);
                _shared = FleetAccount.Of(fleet, kind, spendId, limits);
                _shared?.Occupy(_underWay);
                _periodEnd = now; // The period may be another one.
            }

            return PeriodAt(now);
        }
    }

    /// <summary>Notes what the store knows of a period. It is never less than what was known, because costs are only added.</summary>
    /// <param name="period">The period.</param>
    /// <param name="cost">What the store has, by all instances.</param>
    /// <param name="written">What of it was not stored before, of this instance.</param>
    public void NoteStored(AccountPeriod period, decimal cost, decimal written)
    {
        lock (_gate)
        {
            if (period.Start != _periodStart) return;
            _stored = Math.Max(_stored, cost);
            _unstored -= written;
        }
    }

    /// <summary>Lets a request in, if no limit is reached, and reserves what it may use.</summary>
    /// <param name="tokens">The tokens that it may use.</param>
    /// <param name="cost">What it may cost, in USD.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null, or the limit that is reached.</returns>
    public LimitReached? TryEnter(long tokens, decimal cost, DateTimeOffset now)
    {
        lock (_gate)
        {
            AccountLimits limits = _limits!;
            PeriodAt(now);
            MinuteAt(now);
            TimeSpan untilNext = _minute + Minute - now;
            decimal spent = _stored + _unstored;
            if (limits.MaxBudget is { } budget && spent + _reserved >= budget) return LimitReached.Budget(limits, budget, spent, _reserved, _periodEnd, now);
            if (limits.Parallel is { } parallel && _underWay >= parallel) return LimitReached.Parallel(limits, parallel);
            if (limits.Requests is { } requests && IsOwn(requests) && _requests >= requests) return LimitReached.Rate(limits, requests, "requests", untilNext);
            if (limits.Tokens is { } most && IsOwn(most) && _tokens + _reservedTokens >= most) return LimitReached.Rate(limits, most, "tokens", untilNext);
            if (_shared?.TryEnter(_reservedTokens) is { } sharedLimit) return sharedLimit; // Last: it takes what it lets in.
            _requests++;
            _underWay++;
            _reservedTokens += tokens;
            _reserved += cost;
            return null;
        }
    }

    /// <summary>Lets a request go that another account refused: it counts for nothing.</summary>
    public void Undo(long tokens, decimal cost)
    {
        lock (_gate)
        {
            if (_requests > 0) _requests--;
            _underWay--;
            _shared?.Undo();
            _reservedTokens -= tokens;
            _reserved -= cost;
        }
    }

    /// <summary>Lets a request go that has ended, and charges it.</summary>
    /// <param name="reservedTokens">The tokens that were reserved.</param>
    /// <param name="reserved">The cost that was reserved.</param>
    /// <param name="tokens">The tokens that it used.</param>
    /// <param name="cost">What it cost.</param>
    /// <param name="now">The time.</param>
    /// <returns>The period that is charged.</returns>
    public AccountPeriod Leave(long reservedTokens, decimal reserved, long tokens, decimal cost, DateTimeOffset now)
    {
        lock (_gate)
        {
            _underWay--;
            _shared?.Free(1);
            _reservedTokens -= reservedTokens;
            _reserved -= reserved;
            return Add(tokens, cost, now);
        }
    }

    /// <summary>Charges what is known after a request has ended.</summary>
    /// <returns>The period that is charged.</returns>
    public AccountPeriod Charge(long tokens, decimal cost, DateTimeOffset now)
    {
        lock (_gate) return Add(tokens, cost, now);
    }

    /// <summary>Returns whether nothing is under way or unstored, and nothing looked at the account since a moment.</summary>
    public bool IsIdleSince(DateTimeOffset moment)
    {
        lock (_gate) return _underWay == 0 && _unstored == 0 && _touched < moment;
    }

    // By itself an instance counts minutes from the first request on; a fleet has the store's minutes. A limit of nothing needs no fleet.
    private bool IsOwn(long limit) => _shared is null || limit <= 0;

    private AccountPeriod Add(long tokens, decimal cost, DateTimeOffset now)
    {
        AccountPeriod period = PeriodAt(now);
        MinuteAt(now);
        _tokens += tokens;
        _shared?.Add(tokens);
        _unstored += cost;
        return period;
    }

    private AccountPeriod PeriodAt(DateTimeOffset now)
    {
        if (_periodEnd is { } end && now >= end)
        {
            (DateTimeOffset start, _periodEnd) = _limits!.PeriodOf(now);
            if (start != _periodStart)
            {
                _periodStart = start;
                _stored = 0;
                _unstored = 0;
            }
        }

        return new AccountPeriod(kind, spendId, _periodStart);
    }

    private void MinuteAt(DateTimeOffset now)
    {
        if (now < _minute + Minute && now >= _minute) return;
        _minute = now;
        _requests = 0;
        _tokens = 0;
    }
}
