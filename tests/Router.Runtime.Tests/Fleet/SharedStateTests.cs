using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>What instances of a fleet tell each other: cooldowns, drains, weights, money, places.</summary>
public class SharedStateTests
{
    private readonly FleetHarness _store = new();

    [Fact]
    public async Task A_rate_limit_that_one_instance_meets_cools_the_deployment_for_all()
    {
        TestRouter one = Router("one");
        TestRouter two = Router("two");
        TestGroup first = one.Group(2);
        TestGroup second = two.Group(2);
        one.Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "30")).On("b", FakeTransport.Text("ok"));
        two.Transport.On("a", FakeTransport.Text("ok")).On("b", FakeTransport.Text("ok"));
        for (int i = 0; i < 10; i++) await one.RunAsync(first.CompleteAsync("Hello"));
        Assert.Contains("a", one.Transport.Asked);
        _store.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.InRange(second["a"].Status.CooldownRemaining, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(30));
        Assert.Equal(FailureKind.RateLimited, second["a"].LastFailure!.Kind);
        for (int i = 0; i < 10; i++) await two.RunAsync(second.CompleteAsync("Hello"));
        Assert.DoesNotContain("a", two.Transport.Asked);

        TestGroup newcomer = Router("three").Group(2);
        _store.Time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.True(newcomer["a"].Status.CooldownRemaining > TimeSpan.FromSeconds(20));

        _store.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(TimeSpan.Zero, second["a"].Status.CooldownRemaining);
        for (int i = 0; i < 20; i++) await two.RunAsync(second.CompleteAsync("Hello"));
        Assert.Contains("a", two.Transport.Asked);
    }

    [Fact]
    public async Task What_may_be_wrong_with_one_instances_network_is_told_to_nobody()
    {
        TestRouter one = Router("one");
        TestGroup first = one.Group(2);
        TestGroup second = Router("two").Group(2);
        one.Transport.On("a", FakeTransport.Throw(new HttpRequestException("no route"))).On("b", FakeTransport.Text("ok"));
        for (int i = 0; i < 10; i++) await one.RunAsync(first.CompleteAsync("Hello"));
        _store.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.Zero, second["a"].Status.CooldownRemaining);
        Assert.All(_store.Reports, static report => Assert.Empty(report.Cooldowns));
    }

    [Fact]
    public async Task The_key_is_in_nothing_that_the_store_is_told()
    {
        TestRouter one = Router("one");
        TestGroup group = one.Group(2);
        one.Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "wrong key sk-test")).On("b", FakeTransport.Text("ok"));
        for (int i = 0; i < 10; i++) await one.RunAsync(group.CompleteAsync("Hello"));
        _store.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains(_store.Reports, static report => report.Cooldowns.Count > 0);
        Assert.All(_store.Reports, static report => Assert.DoesNotContain("sk-test", StoreText.Write(report), StringComparison.Ordinal));
    }

    [Fact]
    public void A_drain_and_a_weight_hold_at_all_instances_and_for_newcomers()
    {
        TestGroup first = Router("one").Group(2);
        TestGroup second = Router("two").Group(2);
        _store.Time.Advance(TimeSpan.FromSeconds(1));
        first["a"].Drain();
        first["b"].SetWeight(0.25);
        _store.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(ServiceState.Draining, second["a"].Settings.State);
        Assert.Equal(0.25, second["b"].Weight);
        TestGroup third = Router("three").Group(2);
        _store.Time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(ServiceState.Draining, third["a"].Settings.State);

        second["a"].Enable();
        _store.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(ServiceState.Enabled, first["a"].Settings.State);
        Assert.Equal(ServiceState.Enabled, third["a"].Settings.State);
        Assert.Equal(0.25, third["b"].Weight);
    }

    [Fact]
    public void A_hint_is_enough_and_a_lost_one_costs_a_second()
    {
        TestGroup first = Router("one").Group(2);
        TestGroup second = Router("two").Group(2);
        _store.Time.Advance(TimeSpan.FromSeconds(10));
        _store.GivesHints = true;
        first["a"].Drain();
        _store.Time.Advance(TimeSpan.FromMilliseconds(150));
        Assert.Equal(ServiceState.Draining, second["a"].Settings.State);
        _store.GivesHints = false;
        first["a"].Enable();
        _store.Time.Advance(TimeSpan.FromSeconds(1.2));
        Assert.Equal(ServiceState.Enabled, second["a"].Settings.State);
    }

    [Fact]
    public async Task Money_is_spent_once_for_all_and_is_there_again_for_all_at_the_same_moment()
    {
        TestRouter[] routers = [.. Enumerable.Range(0, 4).Select(i => Router($"i{i}"))];
        TestGroup[] groups = [.. routers.Select(static router => router.Group(Budgeted(1m)))];
        foreach (TestRouter router in routers) router.Transport.On("a", FakeTransport.Text("ok"));
        _store.Time.Advance(TimeSpan.FromSeconds(2));
        int answered = 0;
        for (int i = 0; i < 400; i++)
        {
            _store.Time.Advance(TimeSpan.FromMilliseconds(250));
            Lease lease = Entered(groups[i % 4]["a"], out bool entered);
            if (!entered) continue;
            groups[i % 4]["a"].Leave(lease, Costing(0.01m));
            answered++;
        }

        // A hundred calls of a cent each; and what instances spend before they know of each other.
        Assert.InRange(answered, 100, 108);
        _store.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.All(groups, group => Assert.InRange(group["a"].Status.Spend.Spent, 1m, 1.08m));
        await Assert.ThrowsAnyAsync<RoutingException>(() => routers[0].RunAsync(groups[0].CompleteAsync("Hello", new CallOptions { Timeout = TimeSpan.FromSeconds(1) })));

        _store.Time.Advance(groups[0]["a"].Status.Spend.ResetsIn + TimeSpan.FromSeconds(2));
        Assert.All(groups, group => Assert.Equal(0, group["a"].Status.Spend.Spent));
        Assert.Equal("ok", (await routers[3].RunAsync(groups[3].CompleteAsync("Hello"))).Text);
    }

    [Fact]
    public void While_the_store_is_gone_money_goes_on_for_the_grace_and_no_longer()
    {
        TestRouter router = Router("one", grace: TimeSpan.FromMinutes(3));
        Deployment deployment = router.Group(Budgeted(100m))["a"];
        _store.Time.Advance(TimeSpan.FromSeconds(2));
        _store.IsGone = static _ => true;
        _store.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(deployment.IsSpent);
        _store.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(deployment.IsSpent);
        _store.IsGone = static _ => false;
        _store.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(deployment.IsSpent);
    }

    [Fact]
    public void A_period_begins_also_for_an_instance_that_is_cut_off()
    {
        Deployment[] deployments = [.. Enumerable.Range(0, 2).Select(i => Router($"i{i}").Group(Budgeted(1m))["a"])];
        _store.Time.Advance(TimeSpan.FromSeconds(2));
        foreach (Deployment deployment in deployments)
        {
            for (int i = 0; i < 60; i++)
            {
                Lease lease = Entered(deployment, out bool entered);
                if (entered) deployment.Leave(lease, Costing(0.01m));
                _store.Time.Advance(TimeSpan.FromMilliseconds(200));
            }
        }

        _store.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.All(deployments, static deployment => Assert.True(deployment.IsSpent));
        _store.IsGone = static instance => instance == "i0";
        _store.Time.Advance(deployments[0].Status.Spend.ResetsIn + TimeSpan.FromSeconds(6));
        Assert.Equal(0, deployments[0].Status.Spend.Spent); // By its own clock, while the grace lasts no longer: it is closed.
        Assert.False(deployments[1].IsSpent);
        _store.IsGone = static _ => false;
        _store.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(deployments[0].IsSpent);
        Assert.Equal(0, deployments[0].Status.Spend.Spent);
    }

    [Fact]
    public void No_more_calls_are_under_way_together_than_there_are_places()
    {
        TestRouter[] routers = [.. Enumerable.Range(0, 4).Select(i => Router($"i{i}"))];
        Deployment[] deployments = [.. routers.Select(static router => router.Group(TestRouter.Deployment("a", concurrency: 6))["a"])];
        _store.Time.Advance(TimeSpan.FromSeconds(2));
        var leases = new Queue<(Deployment Deployment, Lease Lease)>();
        var random = new Random(7);
        for (int i = 0; i < 4000; i++)
        {
            _store.Time.Advance(TimeSpan.FromMilliseconds(20));
            Deployment chosen = deployments[random.Next(4)];
            Lease lease = Entered(chosen, out bool entered);
            if (entered) leases.Enqueue((chosen, lease));
            if (leases.Count > 0 && random.Next(3) == 0)
            {
                (Deployment left, Lease own) = leases.Dequeue();
                left.Leave(own, Costing(0));
            }

            // One more each may have come before the store was asked for the first time.
            if (i > 200) Assert.InRange(leases.Count, 0, 6 + 4);
        }

        Assert.InRange(leases.Count, 4, 6);
    }

    [Fact]
    public void The_clocks_of_instances_do_not_matter()
    {
        var ahead = new VirtualTime();
        ahead.Advance(TimeSpan.FromMinutes(10));
        var store = new FleetHarness(ahead); // Ten minutes before its instances.
        RouterFleet[] fleet = store.Instances(1);
        var limit = new RateLimit(60, fleet[0].Rate("limit", 60));
        int admitted = 0;
        for (int i = 0; i < 1200; i++)
        {
            store.Time.Advance(TimeSpan.FromMilliseconds(100));
            ahead.Advance(TimeSpan.FromMilliseconds(100));
            if (limit.TryTake(store.Time.Elapsed.Ticks, 1)) admitted++;
        }

        Assert.InRange(admitted, 170, 185);
    }

    [Fact]
    public void A_quota_is_used_up_by_all_together_and_is_whole_again_with_the_stores_minute()
    {
        FleetQuota[] quotas = [.. _store.Instances(4).Select(static fleet => fleet.Quota("key", 60, BudgetPeriod.Minute))];
        int[] used = Use(quotas, minutes: 5, perSecond: 8);
        Assert.All(used.Skip(1), static one => Assert.InRange(one, 54, 64));
        _store.IsGone = static _ => true;
        _store.Time.Advance(TimeSpan.FromMinutes(1));
        int[] parted = Use(quotas, minutes: 3, perSecond: 8);
        Assert.All(parted.Skip(1), static one => Assert.InRange(one, 50, 60)); // Each its part.
        _store.IsGone = static _ => false;
        Assert.All(Use(quotas, minutes: 4, perSecond: 8).Skip(1), static one => Assert.InRange(one, 54, 64));
    }

    [Fact]
    public void One_instance_may_use_up_a_quota_that_the_others_do_not_need()
    {
        FleetQuota[] quotas = [.. _store.Instances(4).Select(static fleet => fleet.Quota("key", 10, BudgetPeriod.Minute))];
        _store.Time.Advance(TimeSpan.FromSeconds(1));
        int burst = 0;
        for (int i = 0; i < 10; i++)
        {
            if (quotas[0].TryUse(1)) burst++;
        }

        Assert.Equal(10, burst); // At once, before the store was asked.
        _store.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(quotas[0].TryUse(1));
        Assert.True(quotas[0].ReturnsIn > TimeSpan.FromSeconds(50));
        quotas[1].TryUse(1); // It may not know yet.
        _store.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(quotas[1].TryUse(1));
        Assert.InRange(quotas[1].Used, 10, 11);
    }

    [Fact]
    public void Places_are_had_by_all_together()
    {
        FleetPlaces[] places = [.. _store.Instances(3).Select(static fleet => fleet.Places("key", 4))];
        for (int i = 0; i < 60; i++)
        {
            places[i % 3].TryTake();
            _store.Time.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.InRange(places.Sum(static one => one.Taken), 4, 5); // One each may have come before the store was asked.
        FleetPlaces full = places.MaxBy(static one => one.Taken)!;
        FleetPlaces other = places.MinBy(static one => one.Taken)!;
        full.Return();
        full.Return();
        other.TryTake();
        _store.Time.Advance(TimeSpan.FromSeconds(4));
        bool taken = other.TryTake(); // What is given back here is had there, once it is asked for.
        _store.Time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.True(taken || other.TryTake());
        Assert.InRange(places.Sum(static one => one.Taken), 4, 5);
    }

    private int[] Use(FleetQuota[] quotas, int minutes, int perSecond)
    {
        int[] used = new int[minutes];
        for (int i = 0; i < minutes * 60 * perSecond; i++)
        {
            if (quotas[i % quotas.Length].TryUse(1)) used[i / (60 * perSecond)]++;
            _store.Time.Advance(TimeSpan.FromSeconds(1.0 / perSecond));
        }

        return used;
    }

    private static GroupDefinition Budgeted(decimal usd) => new() { Name = "test", Deployments = [TestRouter.Deployment("a", budget: usd)] };

    private static Lease Entered(Deployment deployment, out bool entered)
    {
        var call = new CallProfile(new ShapedRequest(new RequestShape(5, 0, ModelCapabilities.None)), CallOptions.None, 0);
        long now = deployment.Router.Clock.Now;
        entered = deployment.ReturnsAt(now, call) <= now;
        Lease lease = default;
        entered = entered && deployment.TryEnter(now, call, out lease);
        return lease;
    }

    // By TestRouter's prices a million output tokens are 2 USD.
    private static AttemptReport Costing(decimal usd) => new() { Usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = (long)(usd * 500_000) } };

    private TestRouter Router(string id, TimeSpan? grace = null) => new(fleet: _store.Instance(id, grace: grace), time: _store.Time);
}
