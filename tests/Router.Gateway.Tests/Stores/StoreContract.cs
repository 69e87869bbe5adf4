namespace RouterGen.Gateway.Tests.Stores;

/// <summary>What each store does, whatever it keeps its accounts in.</summary>
public abstract class StoreContract
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Returns the store; the same within a test.</summary>
    protected abstract IGatewayStore Store { get; }

    [Fact]
    public async Task An_account_comes_back_as_it_was()
    {
        var account = new GatewayAccount
        {
            Kind = AccountKind.Key,
            Id = "ab12",
            SpendId = "first",
            Alias = "Ünïcode 'quoted' \"twice\"",
            KeyName = "sk-...abcd",
            Models = ["chat", "openai/*"],
            Routes = ["/chat/completions"],
            MaxBudget = 10.123456789012m,
            BudgetDuration = "30d",
            RpmLimit = 60,
            TpmLimit = long.MaxValue,
            MaxParallelRequests = 0,
            BudgetId = "b",
            TeamId = "t",
            UserId = "u",
            OrganizationId = "o",
            Role = "admin",
            Email = "a@b.example",
            Tags = ["x", "y"],
            Metadata = """{"a":[1,{"b":"c"}]}""",
            IsBlocked = true,
            Expires = Noon.AddTicks(1),
            CreatedAt = Noon,
            UpdatedAt = Noon.AddHours(1),
            SpendFrom = Noon.AddDays(1),
        };
        Assert.True(await Store.AddAsync(account, Token));
        GatewayAccount found = (await Store.FindAsync(AccountKind.Key, "ab12", Token))!;
        Assert.Equal(1, found.Version);
        Assert.Equal((account.Models, account.Routes, account.Tags), (found.Models, found.Routes, found.Tags), new ListComparer());
        Assert.Equal(account, found with { Version = 0, Models = account.Models, Routes = account.Routes, Tags = account.Tags });
        Assert.Null(await Store.FindAsync(AccountKind.Team, "ab12", Token));
        Assert.Null(await Store.FindAsync(AccountKind.Key, "AB12", Token));
    }

    [Fact]
    public async Task An_account_without_more_than_an_id_comes_back_empty()
    {
        await Store.AddAsync(Account("k"), Token);
        GatewayAccount found = (await Store.FindAsync(AccountKind.Key, "k", Token))!;
        Assert.Equal(("k", "{}", false, null, null), (found.SpendId, found.Metadata, found.IsBlocked, found.MaxBudget, found.Expires));
        Assert.Empty(found.Models);
        Assert.Empty(found.Tags);
    }

    [Fact]
    public async Task An_id_is_used_once_for_each_kind()
    {
        Assert.True(await Store.AddAsync(Account("a"), Token));
        Assert.False(await Store.AddAsync(Account("a") with { Alias = "other" }, Token));
        Assert.True(await Store.AddAsync(Account("a", AccountKind.Team), Token));
        Assert.Null((await Store.FindAsync(AccountKind.Key, "a", Token))!.Alias);
    }

    [Fact]
    public async Task Each_kind_has_its_own_accounts_and_costs()
    {
        AccountKind[] kinds = Enum.GetValues<AccountKind>();
        foreach (AccountKind kind in kinds) Assert.True(await Store.AddAsync(Account("a", kind) with { Alias = kind.ToString() }, Token));
        foreach (AccountKind kind in kinds)
        {
            Assert.Equal(kind.ToString(), (await Store.FindAsync(kind, "a", Token))!.Alias);
            Assert.Equal(1, (await Store.ListAsync(new AccountQuery { Kind = kind }, Token)).Total);
        }

        AccountPeriod[] periods = [.. kinds.Select(static kind => new AccountPeriod(kind, "a", Noon))];
        await Store.ChargeAsync([.. kinds.Select((kind, i) => new GatewaySpend { Id = $"{kind}", At = Noon, Cost = i + 1, Charges = [periods[i]] })], Token);
        Assert.Equal(kinds.Select(static (_, i) => i + 1m), (await Store.SpentAsync(periods, Token)).Select(static spent => spent.Cost));
    }

    [Fact]
    public async Task Of_two_changes_to_what_was_read_once_the_second_is_refused()
    {
        await Store.AddAsync(Account("a"), Token);
        GatewayAccount read = (await Store.FindAsync(AccountKind.Key, "a", Token))!;
        Assert.True(await Store.ReplaceAsync("a", read with { Alias = "one" }, Token));
        Assert.False(await Store.ReplaceAsync("a", read with { Alias = "two" }, Token));
        GatewayAccount found = (await Store.FindAsync(AccountKind.Key, "a", Token))!;
        Assert.Equal(("one", 2), (found.Alias, found.Version));
        Assert.False(await Store.ReplaceAsync("b", read, Token));
    }

    [Fact]
    public async Task An_account_gets_another_id_in_one_step()
    {
        await Store.AddAsync(Account("a"), Token);
        await Store.AddAsync(Account("taken"), Token);
        GatewayAccount read = (await Store.FindAsync(AccountKind.Key, "a", Token))!;
        Assert.False(await Store.ReplaceAsync("a", read with { Id = "taken", SpendId = "a" }, Token));
        Assert.NotNull(await Store.FindAsync(AccountKind.Key, "a", Token));
        Assert.True(await Store.ReplaceAsync("a", read with { Id = "b", SpendId = "a" }, Token));
        Assert.Null(await Store.FindAsync(AccountKind.Key, "a", Token));
        Assert.Equal(("b", "a"), ((await Store.FindAsync(AccountKind.Key, "b", Token))!.Id, (await Store.FindAsync(AccountKind.Key, "b", Token))!.SpendId));
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_its_id_is_free()
    {
        await Store.AddAsync(Account("a"), Token);
        Assert.True(await Store.DeleteAsync(AccountKind.Key, "a", Token));
        Assert.False(await Store.DeleteAsync(AccountKind.Key, "a", Token));
        Assert.Null(await Store.FindAsync(AccountKind.Key, "a", Token));
        Assert.True(await Store.AddAsync(Account("a"), Token));
    }

    [Fact]
    public async Task Accounts_are_listed_in_pages_the_oldest_first()
    {
        for (int i = 0; i < 7; i++) await Store.AddAsync(Account($"k{9 - i}") with { TeamId = i % 2 == 0 ? "even" : "odd", UserId = "u", Alias = i == 3 ? "third" : null }, Token);
        await Store.AddAsync(Account("t", AccountKind.Team) with { TeamId = "even" }, Token);
        AccountPage page = await Store.ListAsync(new AccountQuery { Kind = AccountKind.Key, Offset = 2, Limit = 3 }, Token);
        Assert.Equal((7, "k7 k6 k5"), (page.Total, Ids(page)));
        Assert.Equal("k9 k7 k5 k3", Ids(await Store.ListAsync(new AccountQuery { Kind = AccountKind.Key, TeamId = "even" }, Token)));
        Assert.Equal("k6", Ids(await Store.ListAsync(new AccountQuery { Kind = AccountKind.Key, UserId = "u", Alias = "third" }, Token)));
        Assert.Empty((await Store.ListAsync(new AccountQuery { Kind = AccountKind.User }, Token)).Accounts);
        GatewayAccount first = (await Store.FindAsync(AccountKind.Key, "k9", Token))!;
        await Store.ReplaceAsync("k9", first with { Id = "new", TeamId = "moved" }, Token);
        Assert.Equal("new k8", Ids(await Store.ListAsync(new AccountQuery { Kind = AccountKind.Key, Limit = 2 }, Token)));
        Assert.Equal("new", Ids(await Store.ListAsync(new AccountQuery { Kind = AccountKind.Key, TeamId = "moved" }, Token)));

        static string Ids(AccountPage page) => string.Join(' ', page.Accounts.Select(static account => account.Id));
    }

    [Fact]
    public async Task Costs_are_added_to_periods_exactly()
    {
        var period = new AccountPeriod(AccountKind.Key, "k", Noon);
        AccountPeriod[] others = [period with { Start = Noon.AddTicks(1) }, period with { Kind = AccountKind.Team }, period with { SpendId = "K" }];
        for (int i = 0; i < 10; i++) await Store.ChargeAsync([Row($"r{i}", 0.000000000001m) with { Charges = [period] }, Row($"s{i}", 0.1m) with { Charges = [period, others[1]] }], Token);
        PeriodSpend last = Assert.Single(await Store.ChargeAsync([Row("last", 1) with { Charges = [period] }], Token));
        Assert.Equal(new PeriodSpend(period, 2.00000000001m), last);
        IReadOnlyList<PeriodSpend> spent = await Store.SpentAsync([others[1], period, .. others], Token);
        Assert.Equal([1m, 2.00000000001m, 0, 1m, 0], spent.Select(static one => one.Cost));
        Assert.Equal(period, spent[1].Period);
    }

    [Fact]
    public async Task A_row_that_is_written_twice_counts_once()
    {
        var period = new AccountPeriod(AccountKind.Key, "k", Noon);
        GatewaySpend row = Row("r", 0.5m) with { Charges = [period], Tags = ["x", "x"] };
        await Store.ChargeAsync([row, row], Token);
        Assert.Equal(0.5m, Assert.Single(await Store.ChargeAsync([row], Token)).Cost);
        Assert.Equal(1, (await Store.ReadAsync(new SpendQuery(), Token)).Total);
        Assert.Equal((1, 0.5m), Of(Assert.Single(await Store.SumAsync(new SpendQuery(), SpendParts.None, Token))));
        Assert.Equal((1, 0.5m), Of(Assert.Single(await Store.SumAsync(new SpendQuery(), SpendParts.Tag, Token))));

        static (long, decimal) Of(SpendSum sum) => (sum.Requests, sum.Cost);
    }

    [Fact]
    public async Task Writers_side_by_side_lose_nothing()
    {
        var period = new AccountPeriod(AccountKind.Team, "t", Noon);
        await Parallel.ForAsync(0, 20, Token, async (i, token) => await Store.ChargeAsync([Row($"a{i}", 0.01m) with { Charges = [period] }, Row($"b{i}", 0.02m) with { Charges = [period] }], token));
        Assert.Equal(0.6m, (await Store.SpentAsync([period], Token))[0].Cost);
        await Store.AddAsync(Account("k"), Token);
        int won = 0;
        await Parallel.ForAsync(0, 8, Token, async (i, token) =>
        {
            GatewayAccount read = (await Store.FindAsync(AccountKind.Key, "k", token))!;
            if (await Store.ReplaceAsync("k", read with { RpmLimit = i }, token)) Interlocked.Increment(ref won);
        });
        Assert.Equal(won + 1, (await Store.FindAsync(AccountKind.Key, "k", Token))!.Version);
    }

    [Fact]
    public async Task Requests_are_listed_in_pages_the_latest_first()
    {
        GatewaySpend full = Row("full", 0.25m) with
        {
            At = Noon.AddHours(9),
            Duration = TimeSpan.FromMilliseconds(1234),
            Endpoint = "/messages",
            Group = "chat",
            Deployment = "d",
            Model = "openai/gpt-4o",
            Status = 499,
            InputTokens = 10,
            OutputTokens = 20,
            KeyId = "k",
            TeamId = "t",
            UserId = "u",
            EndUser = "e",
            Tags = ["a,b", "'; DROP TABLE request; --"],
        };
        await Store.ChargeAsync([.. Enumerable.Range(0, 5).Select(i => Row($"r{i}", 0.1m) with { At = Noon.AddMinutes(i), KeyId = i < 2 ? "k" : null, TeamId = "t" }), full with { Charges = [new(AccountKind.Key, "k", Noon)] }], Token);
        GatewaySpend found = (await Store.ReadAsync(new SpendQuery { Id = "full" }, Token)).Rows[0];
        Assert.Equal(full.Tags, found.Tags);
        Assert.Equal(full with { Tags = [], Charges = [] }, found with { Tags = (full with { Tags = [] }).Tags, Charges = [] }, Same);
        SpendPage page = await Store.ReadAsync(new SpendQuery { From = Noon, Until = Noon.AddMinutes(4), Offset = 1, Limit = 2 }, Token);
        Assert.Equal((4, "r2 r1"), (page.Total, string.Join(' ', page.Rows.Select(static row => row.Id))));
        Assert.Equal(3, (await Store.ReadAsync(new SpendQuery { KeyId = "k" }, Token)).Total);
        Assert.Equal(6, (await Store.ReadAsync(new SpendQuery { TeamId = "t" }, Token)).Total);
        Assert.Equal(1, (await Store.ReadAsync(new SpendQuery { UserId = "u", EndUser = "e" }, Token)).Total);
        Assert.Equal(0, (await Store.ReadAsync(new SpendQuery { UserId = "' OR 1=1 --" }, Token)).Total);
        await Store.ChargeAsync([Row("full-1", 0), Row("full.", 0), Row("fulla", 0)], Token);
        Assert.Equal(["full", "full-1"], (await Store.ReadAsync(new SpendQuery { Id = "full" }, Token)).Rows.Select(static row => row.Id));

        static bool Same(GatewaySpend one, GatewaySpend other) => (one with { Tags = other.Tags, Charges = other.Charges }) == other;
    }

    [Fact]
    public async Task Requests_are_added_up_by_day_and_what_is_asked_for()
    {
        await Store.ChargeAsync(
            [
                Row("1", 1) with { KeyId = "k", TeamId = "t", Model = "a", Group = "g", Tags = ["x", "y"] },
                Row("2", 2) with { KeyId = "k", TeamId = "t", Model = "b", Group = "g", Tags = ["x"] },
                Row("3", 4) with { At = Noon.AddDays(1), KeyId = "l", UserId = "u", Model = "a", Group = "g", EndUser = "e" },
                Row("4", 8) with { At = Noon.AddDays(2) },
            ],
            Token);
        Assert.Equal("15/4", await SumAsync(new SpendQuery(), SpendParts.None));
        Assert.Equal("2026-03-14 3/2, 2026-03-15 4/1, 2026-03-16 8/1", await SumAsync(new SpendQuery(), SpendParts.Day));
        Assert.Equal("8/1, l 4/1, k 3/2", await SumAsync(new SpendQuery(), SpendParts.Key));
        Assert.Equal("2026-03-14 k b 2/1, 2026-03-14 k a 1/1", await SumAsync(new SpendQuery { KeyId = "k" }, SpendParts.Day | SpendParts.Key | SpendParts.Model));
        Assert.Equal("x 3/2, y 1/1", await SumAsync(new SpendQuery { TeamId = "t" }, SpendParts.Tag));
        Assert.Equal("u e 4/1", await SumAsync(new SpendQuery { From = Noon.AddDays(1), Until = Noon.AddDays(1).AddHours(1) }, SpendParts.User | SpendParts.EndUser));
        Assert.Equal("", await SumAsync(new SpendQuery { KeyId = "none" }, SpendParts.None));
        Assert.Equal("g 7/3", await SumAsync(new SpendQuery { Until = Noon.AddDays(2).Date }, SpendParts.Group));

        async Task<string> SumAsync(SpendQuery query, SpendParts by) => string.Join(
            ", ", (await Store.SumAsync(query, by, Token)).Select(static sum => string.Join(' ', new[] { sum.Day?.ToString("yyyy-MM-dd"), sum.KeyId, sum.TeamId, sum.UserId, sum.EndUser, sum.Group, sum.Model, sum.Tag, $"{sum.Cost:0.##}/{sum.Requests}" }.Where(static part => !string.IsNullOrEmpty(part)))));
    }

    [Fact]
    public async Task Old_rows_are_deleted_and_what_was_spent_stays()
    {
        var period = new AccountPeriod(AccountKind.Key, "k", Noon);
        await Store.ChargeAsync([Row("old", 1) with { Charges = [period] }, Row("new", 2) with { At = Noon.AddDays(1), Charges = [period] }], Token);
        Assert.Equal(1, await Store.PruneAsync(Noon.AddHours(1), Token));
        Assert.Equal("new", Assert.Single((await Store.ReadAsync(new SpendQuery(), Token)).Rows).Id);
        Assert.Equal(3, (await Store.SpentAsync([period], Token))[0].Cost);
        Assert.Equal(3, (await Store.SumAsync(new SpendQuery(), SpendParts.None, Token))[0].Cost);
    }

    private static GatewayAccount Account(string id, AccountKind kind = AccountKind.Key) => new() { Kind = kind, Id = id };

    private static GatewaySpend Row(string id, decimal cost) => new() { Id = id, At = Noon, Cost = cost };

    private sealed class ListComparer : IEqualityComparer<(IReadOnlyList<string>, IReadOnlyList<string>, IReadOnlyList<string>)>
    {
        public bool Equals((IReadOnlyList<string>, IReadOnlyList<string>, IReadOnlyList<string>) x, (IReadOnlyList<string>, IReadOnlyList<string>, IReadOnlyList<string>) y) =>
            x.Item1.SequenceEqual(y.Item1) && x.Item2.SequenceEqual(y.Item2) && x.Item3.SequenceEqual(y.Item3);

        public int GetHashCode((IReadOnlyList<string>, IReadOnlyList<string>, IReadOnlyList<string>) obj) => 0;
    }
}
