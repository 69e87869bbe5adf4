using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Keys;

/// <summary>Whose request one is, and what it has reserved. A request that has entered leaves once, however it ends.</summary>
/// <param name="grant">What the key is good for; null for the master key.</param>
/// <param name="person">Who signed in to the page; null for none, with a key.</param>
internal sealed class Caller(KeyGrant? grant, PagePerson? person = null)
{
    // Where a request does not say how long its answer may be.
    private const int UsualOutputTokens = 1000;

    private long _tokens;
    private decimal _cost;

    /// <summary>Gets what the key is good for; null for the master key, which opens all.</summary>
    public KeyGrant? Grant => grant;

    /// <summary>Gets the user whose request it is; null for none.</summary>
    public string? UserId => grant?.UserId ?? person?.Id;

    /// <summary>Gets what people know the key by: its alias, or its last characters, never the key itself; or who signed in.</summary>
    public string Name => grant is null ? person?.Name ?? "(master key)" : grant.Alias ?? grant.KeyName ?? grant.Id;

    /// <summary>Gets whether the request was let in: it is charged, and has a row.</summary>
    public bool HasEntered { get; private set; }

    /// <summary>Returns whether a group may be asked.</summary>
    public bool Allows(string group) => grant is null || grant.Allows(group);

    /// <summary>Lets the request in, if no limit is reached, and reserves what it may use at all levels.</summary>
    /// <param name="group">The group that is asked.</param>
    /// <param name="inputTokens">How many tokens it has, about.</param>
    /// <param name="outputTokens">How many its answer may have; 0 where it does not say.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null, or what a client is told.</returns>
    public GatewayError? TryEnter(ModelGroup group, int inputTokens, int outputTokens, DateTimeOffset now)
    {
        if (HasEntered) return null;
        if (grant is not null)
        {
            int output = outputTokens > 0 ? outputTokens : UsualOutputTokens;
            _tokens = (long)inputTokens + output;
            _cost = CostOf(group, inputTokens, output);
            LiveAccount[] levels = grant.Levels;
            for (int i = 0; i < levels.Length; i++)
            {
                if (levels[i].TryEnter(_tokens, _cost, now) is not { } reached) continue;
                for (int entered = 0; entered < i; entered++) levels[entered].Undo(_tokens, _cost);
                return reached.ToError();
            }
        }

        HasEntered = true;
        return null;
    }

    /// <summary>Lets the request go, and charges what it used.</summary>
    /// <returns>The periods that are charged.</returns>
    public AccountPeriod[] Leave(long tokens, decimal cost, DateTimeOffset now) => grant is null ? [] : ChargeAll(grant, tokens, cost, now, isLeaving: true);

    /// <summary>Charges what is known after the request has ended.</summary>
    /// <returns>The periods that are charged.</returns>
    public AccountPeriod[] Charge(long tokens, decimal cost, DateTimeOffset now) => grant is null ? [] : ChargeAll(grant, tokens, cost, now, isLeaving: false);

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
