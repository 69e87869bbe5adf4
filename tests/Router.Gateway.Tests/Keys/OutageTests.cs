using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Keys;

/// <summary>A store that cannot be reached locks nothing out that is known, and loses no costs that it can take later.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task Known_keys_stay_good_for_the_window_and_others_are_no_wrong_keys()
    {
        var store = new FailingStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store, static options => options.Keys.OutageWindow = TimeSpan.FromMinutes(10));
        string known = await world.KeyAsync();
        string unknown = await world.KeyAsync();
        await world.ChatAsync(known);
        store.IsAway = true;
        Got refused = await world.ChatAsync(unknown);
        Assert.Equal((503, "key_store_unavailable", "5"), (refused.Status, (string)JsonNode.Parse(refused.Body)!["error"]!["code"]!, refused.Headers["Retry-After"]));
        Assert.Equal(200, (await world.ChatAsync(KeyWorld.Master)).Status);
        for (int minute = 0; minute < 10; minute++)
        {
            Assert.Equal(200, (await world.ChatAsync(known)).Status);
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(200, (await world.ChatAsync(known)).Status);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(503, (await world.ChatAsync(known)).Status);
        store.IsAway = false;
        Assert.Equal((200, 200), ((await world.ChatAsync(known)).Status, (await world.ChatAsync(unknown)).Status));
        Assert.Contains("130 The store of keys cannot be reached", world.Logs.All);
        Assert.Contains("131 The store of keys can be reached again", world.Logs.All);
    }

    [Fact]
    public async Task Without_a_window_the_store_decides()
    {
        var store = new FailingStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store, static options => options.Keys.OutageWindow = TimeSpan.Zero);
        string key = await world.KeyAsync();
        await world.ChatAsync(key);
        store.IsAway = true;
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(503, (await world.ChatAsync(key)).Status);
    }

    [Fact]
    public async Task A_key_with_a_budget_may_be_refused_sooner_than_others()
    {
        var store = new FailingStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store, static options => options.Keys.BudgetOutageWindow = TimeSpan.FromMinutes(5));
        await world.ManageAsync("/team/new", """{"team_id":"t","max_budget":100}""");
        string free = await world.KeyAsync();
        string limited = await world.KeyAsync("""{"max_budget":100}""");
        string ofTeam = await world.KeyAsync("""{"team_id":"t"}""");
        foreach (string key in (string[])[free, limited, ofTeam]) Assert.Equal(200, (await world.ChatAsync(key)).Status);
        store.IsAway = true;
        for (int minute = 0; minute < 6; minute++)
        {
            foreach (string key in (string[])[free, limited, ofTeam]) Assert.Equal(200, (await world.ChatAsync(key)).Status);
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((200, 503, 503), ((await world.ChatAsync(free)).Status, (await world.ChatAsync(limited)).Status, (await world.ChatAsync(ofTeam)).Status));
        store.IsAway = false;
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((200, 200), ((await world.ChatAsync(limited)).Status, (await world.ChatAsync(ofTeam)).Status));
    }

    [Fact]
    public async Task A_key_with_a_budget_may_be_refused_at_once()
    {
        var store = new FailingStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store, static options => options.Keys.BudgetOutageWindow = TimeSpan.Zero);
        string key = await world.KeyAsync("""{"max_budget":100}""");
        await world.ChatAsync(key);
        store.IsAway = true;
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(503, (await world.ChatAsync(key)).Status);
    }

    [Fact]
    public async Task No_request_with_a_known_key_waits_for_a_store_that_does_not_answer()
    {
        var store = new FailingStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store);
        string key = await world.KeyAsync();
        await world.ChatAsync(key);
        store.HeldLooks = new TaskCompletionSource();
        store.Looked.Clear();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Task<Got> first = world.ChatAsync(key);
        await Wait.UntilAsync(() => store.Looked.Count == 1);
        await Wait.UntilAsync(() =>
        {
            world.Time.Advance(TimeSpan.FromMilliseconds(50)); // The moment that a store may take is over at some time.
            return first.IsCompleted;
        });
        Assert.Equal(200, (await first).Status);
        for (int second = 0; second < 5; second++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1.1));
            Assert.Equal(200, (await world.ChatAsync(key)).Status); // Without any time that passes.
        }

        Assert.Single(store.Looked); // It is asked once at a time.
        await world.ManageAsync("/user/new", """{"user_id":"u"}""");
        TaskCompletionSource held = store.HeldLooks;
        store.HeldLooks = null;
        held.SetResult();
        await world.ManageAsync("/key/block", $$"""{"key":"{{key}}"}""");
        Assert.Equal(403, (await world.ChatAsync(key)).Status); // What this instance has changed is waited for.
    }

    [Fact]
    public async Task Costs_wait_for_the_store_and_limits_hold_meanwhile()
    {
        var store = new FailingStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store);
        string key = await world.KeyAsync("""{"max_budget":0.3}""");
        await world.ChatAsync(key);
        store.IsAway = true;
        await world.ChatAsync(key);
        Assert.Equal(429, (await world.ChatAsync(key)).Status);
        Assert.Equal(503, (await world.World.GetAsync($"/key/info?key={key}", ("x-api-key", KeyWorld.Master))).Status);
        store.IsAway = false;
        Assert.Equal(0.3m, await world.SpendAsync(key));
        Assert.Equal(429, (await world.ChatAsync(key)).Status);
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_counts_once()
    {
        var store = new FailingStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store);
        string key = await world.KeyAsync();
        store.LosesAnswers = true;
        await world.ChatAsync(key);
        await world.ReadAsync("/spend/logs");
        store.LosesAnswers = false;
        Assert.Equal(0.15m, await world.SpendAsync(key));
        Assert.Single((await world.ReadAsync("/spend/logs")).AsArray());
    }

    [Fact]
    public async Task A_full_queue_loses_costs_and_says_so_once()
    {
        var store = new FailingStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store, static options => options.Keys.QueueCapacity = 2);
        string key = await world.KeyAsync();
        store.Held = new TaskCompletionSource();
        for (int i = 0; i < 8; i++) Assert.Equal(200, (await world.ChatAsync(key)).Status);
        Assert.Single(world.Logs.All.Split('\n'), static line => line.Contains("134 The queue of costs is full", StringComparison.Ordinal));
        store.Held.SetResult();
        store.Held = null;
        int written = (await world.ReadAsync("/spend/logs")).AsArray().Count;
        Assert.InRange(written, 2, 4);
        Assert.Contains($"137 The costs of {8 - written} requests were lost", world.Logs.All);
    }

    [Fact]
    public async Task Costs_are_written_together_and_at_the_end()
    {
        var store = new FailingStore();
        string key;
        await using (KeyWorld world = await KeyWorld.StartAsync(store))
        {
            key = await world.KeyAsync();
            for (int i = 0; i < 5; i++) await world.ChatAsync(key);
            Assert.Empty(store.Batches); // The second that they wait for others is not over.
        }

        Assert.Equal([5], store.Batches);
        await using KeyWorld next = await KeyWorld.StartAsync(store);
        Assert.Equal(0.75m, await next.SpendAsync(key));
    }

    [Fact]
    public async Task Two_gateways_with_one_store_share_a_budget()
    {
        var store = new MemoryGatewayStore();
        await using KeyWorld one = await KeyWorld.StartAsync(store);
        await using KeyWorld other = await KeyWorld.StartAsync(store);
        string key = await one.KeyAsync("""{"max_budget":0.3}""");
        Assert.Equal((200, 200), ((await one.ChatAsync(key)).Status, (await other.ChatAsync(key)).Status));
        await one.SpendAsync(key);
        await other.SpendAsync(key); // Each has written its own, and read that of both when it wrote or looked again.
        one.Time.Advance(TimeSpan.FromMinutes(1));
        other.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((429, 429), ((await one.ChatAsync(key)).Status, (await other.ChatAsync(key)).Status));
    }

    [Fact]
    public async Task Known_keys_are_looked_up_once_in_their_lifetime_and_wrong_ones_once_in_theirs()
    {
        var store = new FailingStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store);
        string key = await world.KeyAsync();
        store.Looked.Clear();
        for (int i = 0; i < 5; i++) await world.ChatAsync(key);
        Assert.Single(store.Looked);
        for (int i = 0; i < 5; i++) await world.ChatAsync("sk-wrong-and-sent-again");
        Assert.Equal(2, store.Looked.Count);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.ChatAsync(key);
        await world.ChatAsync("sk-wrong-and-sent-again");
        Assert.Equal(4, store.Looked.Count);
    }

    [Fact]
    public async Task Keys_that_are_not_used_are_forgotten_and_looked_up_again()
    {
        var store = new FailingStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store, static options => options.Keys.MaxCachedKeys = 8);
        string[] keys = new string[20];
        for (int i = 0; i < keys.Length; i++) keys[i] = await world.KeyAsync("""{"rpm_limit":2}""");
        foreach (string key in keys)
        {
            world.Time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(200, (await world.ChatAsync(key)).Status);
        }

        store.Looked.Clear();
        Assert.Equal(200, (await world.ChatAsync(keys[^1])).Status);
        Assert.Empty(store.Looked);
        Assert.Equal(200, (await world.ChatAsync(keys[0])).Status);
        Assert.Single(store.Looked);
        Assert.Equal(429, (await world.ChatAsync(keys[0])).Status); // What it used is not forgotten.
    }
}
