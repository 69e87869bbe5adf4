namespace RouterGen.Runtime.Tests;

/// <summary>What each store of a fleet does. A class for each store runs them all.</summary>
public abstract class RouterStoreContract
{
    private const int Cap = 600;

    private readonly string _fleet = "fleet-" + Guid.NewGuid().ToString("N");
    private long _sequence;

    /// <summary>Gets a store; each test has a fleet of its own in it.</summary>
    protected abstract IRouterStore Store { get; }

    /// <summary>Gets how long what is granted holds in tests that wait for its end.</summary>
    protected virtual TimeSpan Lifetime => TimeSpan.FromSeconds(5);

    /// <summary>Lets time pass for the store.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task A_minutes_worth_is_granted_and_no_more()
    {
        RateGrant first = await TakeAsync("a", new RateWish("limit", Cap, 0, 0, Wanted: 400, Least: 0));
        Assert.Equal(400, first.Granted);
        Assert.Equal(1, first.Instances);
        Assert.InRange(first.Headroom, 0.32, 0.35);
        RateGrant second = await TakeAsync("a", new RateWish("limit", Cap, 0, 0, Wanted: 400, Least: 300));
        Assert.InRange(second.Granted, 200, 215); // Ten come back a second.
        Assert.InRange(second.OpensIn, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(31));
        Assert.InRange(second.Headroom, 0, 0.01);
    }

    [Fact]
    public async Task Each_instance_gets_its_part_and_one_that_needs_more_all_there_is()
    {
        await TakeAsync("a", new RateWish("limit", Cap, 0, 0, Wanted: 1, Least: 0));
        RateGrant part = await TakeAsync("b", new RateWish("limit", Cap, 0, 0, Wanted: 500, Least: 0));
        Assert.Equal(2, part.Instances);
        Assert.InRange(part.Granted, 299, 300);
        RateGrant all = await TakeAsync("a", new RateWish("limit", Cap, 0, 0, Wanted: 500, Least: 290));
        Assert.InRange(all.Granted, 290, 300);
    }

    [Fact]
    public async Task What_was_used_without_a_grant_is_taken_and_what_was_not_used_comes_back()
    {
        RateGrant none = await TakeAsync("a", new RateWish("limit", Cap, Debt: 650, Returned: 0, Wanted: 10, Least: 1));
        Assert.Equal(0, none.Granted);
        Assert.InRange(none.OpensIn, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5.2));
        RateGrant some = await TakeAsync("a", new RateWish("limit", Cap, 0, Returned: 150, Wanted: 100, Least: 0));
        Assert.Equal(100, some.Granted);
    }

    [Fact]
    public async Task More_than_a_minutes_worth_is_granted_of_a_full_limit()
    {
        RateGrant large = await TakeAsync("a", new RateWish("limit", Cap, 0, 0, Wanted: 900, Least: 900));
        Assert.Equal(900, large.Granted);
        RateGrant next = await TakeAsync("a", new RateWish("limit", Cap, 0, 0, Wanted: 1, Least: 1));
        Assert.Equal(0, next.Granted);
        Assert.InRange(next.OpensIn, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(31));
    }

    [Fact]
    public async Task A_report_that_comes_twice_counts_once_and_is_answered_the_same()
    {
        StoreReport report = Report("a") with
        {
            Rates = [new RateWish("limit", Cap, 0, 0, Wanted: 400, Least: 0)],
            Amounts = [new AmountWish("money", 1000, BudgetPeriod.Month, Spent: 300, Used: 0, Wanted: 100, Least: 0)],
            Controls = [new SharedControl("group/one", "draining", null)],
        };
        StoreAnswer first = await ExchangeAsync(report);
        StoreAnswer again = await ExchangeAsync(report);
        Assert.Equal(first.Rates, again.Rates);
        Assert.Equal(first.Amounts, again.Amounts);
        Assert.Equal(first.ControlsSeen, again.ControlsSeen);
        AmountGrant money = await HoldAsync("b", new AmountWish("money", 1000, BudgetPeriod.Month, 0, 0, 1000, 1000));
        Assert.Equal(300, money.Spent);
        Assert.Equal(600, money.Held); // What the other holds is not there.
        Assert.InRange((await TakeAsync("b", new RateWish("limit", Cap, 0, 0, 600, 600))).Granted, 200, 215);
    }

    [Fact]
    public async Task A_report_that_comes_twice_brings_cooldowns_that_have_begun_since()
    {
        StoreReport report = Report("a");
        await ExchangeAsync(report);
        await ExchangeAsync(report with { Cooldowns = [new SharedCooldown("endpoint", TimeSpan.FromSeconds(30), FailureKind.RateLimited, 429)] });
        Assert.Single((await ExchangeAsync(Report("b"))).Cooldowns);
    }

    [Fact]
    public async Task The_last_report_of_an_instance_counts_once_too()
    {
        StoreReport last = Report("a") with { Amounts = [new AmountWish("money", 1000, BudgetPeriod.Month, Spent: 300, 0, 0, 0)], IsLast = true };
        await ExchangeAsync(last);
        await ExchangeAsync(last);
        Assert.Equal(300, (await HoldAsync("b", new AmountWish("money", 1000, BudgetPeriod.Month, 0, 0, 0, 0))).Spent);
    }

    [Fact]
    public async Task An_instance_that_comes_back_after_its_lifetime_is_counted_and_its_report_counts_once()
    {
        StoreReport report = Report("a") with { Amounts = [new AmountWish("money", 1000, BudgetPeriod.Month, Spent: 300, 0, 0, 0)] };
        await ExchangeAsync(report);
        await PassAsync(Lifetime + Lifetime);
        await ExchangeAsync(report);
        StoreAnswer next = await ExchangeAsync(Report("a") with { Amounts = [new AmountWish("money", 1000, BudgetPeriod.Month, 0, 0, 0, 0)] });
        Assert.Equal((300, 1), (next.Amounts[0].Spent, next.Instances));
    }

    [Fact]
    public async Task What_was_never_taken_may_come_back()
    {
        RateGrant grant = await TakeAsync("a", new RateWish("limit", Cap, 0, Returned: 50, Wanted: 600, Least: 0));
        Assert.Equal(600, grant.Granted);
    }

    [Fact]
    public async Task What_instances_hold_is_never_more_than_there_is()
    {
        Assert.Equal(3, (await HoldAsync("a", new AmountWish("places", 5, null, 0, Used: 2, Wanted: 3, Least: 0))).Held);
        Assert.Equal(2, (await HoldAsync("b", new AmountWish("places", 5, null, 0, Used: 0, Wanted: 5, Least: 5))).Held);
        Assert.Equal(0, (await HoldAsync("c", new AmountWish("places", 5, null, 0, Used: 0, Wanted: 5, Least: 1))).Held);
        Assert.Equal(1, (await HoldAsync("a", new AmountWish("places", 5, null, 0, Used: 0, Wanted: 1, Least: 0))).Held);
        Assert.Equal(2, (await HoldAsync("c", new AmountWish("places", 5, null, 0, Used: 0, Wanted: 2, Least: 2))).Held);
        Assert.Equal(4, (await HoldAsync("b", new AmountWish("places", 5, null, 0, Used: 4, Wanted: 1, Least: 0))).Held); // They are under way, whatever was granted.
    }

    [Fact]
    public async Task What_a_lost_instance_holds_is_free_after_its_lifetime()
    {
        await HoldAsync("lost", new AmountWish("places", 5, null, 0, Used: 5, Wanted: 5, Least: 0));
        Assert.Equal(0, (await HoldAsync("b", new AmountWish("places", 5, null, 0, 0, Wanted: 5, Least: 5))).Held);
        await PassAsync(Lifetime + Lifetime);
        AmountGrant grant = await HoldAsync("b", new AmountWish("places", 5, null, 0, 0, Wanted: 5, Least: 5));
        Assert.Equal((5, 1), (grant.Held, grant.Instances));
        Assert.Equal(["b"], (await Store.InstancesAsync(_fleet, Cancellation)).Select(static one => one.Id));
    }

    [Fact]
    public async Task What_an_instance_holds_that_ends_is_free_at_once()
    {
        await HoldAsync("a", new AmountWish("places", 5, null, 0, Used: 5, Wanted: 5, Least: 0));
        await ExchangeAsync(Report("a") with { Amounts = [new AmountWish("places", 5, null, 0, 0, 0, 0)], Rates = [new RateWish("limit", Cap, 0, 0, -1, 0)], IsLast = true });
        AmountGrant grant = await HoldAsync("b", new AmountWish("places", 5, null, 0, 0, Wanted: 5, Least: 5));
        Assert.Equal((5, 1), (grant.Held, grant.Instances));
        Assert.Equal(1, (await TakeAsync("b", new RateWish("limit", Cap, 0, 0, 1, 0))).Instances);
        Assert.Equal(["b"], (await Store.InstancesAsync(_fleet, Cancellation)).Select(static one => one.Id));
    }

    [Fact]
    public async Task Money_is_added_up_exactly_and_reserved()
    {
        const long Large = 9_000_000_000_000_000;
        await HoldAsync("a", new AmountWish("money", Large, BudgetPeriod.Month, Spent: 1_234_567_890_123_457, 0, Wanted: 1, Least: 0));
        AmountGrant sum = await HoldAsync("b", new AmountWish("money", Large, BudgetPeriod.Month, Spent: 3, 0, Wanted: Large, Least: Large));
        Assert.Equal(1_234_567_890_123_460, sum.Spent);
        Assert.Equal(Large - 1_234_567_890_123_460 - 1, sum.Held);
        Assert.InRange(sum.EndsIn, TimeSpan.FromTicks(1), TimeSpan.FromDays(31));
        AmountGrant over = await HoldAsync("c", new AmountWish("money", Large, BudgetPeriod.Month, Spent: Large, 0, Wanted: 10, Least: 10));
        Assert.Equal(0, over.Held);
    }

    [Fact]
    public async Task The_longest_cooldown_holds_and_newcomers_learn_of_it()
    {
        await ExchangeAsync(Report("a") with { Cooldowns = [new SharedCooldown("endpoint", TimeSpan.FromSeconds(30), FailureKind.RateLimited, 429)] });
        StoreAnswer shorter = await ExchangeAsync(Report("b") with { Cooldowns = [new SharedCooldown("endpoint", TimeSpan.FromSeconds(5), FailureKind.Overloaded, 529)] });
        SharedCooldown known = Assert.Single(shorter.Cooldowns);
        Assert.Equal(("endpoint", FailureKind.RateLimited, 429), (known.Scope, known.Cause, known.StatusCode));
        Assert.InRange(known.Remaining, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(30));
        await ExchangeAsync(Report("b") with { Cooldowns = [new SharedCooldown("endpoint", TimeSpan.FromSeconds(300), FailureKind.AuthenticationFailed, null)] });
        SharedCooldown longer = Assert.Single((await ExchangeAsync(Report("newcomer"))).Cooldowns);
        Assert.Equal((FailureKind.AuthenticationFailed, null), (longer.Cause, longer.StatusCode));
        Assert.InRange(longer.Remaining, TimeSpan.FromSeconds(295), TimeSpan.FromSeconds(300));
    }

    [Fact]
    public async Task A_cooldown_that_is_over_is_told_to_nobody()
    {
        await ExchangeAsync(Report("a") with { Cooldowns = [new SharedCooldown("endpoint", Lifetime, FailureKind.RateLimited, 429)] });
        await PassAsync(Lifetime + Lifetime);
        Assert.Empty((await ExchangeAsync(Report("b"))).Cooldowns);
    }

    [Fact]
    public async Task The_last_change_of_a_deployment_holds_and_is_told_once()
    {
        await ExchangeAsync(Report("a") with { Controls = [new SharedControl("group/one", "draining", null), new SharedControl("group/two", null, 0.25)] });
        StoreAnswer all = await ExchangeAsync(Report("b") with { Controls = [new SharedControl("group/one", null, 2)] });
        Assert.Equal([new SharedControl("group/one", "draining", 2), new SharedControl("group/two", null, 0.25)], all.Controls.OrderBy(static one => one.Scope));
        Assert.Empty((await ExchangeAsync(Report("b") with { ControlsSeen = all.ControlsSeen })).Controls);
        await ExchangeAsync(Report("a") with { Controls = [new SharedControl("group/one", "enabled", null)] });
        StoreAnswer news = await ExchangeAsync(Report("b") with { ControlsSeen = all.ControlsSeen });
        Assert.Equal([new SharedControl("group/one", "enabled", 2)], news.Controls);
        Assert.True(news.ControlsSeen > all.ControlsSeen);
    }

    [Fact]
    public async Task Instances_are_listed_with_what_they_say_of_themselves()
    {
        await ExchangeAsync(Report("b") with { Summary = """{"calls":"ü 1"}""" });
        StoreAnswer answer = await ExchangeAsync(Report("a"));
        Assert.Equal(2, answer.Instances);
        IReadOnlyList<FleetInstance> instances = await Store.InstancesAsync(_fleet, Cancellation);
        Assert.Equal([("a", null), ("b", """{"calls":"ü 1"}""")], instances.OrderBy(static one => one.Id, StringComparer.Ordinal).Select(static one => (one.Id, one.Summary)));
    }

    [Fact]
    public async Task Fleets_share_nothing()
    {
        await TakeAsync("a", new RateWish("limit", Cap, 0, 0, 600, 0));
        StoreAnswer other = await ExchangeAsync(Report("a") with { Fleet = _fleet + "-other", Rates = [new RateWish("limit", Cap, 0, 0, 600, 0)] });
        Assert.Equal(600, other.Rates[0].Granted);
        Assert.Equal(1, other.Instances);
    }

    [Fact]
    public async Task Names_may_hold_anything()
    {
        string[] names = ["o'clock \"quoted\"", "ünï/cödé%2F", "a,b;{c}:*", "\\u0000 \u0001"];
        foreach (string name in names)
        {
            Assert.Equal(7, (await HoldAsync(name, new AmountWish(name, 7, null, 0, 0, 7, 7))).Held);
            Assert.Equal(5, (await TakeAsync(name, new RateWish(name, 5, 0, 0, 5, 0))).Granted);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), (await Store.InstancesAsync(_fleet, Cancellation)).Select(static one => one.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Many_at_once_are_granted_no_more_than_there_is()
    {
        StoreAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => ExchangeAsync(Report($"i{i}") with
        {
            Rates = [new RateWish("limit", Cap, 0, 0, Wanted: 100, Least: 30)],
            Amounts = [new AmountWish("places", 40, null, 0, 0, Wanted: 10, Least: 1), new AmountWish("money", 1_000_000, BudgetPeriod.Month, Spent: 10, 0, Wanted: 1000, Least: 0)],
        }))));
        Assert.InRange(answers.Sum(static answer => answer.Rates[0].Granted), Cap - 30, Cap + 150);
        Assert.Equal(40, answers.Sum(static answer => answer.Amounts[0].Held));
        Assert.Equal(640, (await HoldAsync("last", new AmountWish("money", 1_000_000, BudgetPeriod.Month, 0, 0, 0, 0))).Spent);
        Assert.Equal(65, (await Store.InstancesAsync(_fleet, Cancellation)).Count);
    }

    [Fact]
    public async Task News_are_a_hint_to_the_others()
    {
        var hint = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Store.Changed += Note;
        try
        {
            await HintsAsync();
            await ExchangeAsync(Report("a") with { Cooldowns = [new SharedCooldown("endpoint", TimeSpan.FromSeconds(30), FailureKind.RateLimited, 429)] });
            await hint.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        }
        finally
        {
            Store.Changed -= Note;
        }

        void Note() => hint.TrySetResult();
    }

    /// <summary>Waits until the store gives hints.</summary>
    protected virtual Task HintsAsync() => Task.CompletedTask;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected StoreReport Report(string instance) => new() { Fleet = _fleet, Instance = instance, Sequence = Interlocked.Increment(ref _sequence), Lifetime = Lifetime };

    protected Task<StoreAnswer> ExchangeAsync(StoreReport report) => Store.ExchangeAsync(report, Cancellation).AsTask();

    private async Task<RateGrant> TakeAsync(string instance, RateWish wish) => (await ExchangeAsync(Report(instance) with { Rates = [wish] })).Rates[0];

    private async Task<AmountGrant> HoldAsync(string instance, AmountWish wish) => (await ExchangeAsync(Report(instance) with { Amounts = [wish] })).Amounts[0];
}
