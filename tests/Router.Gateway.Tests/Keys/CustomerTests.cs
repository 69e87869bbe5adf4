using System.Text.Json.Nodes;
using RouterGen.Gateway.Spend;
using RouterGen.Gateway.Tests.Support;
using RouterGen.Runtime.Tests;

namespace RouterGen.Gateway.Tests.Keys;

/// <summary>The end user that a request names may be a customer, with limits of its own, whatever the key.</summary>
public sealed class CustomerTests
{
    /// <summary>Where requests name their end user.</summary>
    public static readonly TheoryData<string, string> Names = new()
    {
        { "/v1/chat/completions", """{"model":"chat","max_tokens":10,"user":"acme","messages":[{"role":"user","content":"Hello"}]}""" },
        { "/v1/chat/completions", """{"model":"chat","max_tokens":10,"safety_identifier":"acme","messages":[{"role":"user","content":"Hello"}]}""" },
        { "/v1/responses", """{"model":"chat","max_output_tokens":16,"user":"acme","input":"Hello"}""" },
        { "/v1/responses", """{"model":"chat","max_output_tokens":16,"safety_identifier":"acme","input":"Hello"}""" },
        { "/v1/messages", """{"model":"chat","max_tokens":10,"metadata":{"user_id":"acme"},"messages":[{"role":"user","content":"Hello"}]}""" },
        { "/v1/messages", """{"model":"chat","max_tokens":10,"metadata":{"user_id":"acme_session_0b7d"},"messages":[{"role":"user","content":"Hello"}]}""" },
        { "/v1/embeddings", """{"model":"vectors","user":"acme","input":"Hello"}""" },
        { "/v1/images/generations", """{"model":"pictures","user":"acme","prompt":"A cat"}""" },
    };

    [Theory, MemberData(nameof(Names))]
    public async Task A_blocked_customer_is_refused_wherever_a_request_names_it(string path, string body)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/customer/block", """{"user_ids":["acme"]}""");
        foreach (string key in (string[])[await world.KeyAsync(), KeyWorld.Master])
        {
            Got refused = await world.World.PostAsync(path, body, ("authorization", $"Bearer {key}"));
            Assert.Equal(403, refused.Status);
            Assert.Contains("The customer is blocked.", refused.Body, StringComparison.Ordinal);
        }

        Assert.Equal(0, world.Upstream.Calls);
    }

    [Fact]
    public async Task A_budget_holds_over_all_keys_and_the_spend_is_told()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/customer/new", """{"user_id":"acme","alias":"Acme Inc","max_budget":0.25,"budget_duration":"1d"}""");
        string first = await world.KeyAsync();
        string second = await world.KeyAsync();
        Assert.Equal(200, (await AskAsync(world, first)).Status);
        Assert.Equal(200, (await AskAsync(world, second)).Status);
        Got refused = await AskAsync(world, first);
        Assert.Equal(429, refused.Status);
        Assert.Contains("customer 'Acme Inc'", refused.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await AskAsync(world, first, "other")).Status);
        JsonNode info = await world.ReadAsync("/customer/info?end_user_id=acme");
        Assert.Equal((0.3m, "2026-01-02T00:00:00.000000Z"), ((decimal)info["spend"]!, (string)info["litellm_budget_table"]!["budget_reset_at"]!));
        Assert.Equal(2, (await world.ReadAsync("/spend/logs?end_user=acme")).AsArray().Count);
        JsonNode report = await world.ReadAsync("/global/spend/report?start_date=2026-01-01&end_date=2026-01-01&group_by=customer");
        Assert.Contains(report[0]!["customers"]!.AsArray(), static one => (string)one!["customer"]! is "acme" && (decimal)one["total_spend"]! == 0.3m);
        world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(200, (await AskAsync(world, first)).Status);
    }

    [Fact]
    public async Task Rates_and_groups_hold_and_a_refused_request_counts_at_no_level()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/customer/new", """{"user_id":"acme","rpm_limit":1,"models":["chat"]}""");
        string key = await world.KeyAsync("""{"rpm_limit":2}""");
        Assert.Equal(200, (await AskAsync(world, key)).Status);
        Assert.Equal(429, (await AskAsync(world, key)).Status);
        Assert.Equal(200, (await AskAsync(world, key, "other")).Status); // the key's second
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(404, (await AskAsync(world, key, model: "claude")).Status);
        Assert.Equal(200, (await AskAsync(world, key)).Status);
    }

    [Fact]
    public async Task A_header_goes_before_the_body()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/customer/block", """{"user_ids":["acme"]}""");
        string key = await world.KeyAsync();
        Assert.Equal(200, (await AskAsync(world, key, "acme", headers: ("x-litellm-end-user-id", "other"))).Status);
        Assert.Equal(403, (await AskAsync(world, key, "other", headers: ("x-litellm-customer-id", "acme"))).Status);
    }

    [Fact]
    public async Task A_change_holds_from_the_next_request_on()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync();
        Assert.Equal(200, (await AskAsync(world, key)).Status); // known to be no customer
        await world.ManageAsync("/customer/new", """{"user_id":"acme","max_budget":0}""");
        Assert.Equal(429, (await AskAsync(world, key)).Status);
        await world.ManageAsync("/customer/update", """{"user_id":"acme","max_budget":1}""");
        Assert.Equal(200, (await AskAsync(world, key)).Status);
        await world.ManageAsync("/customer/block", """{"user_ids":["acme"]}""");
        Assert.Equal(403, (await AskAsync(world, key)).Status);
        await world.ManageAsync("/customer/unblock", """{"user_ids":["acme"]}""");
        Assert.Equal(200, (await AskAsync(world, key)).Status);
        await world.ManageAsync("/customer/block", """{"user_ids":["acme"]}""");
        await world.ManageAsync("/customer/delete", """{"user_ids":["acme"]}""");
        Assert.Equal(200, (await AskAsync(world, key)).Status);
    }

    [Fact]
    public async Task An_end_user_that_is_no_customer_makes_no_account()
    {
        var store = new MemoryGatewayStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store);
        string key = await world.KeyAsync();
        for (int i = 0; i < 20; i++) Assert.Equal(200, (await AskAsync(world, key, $"user-{i}")).Status);
        Assert.Equal(0, (await store.ListAsync(new AccountQuery { Kind = AccountKind.Customer }, CancellationToken.None)).Total);
        Assert.Equal(20, (await world.ReadAsync("/spend/logs")).AsArray().Count);
        Assert.Equal("user-3", (string)(await world.ReadAsync("/spend/logs?end_user=user-3"))[0]!["end_user"]!);
    }

    [Fact]
    public void Names_that_clients_make_up_are_bounded_in_a_day()
    {
        var labels = new EndUserLabels();
        DateTimeOffset noon = VirtualTime.Start.AddHours(12);
        for (int i = 0; i < EndUserLabels.Most; i++) Assert.Equal($"u{i}", labels.Label($"u{i}", noon));
        Assert.Equal(EndUserLabels.Other, labels.Label("one more", noon));
        Assert.Equal("u7", labels.Label("u7", noon));
        Assert.Equal("one more", labels.Label("one more", noon.AddDays(1)));
        Assert.Null(labels.Label(null, noon));
    }

    [Theory]
    [InlineData("\"a\\u0001b\"")]
    [InlineData("\"\"")]
    [InlineData("17")]
    [InlineData("{\"id\":\"acme\"}")]
    [InlineData("null")]
    public async Task A_name_that_is_none_is_passed_over(string user)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync();
        Got got = await world.World.PostAsync("/v1/chat/completions", $$"""{"model":"chat","max_tokens":10,"user":{{user}},"messages":[{"role":"user","content":"Hello"}]}""", ("authorization", $"Bearer {key}"));
        Assert.True(got.Status is 200 or 400, got.Body);
        Assert.Equal(200, (await AskAsync(world, key, new string('a', 200))).Status);
        Assert.All((await world.ReadAsync("/spend/logs")).AsArray(), static row => Assert.Equal("", (string)row!["end_user"]!));
    }

    [Fact]
    public async Task While_the_store_is_away_known_customers_keep_their_limits_and_others_are_served()
    {
        var store = new FailingStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store);
        string key = await world.KeyAsync();
        await world.ManageAsync("/customer/block", """{"user_ids":["acme"]}""");
        Assert.Equal(403, (await AskAsync(world, key)).Status);
        Assert.Equal(200, (await AskAsync(world, key, "other")).Status);
        store.IsAway = true;
        world.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(403, (await AskAsync(world, key)).Status);
        Assert.Equal(200, (await AskAsync(world, key, "other")).Status);
        Assert.Equal(200, (await AskAsync(world, key, "never seen")).Status);
    }

    private static Task<Got> AskAsync(KeyWorld world, string key, string user = "acme", string model = "chat", params (string, string)[] headers) =>
        world.World.PostAsync("/v1/chat/completions", $$"""{"model":"{{model}}","max_tokens":10,"user":"{{user}}","messages":[{"role":"user","content":"Hello"}]}""", [("authorization", $"Bearer {key}"), .. headers]);
}
