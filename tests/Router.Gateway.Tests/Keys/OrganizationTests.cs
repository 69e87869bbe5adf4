using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Keys;

/// <summary>Organizations are above teams and keys: their groups, limits and budgets hold for all that belongs to them.</summary>
public sealed class OrganizationTests
{
    [Fact]
    public async Task A_budget_holds_over_all_teams_of_an_organization()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/organization/new", """{"organization_id":"o","organization_alias":"acme","max_budget":0.25,"models":["chat"]}""");
        await world.ManageAsync("/team/new", """{"team_id":"a","organization_id":"o"}""");
        await world.ManageAsync("/team/new", """{"team_id":"b","organization_id":"o"}""");
        string first = await world.KeyAsync("""{"team_id":"a"}""");
        string second = await world.KeyAsync("""{"team_id":"b"}""");
        string own = await world.KeyAsync("""{"organization_id":"o"}""");
        string other = await world.KeyAsync();
        Assert.Equal(404, (await world.ChatAsync(first, "claude")).Status);
        Assert.Equal(200, (await world.ChatAsync(first)).Status);
        Assert.Equal(200, (await world.ChatAsync(second)).Status);
        foreach (string key in (string[])[first, second, own])
        {
            Got refused = await world.ChatAsync(key);
            Assert.Equal(429, refused.Status);
            Assert.Contains("organization 'acme'", refused.Body, StringComparison.Ordinal);
        }

        Assert.Equal(200, (await world.ChatAsync(other)).Status);
        JsonNode info = await world.ReadAsync("/organization/info?organization_id=o");
        Assert.Equal((0.3m, 2), ((decimal)info["spend"]!, info["teams"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_member_has_a_budget_within_the_organization()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/organization/new", """{"organization_id":"o","organization_alias":"acme"}""");
        JsonNode added = await world.ManageAsync("/organization/member_add", """{"organization_id":"o","member":{"role":"internal_user","user_id":"u"},"max_budget_in_organization":0.1}""");
        Assert.Equal(("o", "u"), ((string)added["organization_id"]!, (string)added["updated_organization_memberships"]![0]!["user_id"]!));
        string key = await world.KeyAsync("""{"organization_id":"o","user_id":"u"}""");
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
        Got refused = await world.ChatAsync(key);
        Assert.Equal(429, refused.Status);
        Assert.Contains("member 'u' of organization 'o'", refused.Body, StringComparison.Ordinal);
        await SendAsync(world, HttpMethod.Patch, "/organization/member_update", """{"organization_id":"o","user_id":"u","max_budget_in_organization":1,"role":"org_admin"}""");
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
        JsonNode member = (await world.ReadAsync("/organization/info?organization_id=o"))["members"]![0]!;
        Assert.Equal(("org_admin", 0.3m), ((string)member["user_role"]!, (decimal)member["spend"]!));
        JsonNode user = await world.ManageAsync("/user/new", """{"user_id":"u","auto_create_key":false}""");
        Assert.Empty(user["teams"]!.AsArray()); // A member of an organization is none of a team.
        await world.ReadAsync("/user/info?user_id=u");
        await world.ReadAsync("/user/list");
        await SendAsync(world, HttpMethod.Delete, "/organization/member_delete", """{"organization_id":"o","user_id":"u"}""");
        Assert.Empty((await world.ReadAsync("/organization/info?organization_id=o"))["members"]!.AsArray());
    }

    [Fact]
    public async Task What_belongs_to_an_organization_is_deleted_with_it()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/organization/new", """{"organization_id":"o","organization_alias":"acme"}""");
        await world.ManageAsync("/team/new", """{"team_id":"t","organization_id":"o"}""");
        await world.ManageAsync("/team/new", """{"team_id":"other"}""");
        string ofTeam = await world.KeyAsync("""{"team_id":"t"}""");
        string own = await world.KeyAsync("""{"organization_id":"o"}""");
        string other = await world.KeyAsync("""{"team_id":"other"}""");
        JsonNode deleted = await SendAsync(world, HttpMethod.Delete, "/organization/delete", """{"organization_ids":["o"]}""");
        Assert.Equal("acme", (string)deleted[0]!["organization_alias"]!);
        Assert.Equal(401, (await world.ChatAsync(ofTeam)).Status);
        Assert.Equal(401, (await world.ChatAsync(own)).Status);
        Assert.Equal(200, (await world.ChatAsync(other)).Status);
        await world.ReadAsync("/organization/info?organization_id=o", 404);
        Assert.Empty((await world.ReadAsync("/organization/list")).AsArray());
    }

    [Fact]
    public async Task A_key_whose_organization_is_gone_opens_nothing()
    {
        var store = new MemoryGatewayStore();
        await using KeyWorld world = await KeyWorld.StartAsync(store);
        await world.ManageAsync("/organization/new", """{"organization_id":"o","organization_alias":"acme"}""");
        await world.ManageAsync("/team/new", """{"team_id":"t","organization_id":"o"}""");
        string key = await world.KeyAsync("""{"team_id":"t"}""");
        await store.DeleteAsync(AccountKind.Organization, "o", CancellationToken.None);
        Got refused = await world.ChatAsync(key);
        Assert.Equal(403, refused.Status);
        Assert.Contains("The organization of the key is gone.", refused.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/organization/new", """{}""", 400)]
    [InlineData("/organization/new", """{"organization_alias":"x","object_permission":{"mcp_servers":["a"]}}""", 400)]
    [InlineData("/organization/new", """{"organization_alias":"x","budget_id":"none"}""", 400)]
    [InlineData("/organization/update", """{"organization_id":"none"}""", 404)]
    [InlineData("/organization/member_add", """{"organization_id":"none","member":{"role":"a","user_id":"u"}}""", 404)]
    [InlineData("/organization/delete", """{}""", 400)]
    [InlineData("/team/new", """{"organization_id":"none"}""", 400)]
    [InlineData("/key/generate", """{"organization_id":"none"}""", 400)]
    [InlineData("/customer/new", """{}""", 400)]
    [InlineData("/customer/new", """{"user_id":"a","default_model":"chat"}""", 400)]
    [InlineData("/customer/new", """{"user_id":"a","allowed_model_region":"eu"}""", 400)]
    [InlineData("/customer/new", """{"user_id":"a","allowed_routes":["/chat/completions"]}""", 400)]
    [InlineData("/customer/update", """{"user_id":"none"}""", 404)]
    [InlineData("/customer/delete", """{"user_ids":["none"]}""", 404)]
    [InlineData("/customer/block", """{"user_ids":[]}""", 400)]
    [InlineData("/customer/unblock", """{"user_ids":["none"]}""", 404)]
    public async Task What_would_not_hold_is_refused(string path, string body, int status)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync(path, body, status);
    }

    [Fact]
    public async Task Scripts_for_LiteLLM_find_its_names_and_fields()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/budget/new", """{"budget_id":"free","max_budget":4,"rpm_limit":1}""");
        JsonNode customer = await world.ManageAsync("/end_user/new", """{"user_id":"ishaan-jaff-45","budget_id":"free"}""");
        Assert.Equal("""{"user_id":"ishaan-jaff-45","alias":null,"spend":0,"allowed_model_region":null,"default_model":null,"budget_id":"free","litellm_budget_table":{"budget_id":"free","max_budget":4,"budget_duration":null,"tpm_limit":null,"rpm_limit":1,"max_parallel_requests":null,"budget_reset_at":null},"blocked":false""", customer.ToJsonString().Split(",\"created_at\"")[0]);
        Assert.Equal("ishaan-jaff-45", (string)(await world.ReadAsync("/end_user/info?end_user_id=ishaan-jaff-45"))["user_id"]!);
        Assert.Single((await world.ReadAsync("/customer/list")).AsArray());
        Assert.True((bool)(await world.ManageAsync("/end_user/block", """{"user_ids":["ishaan-jaff-45"]}"""))["blocked_users"]![0]!["blocked"]!);
        await world.ManageAsync("/budget/delete", """{"id":"free"}""", 409);
        Assert.Equal(1, (int)(await world.ManageAsync("/end_user/delete", """{"user_ids":["ishaan-jaff-45"]}"""))["deleted_customers"]!);
        JsonNode organization = await world.ManageAsync("/organization/new", """{"organization_alias":"acme","models":["chat"],"max_budget":20,"metadata":{"a":1}}""");
        string id = (string)organization["organization_id"]!;
        Assert.Equal(("acme", 20m, "chat", 1), ((string)organization["organization_alias"]!, (decimal)organization["litellm_budget_table"]!["max_budget"]!, (string)organization["models"]![0]!, (int)organization["metadata"]!["a"]!));
        await SendAsync(world, HttpMethod.Patch, "/organization/update", $$"""{"organization_id":"{{id}}","organization_alias":"acme 2"}""");
        JsonNode listed = (await world.ReadAsync("/organization/list"))[0]!;
        Assert.Equal(("acme 2", 0), ((string)listed["organization_alias"]!, listed["members"]!.AsArray().Count));
        JsonNode team = await world.ManageAsync("/team/new", $$"""{"team_alias":"core","organization_id":"{{id}}"}""");
        Assert.Equal(id, (string)team["organization_id"]!);
    }

    private static async Task<JsonNode> SendAsync(KeyWorld world, HttpMethod method, string path, string body)
    {
        Got got = await world.World.SendAsync(method, path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), ("authorization", $"Bearer {KeyWorld.Master}"));
        Assert.True(got.Status is 200, got.Body);
        return JsonNode.Parse(got.Body)!;
    }
}
