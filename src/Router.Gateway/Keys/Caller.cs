using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Keys;

/// <summary>Whose request one is, for which customer, and what it has reserved. A request that has entered leaves once, however it ends.</summary>
/// <param name="grant">What the key is good for; null for the master key.</param>
/// <param name="customers">Finds customers; null where there are none.</param>
/// <param name="person">Who signed in to the page; null for none, with a key.</param>
internal sealed class Caller(KeyGrant? grant, CustomerRegistry? customers, PagePerson? person = null)
{
    // Where a request does not say how long its answer may be.
    private const int UsualOutputTokens = 1000;

    private KeyGrant? _customer;
    private long _tokens;
    private decimal _cost;

    /// <summary>Gets what the key is good for; null for the master key, which opens all.</summary>
    public KeyGrant? Grant => grant;

    /// <summary>Gets the user whose request it is; null for none.</summary>
    public string? UserId => grant?.UserId ?? person?.Id;

    /// <summary>Gets what people know the key by: its alias, or its last characters, never the key itself; or who signed in.</summary>
    public string Name => grant is null ? person?.Name ?? "(master key)" : grant.Alias ?? grant.KeyName ?? grant.Id;

    /// <summary>Gets whether the end user that the request names is a customer.</summary>
    public bool HasCustomer => _customer is not null;

    /// <summary>Gets whether the request was let in: it is charged, and has a row.</summary>
    public bool HasEntered { get; private set; }

    /// <summary>Returns whether a group may be asked.</summary>
    public bool Allows(string group) => (grant is null || grant.Allows(group)) && (_customer is null || _customer.Allows(group));

    /// <summary>Notes the end user that the request names, who may be a customer.</summary>
    /// <param name="endUser">The end user.</param>
    /// <param name="now">The time.</param>
    public ValueTask NameAsync(string endUser, DateTimeOffset now)
    {
        if (customers is null) return default;
        ValueTask<KeyGrant?> found = customers.FindAsync(endUser, now);
        if (!found.IsCompletedSuccessfully) return WaitAsync(found);
        _customer = found.Result;
        return default;
    }

    /// <summary>Lets the request in, if no limit is reached, and reserves what it may use at all levels.</summary>
    /// <param name="group">The group that is asked.</param>
    /// <param name="inputTokens">How many tokens it has, about.</param>
    /// <param name="outputTokens">How many its answer may have; 0 where it does not say.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null, or what a client is told.</returns>
    public GatewayError? TryEnter(ModelGroup group, int inputTokens, int outputTokens, DateTimeOffset now)
    {
        if (HasEntered) return null;
        if (_customer?.Check(now) is { } blocked) return blocked;
        if (grant is not null || _customer is not null)
        {
            int output = outputTokens > 0 ? outputTokens : UsualOutputTokens;
            _tokens = (long)inputTokens + output;
            _cost = CostOf(group, inputTokens, output);
            if (TryEnter(grant, now) is { } reached) return reached.ToError();
            if (TryEnter(_customer, now) is { } customerReached)
            {
                Undo(grant, grant?.Levels.Length ?? 0);
                return customerReached.ToError();
            }
        }

        HasEntered = true;
        return null;
    }

    /// <summary>Lets the request go, and charges what it used.</summary>
    /// <returns>The periods that are charged.</returns>
    public AccountPeriod[] Leave(long tokens, decimal cost, DateTimeOffset now) => ChargeAll(tokens, cost, now, isLeaving: true);

    /// <summary>Charges what is known after the request has ended.</summary>
    /// <returns>The periods that are charged.</returns>
    public AccountPeriod[] Charge(long tokens, decimal cost, DateTimeOffset now) => ChargeAll(tokens, cost, now, isLeaving: false);

    private async ValueTask WaitAsync(ValueTask<KeyGrant?> found) => _customer = await found.ConfigureAwait(false);

    private LimitReached? TryEnter(KeyGrant? entered, DateTimeOffset now)
    {
        LiveAccount[] levels = entered?.Levels ?? [];
        for (int i = 0; i < levels.Length; i++)
        {
            if (levels[i].TryEnter(_tokens, _cost, now) is not { } reached) continue;
            Undo(entered, i);
            return reached;
        }

        return null;
    }

    private void Undo(KeyGrant? entered, int count)
    {
        for (int i = 0; i < count; i++) entered!.Levels[i].Undo(_tokens, _cost);
    }

    private AccountPeriod[] ChargeAll(long tokens, decimal cost, DateTimeOffset now, bool isLeaving)
    {
        AccountPeriod[] key = grant is null ? [] : ChargeAll(grant, tokens, cost, now, isLeaving);
        return _customer is null ? key : [.. key, .. ChargeAll(_customer, tokens, cost, now, isLeaving)];
    }

    private AccountPeriod[] ChargeAll(KeyGrant charged, long tokens, decimal cost, DateTimeOffset now, bool isLeaving)
    {
        AccountPeriod[] last = charged.Charged;
        AccountPeriod[]? changed = null;
        for (int i = 0; i < last.Length; i++)
        {
            LiveAccount level = charged.Levels[i];
            AccountPeriod period = isLeaving ? level.Leave(_tokens, _cost, tokens, cost, now) : level.Charge(tokens, cost, now);
            if (changed is null && period == last[i]) continue;
            changed ??= [.. last];
            changed[i] = period;
        }

        return changed is null ? last : charged.Charged = changed;
    }

    // By the dearest deployment of the group: what is reserved too much comes back when the request ends.
    private static decimal CostOf(ModelGroup group, int inputTokens, int outputTokens)
    {
        decimal most = 0;
        IReadOnlyList<Deployment> deployments = group.Deployments;
        for (int i = 0; i < deployments.Count; i++)
        {
            if (deployments[i].Prices?.Standard is { } prices) most = Math.Max(most, (inputTokens * prices.Input) + (outputTokens * prices.Output));
        }

        return most / 1_000_000;
    }
}
