using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Keys;

/// <summary>What a key opens: groups, endpoints, until when, and whether at all.</summary>
public sealed class ScopeTests
{
    [Theory]
    [InlineData("""["chat"]""", "chat", true)]
    [InlineData("""["chat"]""", "pair", false)]
    [InlineData("""["pair","ch*"]""", "chat", true)]
    [InlineData("""["*a*r"]""", "pair", true)]
    [InlineData("""["*"]""", "pair", true)]
    [InlineData("""[]""", "pair", true)]
    [InlineData("""["all-proxy-models"]""", "pair", true)]
    [InlineData("""["CHAT"]""", "chat", false)]
    [InlineData("""["chat*chat"]""", "chat", false)]
    [InlineData("""["no-default-models"]""", "chat", false)]
    public async Task A_key_opens_the_groups_that_it_names(string models, string group, bool opens)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync($$"""{"models":{{models}}}""");
        Assert.Equal(opens ? 200 : 404, (await world.ChatAsync(key, group)).Status);
        string[] listed = [.. JsonNode.Parse((await world.World.GetAsync("/v1/models", ("x-api-key", key))).Body)!["data"]!.AsArray().Select(static one => (string)one!["id"]!)];
        Assert.Equal(opens, listed.Contains(group));
    }

    [Fact]
    public async Task A_group_that_a_key_does_not_open_looks_like_one_that_is_not_there()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync("""{"models":["chat","pair","vectors"]}""");
        string hidden = (await world.ChatAsync(key, "claude")).Body;
        string missing = (await world.ChatAsync(key, "nothing")).Body;
        Assert.Equal("There is no model 'claude'. Models that can be asked here: chat, pair.", (string)JsonNode.Parse(hidden)!["error"]!["message"]!);
        Assert.Equal(missing, hidden.Replace("claude", "nothing", StringComparison.Ordinal));
        Got messages = await world.World.PostAsync("/v1/messages", """{"model":"claude","max_tokens":1,"messages":[{"role":"user","content":"Hi"}]}""", ("x-api-key", key));
        Assert.Equal((404, "not_found_error"), (messages.Status, (string)JsonNode.Parse(messages.Body)!["error"]!["type"]!));
        Assert.DoesNotContain("\"model_name\":\"claude\"", (await world.World.GetAsync("/health", ("x-api-key", key))).Body);
        Assert.Equal(0, world.Upstream.Calls);
    }

    [Fact]
    public async Task All_levels_must_open_a_group()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/team/new", """{"team_id":"t","models":["chat","pair"]}""");
        await world.ManageAsync("/user/new", """{"user_id":"u","models":["chat","text"],"auto_create_key":false}""");
        string key = await world.KeyAsync("""{"team_id":"t","user_id":"u","models":["all-team-models"]}""");
        Assert.Equal((200, 404, 404), ((await world.ChatAsync(key, "chat")).Status, (await world.ChatAsync(key, "pair")).Status, (await world.ChatAsync(key, "text")).Status));
        await world.ManageAsync("/team/update", """{"team_id":"t","models":["text"]}""");
        Assert.Equal(404, (await world.ChatAsync(key, "chat")).Status);
    }

    [Theory]
    [InlineData("""["/chat/completions"]""", 200, 403)]
    [InlineData("""["/v1/embeddings"]""", 403, 404)]
    [InlineData("""["llm_api_routes"]""", 200, 404)]
    [InlineData("""["/chat/*","/emb*"]""", 200, 404)]
    public async Task A_key_opens_the_endpoints_that_it_names(string routes, int chat, int embeddings)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync($$"""{"allowed_routes":{{routes}}}""");
        Assert.Equal(chat, (await world.ChatAsync(key)).Status);
        Assert.Equal(embeddings, (await world.World.PostAsync("/v1/embeddings", """{"model":"nothing","input":"x"}""", ("x-api-key", key))).Status);
    }

    [Fact]
    public async Task A_key_ends_when_its_time_is_over()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync("""{"duration":"20m"}""");
        world.Time.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromTicks(1));
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
        world.Time.Advance(TimeSpan.FromTicks(1));
        Got refused = await world.ChatAsync(key);
        Assert.Equal((401, "expired_key"), (refused.Status, (string)JsonNode.Parse(refused.Body)!["error"]!["code"]!));
        await world.ManageAsync("/key/update", $$"""{"key":"{{key}}","duration":null}""");
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
    }

    [Theory]
    [InlineData("/key/block", "/key/unblock", "key", null)]
    [InlineData("/team/block", "/team/unblock", "team_id", "t")]
    public async Task What_is_blocked_opens_nothing_from_the_next_request_on(string block, string unblock, string member, string? id)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/team/new", """{"team_id":"t"}""");
        string key = await world.KeyAsync("""{"team_id":"t"}""");
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
        await world.ManageAsync(block, $$"""{"{{member}}":"{{id ?? key}}"}""");
        Got refused = await world.ChatAsync(key);
        Assert.Equal((403, "permission_error"), (refused.Status, (string)JsonNode.Parse(refused.Body)!["error"]!["type"]!));
        Assert.Equal(403, (await world.World.GetAsync("/v1/models", ("x-api-key", key))).Status);
        await world.ManageAsync(unblock, $$"""{"{{member}}":"{{id ?? key}}"}""");
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
    }

    [Fact]
    public async Task A_blocked_user_has_no_key_that_opens_anything()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = (string)(await world.ManageAsync("/user/new", """{"user_id":"u"}"""))["key"]!;
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
        await world.ManageAsync("/user/update", """{"user_id":"u","blocked":true}""");
        Assert.Equal(403, (await world.ChatAsync(key)).Status);
    }

    [Fact]
    public async Task A_key_whose_team_or_budget_is_gone_opens_nothing()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/team/new", """{"team_id":"t"}""");
        await world.ManageAsync("/budget/new", """{"budget_id":"b","max_budget":1}""");
        string one = await world.KeyAsync("""{"team_id":"t"}""");
        string other = await world.KeyAsync("""{"budget_id":"b"}""");

        // By another instance, or by hand: management deletes keys with their team, and no budget that is in use.
        await world.Options.Keys.Store.DeleteAsync(AccountKind.Team, "t", default);
        await world.Options.Keys.Store.DeleteAsync(AccountKind.Budget, "b", default);
        Assert.Equal((403, 403), ((await world.ChatAsync(one)).Status, (await world.ChatAsync(other)).Status));
    }

    [Fact]
    public async Task A_deleted_or_replaced_key_is_wrong_from_the_next_request_on()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync("""{"max_budget":1}""");
        await world.ChatAsync(key);
        string next = (string)(await world.ManageAsync("/key/regenerate", $$"""{"key":"{{key}}"}"""))["key"]!;
        Assert.NotEqual(key, next);
        Assert.Equal((401, 200), ((await world.ChatAsync(key)).Status, (await world.ChatAsync(next)).Status));
        Assert.Equal(0.3m, await world.SpendAsync(next)); // What the old one spent counts.
        await world.ManageAsync("/key/delete", $$"""{"keys":["{{next}}"]}""");
        Assert.Equal(401, (await world.ChatAsync(next)).Status);
    }
}
