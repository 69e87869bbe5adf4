using System.Net;
using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Keys;

/// <summary>Limits of requests, tokens, requests at a time and money, at each level.</summary>
public sealed class LimitTests
{
    public static readonly TheoryData<string, string> Levels = new()
    {
        { "key", "key 'k'" },
        { "team", "team 't'" },
        { "member", "member 'u' of team 't'" },
        { "user", "user 'u'" },
    };

    [Theory, MemberData(nameof(Levels))]
    public async Task Requests_a_minute(string level, string name)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await KeyAsync(world, level, """ "rpm_limit":2 """);
        Assert.Equal((200, 200), ((await world.ChatAsync(key)).Status, (await world.ChatAsync(key)).Status));
        world.Time.Advance(TimeSpan.FromSeconds(48));
        Got refused = await world.ChatAsync(key);
        Check(refused, "rate_limit_error", $"The limit of {name} is 2 requests a minute, and it is reached. It begins again in 12 s.");
        Assert.Equal("12", refused.Headers["Retry-After"]);
        world.Time.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
    }

    [Theory, MemberData(nameof(Levels))]
    public async Task Tokens_a_minute(string level, string name)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        (world.Upstream.InputTokens, world.Upstream.OutputTokens) = (60, 40);
        string key = await KeyAsync(world, level, """ "tpm_limit":150 """);
        Assert.Equal((200, 200), ((await world.ChatAsync(key)).Status, (await world.ChatAsync(key)).Status));
        Check(await world.ChatAsync(key), "rate_limit_error", $"The limit of {name} is 150 tokens a minute, and it is reached. It begins again in 60 s.");
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
    }

    [Theory, MemberData(nameof(Levels))]
    public async Task Money_in_a_period(string level, string name)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await KeyAsync(world, level, """ "max_budget":0.1,"budget_duration":"1mo" """);
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
        Check(await world.ChatAsync(key), "budget_exceeded", $"The budget of {name} for 1mo is 0.1 USD, of which 0.15 USD are spent. It begins again at 2026-02-01T00:00:00Z.");
        world.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
    }

    [Theory, MemberData(nameof(Levels))]
    public async Task Requests_at_a_time(string level, string name)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await KeyAsync(world, level, """ "max_parallel_requests":2 """);
        world.Upstream.IsHeld = true;
        Task<Got>[] held = [world.ChatAsync(key), world.ChatAsync(key)];
        await world.Upstream.WaitForAsync(2);
        Check(await world.ChatAsync(key), "rate_limit_error", $"The limit of {name} is 2 requests at a time, and so many are under way. Send the request when one has ended.");
        world.Upstream.LetOne();
        Assert.Equal(200, (await await Task.WhenAny(held)).Status);
        Task<Got> third = world.ChatAsync(key);
        await world.Upstream.WaitForAsync(3);
        world.Upstream.LetOne();
        world.Upstream.LetOne();
        Assert.Equal([200, 200, 200], (await Task.WhenAll([.. held, third])).Select(static got => got.Status));
    }

    [Theory, MemberData(nameof(Levels))]
    public async Task Limits_of_a_budget_hold_where_the_account_has_none(string level, string name)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/budget/new", """{"budget_id":"b","max_budget":0.1,"budget_duration":"1d","rpm_limit":1000}""");
        string key = await KeyAsync(world, level, """ "budget_id":"b" """);
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
        Check(await world.ChatAsync(key), "budget_exceeded", $"The budget of {name} for 1d is 0.1 USD, of which 0.15 USD are spent. It begins again at 2026-01-02T00:00:00Z.");
        await world.ManageAsync("/budget/update", """{"budget_id":"b","max_budget":0.2}""");
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
    }

    [Fact]
    public async Task What_one_level_refuses_counts_at_no_other()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/team/new", """{"team_id":"t","rpm_limit":2}""");
        string narrow = await world.KeyAsync("""{"team_id":"t","rpm_limit":1}""");
        string wide = await world.KeyAsync("""{"team_id":"t"}""");
        await world.ChatAsync(narrow);
        for (int i = 0; i < 5; i++) Assert.Equal(429, (await world.ChatAsync(narrow)).Status);
        Assert.Equal((200, 429), ((await world.ChatAsync(wide)).Status, (await world.ChatAsync(wide)).Status));

        // The key is asked before the team, and takes back what it counted.
        await world.ManageAsync("/team/new", """{"team_id":"s","rpm_limit":1}""");
        string key = await world.KeyAsync("""{"team_id":"s","rpm_limit":3,"max_parallel_requests":2,"key_alias":"k"}""");
        await world.ChatAsync(key);
        for (int i = 0; i < 5; i++) Assert.Contains("team 's'", (await world.ChatAsync(key)).Body);
        await world.ManageAsync("/team/update", """{"team_id":"s","rpm_limit":null}""");
        Assert.Equal((200, 200), ((await world.ChatAsync(key)).Status, (await world.ChatAsync(key)).Status));
        Assert.Contains("key 'k'", (await world.ChatAsync(key)).Body);
    }

    [Fact]
    public async Task Keys_of_a_team_share_its_budget()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/team/new", """{"team_id":"t","team_alias":"core","max_budget":0.3}""");
        string[] keys = [await world.KeyAsync("""{"team_id":"t"}"""), await world.KeyAsync("""{"team_id":"t"}""")];
        Assert.Equal((200, 200), ((await world.ChatAsync(keys[0])).Status, (await world.ChatAsync(keys[1])).Status));
        Check(await world.ChatAsync(keys[0]), "budget_exceeded", "The budget of team 'core' is 0.3 USD, of which 0.3 USD are spent. It does not begin again by itself: ask those who manage the gateway.");
        Assert.Equal(0.3m, (decimal)(await world.ReadAsync("/team/info?team_id=t"))["team_info"]!["spend"]!);
    }

    [Fact]
    public async Task Requests_side_by_side_overrun_a_budget_by_one_at_most()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        world.Upstream.IsHeld = true;
        (world.Upstream.InputTokens, world.Upstream.OutputTokens) = (5, 1_000_000);
        string key = await world.KeyAsync("""{"max_budget":1.5}""");

        // Each may cost 0.6 USD: after the third, 1.8 USD are reserved.
        const string Body = """{"model":"chat","max_tokens":1000000,"messages":[{"role":"user","content":"Hello"}]}""";
        Task<Got>[] all = [.. Enumerable.Range(0, 20).Select(_ => world.World.PostAsync("/v1/chat/completions", Body, ("authorization", $"Bearer {key}")))];
        await world.Upstream.WaitForAsync(3);
        while (all.Count(static one => one.IsCompleted) < 17) await Task.WhenAny(all.Where(static one => !one.IsCompleted));
        Got[] refused = [.. all.Where(static one => one.IsCompleted).Select(static one => one.Result)];
        Assert.Equal(17, refused.Length);
        Assert.All(refused, static got => Assert.Equal(429, got.Status));
        Assert.Contains("by requests that are under way", refused[0].Body);
        Assert.Equal(3, world.Upstream.Calls);
        for (int i = 0; i < 3; i++) world.Upstream.LetOne();
        await Task.WhenAll(all);
        Assert.InRange(await world.SpendAsync(key), 1.8m, 1.81m);
    }

    [Fact]
    public async Task A_request_that_costs_less_than_it_reserved_gives_the_rest_back()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        (world.Upstream.InputTokens, world.Upstream.OutputTokens) = (5, 1);
        string key = await world.KeyAsync("""{"max_budget":0.5}""");
        const string Body = """{"model":"chat","max_tokens":1000000,"messages":[{"role":"user","content":"Hello"}]}""";
        for (int i = 0; i < 5; i++) Assert.Equal(200, (await world.World.PostAsync("/v1/chat/completions", Body, ("authorization", $"Bearer {key}"))).Status);
    }

    [Fact]
    public async Task A_place_is_free_again_after_an_error()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync("""{"max_parallel_requests":1}""");
        world.Upstream.Status = HttpStatusCode.InternalServerError;
        for (int i = 0; i < 3; i++) Assert.Equal(502, (await world.ChatAsync(key)).Status);
        world.Upstream.Status = HttpStatusCode.OK;
        world.Time.Advance(TimeSpan.FromMinutes(5)); // The deployment's cooldown is over.
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
        Assert.Equal(404, (await world.ChatAsync(key, "nothing")).Status);
        Assert.Equal(400, (await world.World.PostAsync("/v1/chat/completions", "{", ("authorization", $"Bearer {key}"))).Status);
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
    }

    [Fact]
    public async Task A_place_is_free_again_when_the_client_has_gone()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync("""{"max_parallel_requests":1}""");
        world.Upstream.IsHeld = true;
        for (int i = 1; i <= 3; i++)
        {
            using var leave = new CancellationTokenSource();
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("""{"model":"chat","messages":[{"role":"user","content":"Hello"}]}""", null, "application/json") };
            request.Headers.Authorization = new("Bearer", key);
            Task<HttpResponseMessage> sent = world.World.Http.SendAsync(request, leave.Token);
            await world.Upstream.WaitForAsync(i);
            await leave.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
            await UntilAsync(async () => (await world.ReadAsync($"/spend/logs?api_key={key}")).AsArray().Count == i);
        }

        Assert.Equal(499, (int)(await world.ReadAsync($"/spend/logs?api_key={key}"))[0]!["metadata"]!["status_code"]!);
        world.Upstream.IsHeld = false;
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
    }

    [Fact]
    public async Task A_limit_of_zero_lets_nothing_in()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        foreach (string limit in (string[])["rpm_limit", "tpm_limit", "max_parallel_requests", "max_budget"]) Assert.Equal(429, (await world.ChatAsync(await world.KeyAsync($$"""{"{{limit}}":0}"""))).Status);
        Assert.Equal(0, world.Upstream.Calls);
    }

    [Fact]
    public async Task The_dialect_of_the_client_is_kept()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync("""{"rpm_limit":0}""");
        Got got = await world.World.PostAsync("/v1/messages", """{"model":"claude","max_tokens":1,"messages":[{"role":"user","content":"Hi"}]}""", ("x-api-key", key));
        JsonNode error = JsonNode.Parse(got.Body)!;
        Assert.Equal((429, "error", "rate_limit_error"), (got.Status, (string)error["type"]!, (string)error["error"]!["type"]!));
        Assert.Equal("60", got.Headers["Retry-After"]);
    }

    [Fact]
    public async Task Spend_is_set_to_zero_by_hand()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync("""{"max_budget":0.1,"budget_duration":"30d"}""");
        await world.ChatAsync(key);
        Assert.Equal(429, (await world.ChatAsync(key)).Status);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        JsonNode reset = await world.ManageAsync($"/key/{key}/reset_spend", """{"reset_to":0.0}""");
        Assert.Equal((0.15m, 0), ((decimal)reset["previous_spend"]!, (decimal)reset["spend"]!));
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
        Assert.Equal(0.15m, await world.SpendAsync(key));
        Assert.Equal(2, (await world.ReadAsync($"/spend/logs?api_key={key}")).AsArray().Count);
    }

    private static async Task<string> KeyAsync(KeyWorld world, string level, string limit)
    {
        await world.ManageAsync("/team/new", level is "team" ? $$"""{"team_id":"t",{{limit}}}""" : """{"team_id":"t"}""");
        await world.ManageAsync("/user/new", level is "user" ? $$"""{"user_id":"u","auto_create_key":false,{{limit}}}""" : """{"user_id":"u","auto_create_key":false}""");
        await world.ManageAsync("/team/member_add", level is "member" ? $$"""{"team_id":"t","member":{"role":"user","user_id":"u"},{{limit}}}""" : """{"team_id":"t","member":{"role":"user","user_id":"u"}}""");
        return await world.KeyAsync(level is "key" ? $$"""{"team_id":"t","user_id":"u","key_alias":"k",{{limit}}}""" : """{"team_id":"t","user_id":"u","key_alias":"k"}""");
    }

    private static void Check(Got got, string type, string message)
    {
        Assert.Equal(429, got.Status);
        JsonNode error = JsonNode.Parse(got.Body)!["error"]!;
        Assert.Equal((type, message), ((string)error["type"]!, (string)error["message"]!));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition()) await Task.Yield();
    }
}
