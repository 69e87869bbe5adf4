namespace RouterGen.Gateway.Keys;

/// <summary>Reads what keys and customers are good for out of the store, with what is above them and what all of it has spent. Thread-safe.</summary>
/// <param name="options">Where the store is.</param>
/// <param name="ledger">What accounts use.</param>
/// <param name="time">The clock.</param>
internal sealed class GrantLoader(GatewayKeyOptions options, AccountLedger ledger, TimeProvider time)
{
    /// <summary>Reads what a key is good for; null for a key that there is none of.</summary>
    public async Task<KeyGrant?> LoadKeyAsync(KeyHash hash)
    {
        IGatewayStore store = options.Store;
        if (await store.FindAsync(AccountKind.Key, hash.ToString(), CancellationToken.None).ConfigureAwait(false) is not { } key) return null;
        var above = new List<GatewayAccount>();
        string? missing = null;
        string? organization = key.OrganizationId;
        if (key.TeamId is { } team)
        {
            organization ??= (await AddAsync(AccountKind.Team, team, "The team of the key is gone.").ConfigureAwait(false))?.OrganizationId;
            if (key.UserId is { } member) await AddAsync(AccountKind.Member, GatewayAccount.MemberId(team, member), null).ConfigureAwait(false);
        }

        if (organization is not null)
        {
            await AddAsync(AccountKind.Organization, organization, "The organization of the key is gone.").ConfigureAwait(false);
            if (key.UserId is { } member) await AddAsync(AccountKind.Member, GatewayAccount.OrganizationMemberId(organization, member), null).ConfigureAwait(false);
        }

        if (key.UserId is { } user) await AddAsync(AccountKind.User, user, null).ConfigureAwait(false); // A user may be no more than a name.
        (LiveAccount[] levels, bool isComplete) = await ApplyAsync([key, .. above]).ConfigureAwait(false);
        return new KeyGrant(key, above, levels, missing ?? (isComplete ? null : "A budget of the key is gone."));

        async Task<GatewayAccount?> AddAsync(AccountKind kind, string id, string? whyMissing)
        {
            GatewayAccount? account = await store.FindAsync(kind, id, CancellationToken.None).ConfigureAwait(false);
            if (account is not null) above.Add(account);
            else missing ??= whyMissing;
            return account;
        }
    }

    /// <summary>Reads what a customer is good for; null for one that nothing is known of.</summary>
    public async Task<KeyGrant?> LoadCustomerAsync(string id)
    {
        if (await options.Store.FindAsync(AccountKind.Customer, id, CancellationToken.None).ConfigureAwait(false) is not { } customer) return null;
        (LiveAccount[] levels, bool isComplete) = await ApplyAsync([customer]).ConfigureAwait(false);
        return new KeyGrant(customer, [], levels, isComplete ? null : "A budget of the customer is gone.");
    }

    // What accounts may use, and what they have spent by all instances.
    private async Task<(LiveAccount[] Levels, bool IsComplete)> ApplyAsync(GatewayAccount[] accounts)
    {
        bool isComplete = true;
        DateTimeOffset now = time.GetUtcNow();
        var levels = new LiveAccount[accounts.Length];
        var periods = new AccountPeriod[accounts.Length];
        for (int i = 0; i < accounts.Length; i++)
        {
            GatewayAccount? budget = accounts[i].BudgetId is { } id ? await options.Store.FindAsync(AccountKind.Budget, id, CancellationToken.None).ConfigureAwait(false) : null;
            isComplete &= budget is not null || accounts[i].BudgetId is null;
            levels[i] = ledger.Get(accounts[i]);
            periods[i] = levels[i].Apply(AccountLimits.Of(accounts[i], budget), now);
        }

        ledger.NoteStored(await options.Store.SpentAsync(periods, CancellationToken.None).ConfigureAwait(false));
        ledger.Prune(now - options.CacheLifetime - options.CacheLifetime);
        return (levels, isComplete);
    }
}
