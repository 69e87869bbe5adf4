using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Management;

/// <summary>Changes accounts in the store, and has what is known of keys looked at again.</summary>
/// <param name="options">The gateway's options.</param>
/// <param name="registry">What is known of keys.</param>
/// <param name="flush">Has costs that wait written.</param>
internal sealed class AccountService(GatewayOptions options, KeyRegistry registry, Func<Task> flush)
{
    private const int MostTries = 5;
    private const int PageSize = 500;

    /// <summary>Gets the store.</summary>
    public IGatewayStore Store => options.Keys.Store;

    /// <summary>Gets the time.</summary>
    public DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    /// <summary>Returns a new key.</summary>
    public string NewKey() => VirtualKey.New(options.Keys.Chance);

    /// <summary>Returns a new id.</summary>
    public string NewId()
    {
        byte[] bytes = new byte[16];
        options.Keys.Chance(bytes);
        return new Guid(bytes).ToString();
    }

    /// <summary>Returns an account; null where there is none.</summary>
    public ValueTask<GatewayAccount?> FindAsync(AccountKind kind, string id) => Store.FindAsync(kind, id, CancellationToken.None);

    /// <summary>Returns an account that must be there.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">The id.</param>
    /// <param name="what">What messages call it.</param>
    public async ValueTask<GatewayAccount> GetAsync(AccountKind kind, string id, string what) => await FindAsync(kind, id).ConfigureAwait(false) ?? throw ManagementError.NotFound(what);

    /// <summary>Returns all accounts of a team, a user or an organization, or of a kind.</summary>
    public async ValueTask<List<GatewayAccount>> ListAsync(AccountKind kind, string? teamId = null, string? userId = null, string? organizationId = null)
    {
        var all = new List<GatewayAccount>();
        int offset = 0;
        while (true)
        {
            AccountPage page = await Store.ListAsync(new AccountQuery { Kind = kind, TeamId = teamId, UserId = userId, Offset = offset, Limit = PageSize }, CancellationToken.None).ConfigureAwait(false);
            all.AddRange(page.Accounts.Where(account => organizationId is null || account.OrganizationId == organizationId));
            offset += page.Accounts.Count;
            if (page.Accounts.Count < PageSize) return all;
        }
    }

    /// <summary>Adds an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="what">What messages call it.</param>
    public async ValueTask<GatewayAccount> AddAsync(GatewayAccount account, string what)
    {
        await CheckReferencesAsync(account).ConfigureAwait(false);
        if (!await Store.AddAsync(account, CancellationToken.None).ConfigureAwait(false)) throw ManagementError.Conflict($"There is {what} already.");
        registry.Expire();
        return account;
    }

    /// <summary>Changes an account, anew where something else changed it meanwhile.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">The id.</param>
    /// <param name="what">What messages call it.</param>
    /// <param name="change">Returns the account as it is to be.</param>
    public async ValueTask<GatewayAccount> ChangeAsync(AccountKind kind, string id, string what, Func<GatewayAccount, GatewayAccount> change)
    {
        for (int i = 0; i < MostTries; i++)
        {
            GatewayAccount changed = change(await GetAsync(kind, id, what).ConfigureAwait(false));
            await CheckReferencesAsync(changed).ConfigureAwait(false);
            if (!await Store.ReplaceAsync(id, changed, CancellationToken.None).ConfigureAwait(false)) continue;
            registry.Expire();
            return changed;
        }

        throw ManagementError.Conflict("It is being changed by others: try again.");
    }

    /// <summary>Deletes an account.</summary>
    /// <returns>False where there was none.</returns>
    public async ValueTask<bool> DeleteAsync(AccountKind kind, string id)
    {
        bool wasThere = await Store.DeleteAsync(kind, id, CancellationToken.None).ConfigureAwait(false);
        registry.Expire();
        return wasThere;
    }

    /// <summary>Deletes a team, a user or an organization, with their keys and members, and an organization's teams.</summary>
    /// <param name="kind">Team, user or organization.</param>
    /// <param name="id">Its id.</param>
    /// <param name="what">What messages call it.</param>
    public async ValueTask DeleteWholeAsync(AccountKind kind, string id, string what)
    {
        await GetAsync(kind, id, what).ConfigureAwait(false);
        (string? teamId, string? userId, string? organizationId) = kind switch
        {
            AccountKind.Team => (id, (string?)null, (string?)null),
            AccountKind.User => (null, id, null),
            _ => (null, null, id),
        };

        // First what belongs to it: if this ends half way, no key is left without the limits above it.
        foreach (GatewayAccount team in organizationId is null ? [] : await ListAsync(AccountKind.Team, organizationId: organizationId).ConfigureAwait(false)) await DeleteWholeAsync(AccountKind.Team, team.Id, $"team '{team.Id}'").ConfigureAwait(false);
        foreach (AccountKind belonging in (AccountKind[])[AccountKind.Key, AccountKind.Member])
        {
            foreach (GatewayAccount account in await ListAsync(belonging, teamId, userId, organizationId).ConfigureAwait(false)) await DeleteAsync(belonging, account.Id).ConfigureAwait(false);
        }

        await DeleteAsync(kind, id).ConfigureAwait(false);
    }

    /// <summary>Returns accounts with what they spent in their periods, and what of limits is their budgets'.</summary>
    public async ValueTask<AccountView[]> ViewAsync(IReadOnlyList<GatewayAccount> accounts)
    {
        await flush().ConfigureAwait(false);
        DateTimeOffset now = Now;
        var budgets = new Dictionary<string, GatewayAccount?>(StringComparer.Ordinal);
        foreach (GatewayAccount account in accounts)
        {
            if (account.BudgetId is { } id && !budgets.ContainsKey(id)) budgets[id] = await FindAsync(AccountKind.Budget, id).ConfigureAwait(false);
        }

        GatewayAccount?[] all = [.. accounts.Select(account => account.BudgetId is { } id ? budgets[id] : null)];
        (DateTimeOffset Start, DateTimeOffset? End)[] periods = [.. accounts.Select((account, i) => AccountLimits.Of(account, all[i]).PeriodOf(now))];
        IReadOnlyList<PeriodSpend> spent = await Store.SpentAsync([.. accounts.Select((account, i) => new AccountPeriod(account.Kind, account.SpendId, periods[i].Start))], CancellationToken.None).ConfigureAwait(false);
        return [.. accounts.Select((account, i) => new AccountView(account, all[i], spent[i].Cost, periods[i].End))];
    }

    /// <summary>Returns one account with what it spent.</summary>
    public async ValueTask<AccountView> ViewAsync(GatewayAccount account) => (await ViewAsync([account]).ConfigureAwait(false))[0];

    /// <summary>Charges an account with what it had spent in its period elsewhere, once however often it is asked for. Its row is of no day of any report.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cost">What it had spent, in USD.</param>
    public async ValueTask CarryOverAsync(GatewayAccount account, decimal cost)
    {
        if (cost <= 0) return;
        GatewayAccount? budget = account.BudgetId is { } id ? await FindAsync(AccountKind.Budget, id).ConfigureAwait(false) : null;
        (DateTimeOffset start, _) = AccountLimits.Of(account, budget).PeriodOf(Now);
        await Store.ChargeAsync([new GatewaySpend { Id = $"import-{account.Kind}-{account.SpendId}", At = DateTimeOffset.UnixEpoch, Endpoint = "/import", Cost = cost, Charges = [new AccountPeriod(account.Kind, account.SpendId, start)] }], CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask CheckReferencesAsync(GatewayAccount account)
    {
        if (account.BudgetId is { } budget && await FindAsync(AccountKind.Budget, budget).ConfigureAwait(false) is null) throw ManagementError.Invalid("budget_id", "there is no such budget. Make it with /budget/new.");
        if (account.TeamId is { } team && await FindAsync(AccountKind.Team, team).ConfigureAwait(false) is null) throw ManagementError.Invalid("team_id", "there is no such team. Make it with /team/new.");
        if (account.OrganizationId is { } organization && await FindAsync(AccountKind.Organization, organization).ConfigureAwait(false) is null) throw ManagementError.Invalid("organization_id", "there is no such organization. Make it with /organization/new.");
    }
}

/// <summary>An account and what it spent.</summary>
/// <param name="Account">The account.</param>
/// <param name="Budget">The budget that it refers to; null for none.</param>
/// <param name="Spend">What it spent in this period, in USD.</param>
/// <param name="ResetAt">When the period ends; null for never.</param>
internal sealed record AccountView(GatewayAccount Account, GatewayAccount? Budget, decimal Spend, DateTimeOffset? ResetAt);
