using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Management;

/// <summary>Requests as LiteLLM's documentation has them (docs/proxy/virtual_keys, users, team_budgets, cost_tracking), and the members that scripts read of the answers.</summary>
public sealed class LiteLlmScriptTests
{
    [Fact]
    public async Task Keys()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/team/new", """{"team_id":"core-infra"}""");
        JsonNode made = await world.ManageAsync("/key/generate", """{"models":["chat","pair","claude"],"duration":"20m","metadata":{"user":"ishaan@berri.ai"},"team_id":"core-infra","max_budget":10,"aliases":{},"config":{},"spend":0,"send_invite_email":true,"key_type":"llm_api"}""");
        string key = (string)made["key"]!;
        Assert.Equal("2026-01-01T00:20:00.000000Z", (string)made["expires"]!);
        Has(made, """{"models":["chat","pair","claude"],"spend":0,"max_budget":10,"user_id":null,"team_id":"core-infra","max_parallel_requests":null,"metadata":{"user":"ishaan@berri.ai"},"tpm_limit":null,"rpm_limit":null,"budget_duration":null,"key_alias":null,"duration":"20m","aliases":{},"config":{},"permissions":{},"model_max_budget":{},"blocked":false,"budget_id":null,"tags":[]}""");

        JsonNode info = await world.ReadAsync($"/key/info?key={key}");
        Has(info["info"]!, """{"spend":0,"models":["chat","pair","claude"],"aliases":{},"config":{},"team_id":"core-infra","max_parallel_requests":null,"metadata":{"user":"ishaan@berri.ai"}}""");
        string token = (string)info["info"]!["token"]!;
        Assert.Equal(token, (string)(await world.ReadAsync($"/key/info?key={token}"))["key"]!);

        JsonNode updated = await world.ManageAsync("/key/update", $$"""{"key":"{{key}}","models":["chat"],"metadata":{"user":"other"},"rpm_limit":5,"max_budget":"12.5"}""");
        Has(updated, """{"models":["chat"],"metadata":{"user":"other"},"rpm_limit":5,"max_budget":12.5,"team_id":"core-infra"}""");
        Has(await world.ManageAsync("/key/update", $$"""{"key":"{{token}}","max_budget":null}"""), """{"max_budget":null,"rpm_limit":5}""");

        Has(await world.ReadAsync("/key/list"), $$"""{"keys":["{{token}}"],"total_count":1,"current_page":1,"total_pages":1}""");
        Has((await world.ReadAsync("/key/list?return_full_object=true&team_id=core-infra&size=100"))["keys"]![0]!, $$"""{"token":"{{token}}","team_id":"core-infra","rpm_limit":5}""");
        Has(await world.ReadAsync("/key/list?user_id=none"), """{"keys":[],"total_count":0,"total_pages":0}""");
        Has(await world.ManageAsync("/key/block", $$"""{"key":"{{key}}"}"""), """{"blocked":true}""");
        Has(await world.ManageAsync("/key/unblock", $$"""{"key":"{{key}}"}"""), """{"blocked":false}""");
        Has(await world.ManageAsync($"/key/{key}/regenerate", """{"max_budget":3}"""), """{"max_budget":3,"rpm_limit":5}""");
        string alias = (string)(await world.ManageAsync("/key/generate", """{"key_alias":"to-go"}"""))["token"]!;
        Has(await world.ManageAsync("/key/delete", """{"key_aliases":["to-go"]}"""), $$"""{"deleted_keys":["{{alias}}"]}""");
    }

    [Fact]
    public async Task Teams()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        JsonNode team = await world.ManageAsync("/team/new", """{"team_alias":"my-new-team_4","members_with_roles":[{"role":"admin","user_id":"5c4a0aa3"}],"rpm_limit":99,"max_budget":20,"budget_duration":"1d"}""");
        string id = (string)team["team_id"]!;
        Has(team, """{"team_alias":"my-new-team_4","admins":[],"members":[],"members_with_roles":[{"role":"admin","user_id":"5c4a0aa3","user_email":null}],"metadata":{},"tpm_limit":null,"rpm_limit":99,"max_budget":20,"models":[],"spend":0,"max_parallel_requests":null,"budget_duration":"1d","budget_reset_at":"2026-01-02T00:00:00.000000Z","blocked":false}""");

        Has(await world.ManageAsync("/team/update", $$"""{"team_id":"{{id}}","team_alias":"renamed","max_budget":30}"""), $$"""{"team_id":"{{id}}"}""");
        JsonNode added = await world.ManageAsync("/team/member_add", $$$"""{"team_id":"{{{id}}}","max_budget_in_team":0.1,"member":{"role":"user","user_id":"ishaan"}}""");
        Assert.Equal(2, added["members_with_roles"]!.AsArray().Count);
        Has(added["updated_team_memberships"]![0]!, $$"""{"team_id":"{{id}}","user_id":"ishaan","spend":0}""");
        string key = await world.KeyAsync($$"""{"user_id":"ishaan","team_id":"{{id}}"}""");
        Assert.Equal((200, 429), ((await world.ChatAsync(key)).Status, (await world.ChatAsync(key)).Status));
        await world.ManageAsync("/team/member_update", $$"""{"team_id":"{{id}}","user_id":"ishaan","max_budget_in_team":1}""");
        Assert.Equal(200, (await world.ChatAsync(key)).Status);

        JsonNode info = await world.ReadAsync($"/team/info?team_id={id}");
        Has(info["team_info"]!, """{"team_alias":"renamed","max_budget":30,"spend":0.3}""");
        Assert.Equal("ishaan", (string)info["keys"]![0]!["user_id"]!);
        Assert.Equal(0.3m, (decimal)info["team_memberships"]!.AsArray().Single(static one => (string)one!["user_id"]! == "ishaan")!["spend"]!);
        Assert.Equal("renamed", (string)(await world.ReadAsync("/team/list"))[0]!["team_alias"]!);
        Assert.Empty((await world.ReadAsync("/team/list?user_id=none")).AsArray());
        Assert.Single((await world.ManageAsync("/team/member_delete", $$"""{"team_id":"{{id}}","user_id":"ishaan"}"""))["members_with_roles"]!.AsArray());
        Has(await world.ManageAsync("/team/block", $$"""{"team_id":"{{id}}"}"""), """{"blocked":true}""");
        Has(await world.ManageAsync("/team/unblock", $$"""{"team_id":"{{id}}"}"""), """{"blocked":false}""");
        Has(await world.ManageAsync("/team/delete", $$"""{"team_ids":["{{id}}"]}"""), $$"""{"deleted_teams":["{{id}}"]}""");
        Assert.Equal(401, (await world.ChatAsync(key)).Status); // Its keys are deleted, too.
    }

    [Fact]
    public async Task Users()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/team/new", """{"team_id":"cto-team"}""");
        JsonNode made = await world.ManageAsync("/user/new", """{"user_id":"ishaan1","user_email":"ishaan@litellm.ai","user_role":"admin","team_id":"cto-team","max_budget":0.2,"budget_duration":"1h"}""");
        Has(made, """{"user_id":"ishaan1","user_email":"ishaan@litellm.ai","max_budget":0.2,"team_id":"cto-team","teams":["cto-team"],"expires":null}""");
        string key = (string)made["key"]!;
        string second = await world.KeyAsync("""{"models":["chat"],"user_id":"ishaan1"}""");
        Assert.Equal((200, 200, 429), ((await world.ChatAsync(key)).Status, (await world.ChatAsync(second)).Status, (await world.ChatAsync(key)).Status));
        JsonNode info = await world.ReadAsync("/user/info?user_id=ishaan1");
        Has(info["user_info"]!, """{"user_role":"admin","spend":0.3,"budget_reset_at":"2026-01-01T01:00:00.000000Z"}""");
        Assert.Equal((2, "cto-team"), (info["keys"]!.AsArray().Count, (string)info["teams"]![0]!["team_id"]!));
        Has((await world.ManageAsync("/user/update", """{"user_id":"ishaan1","max_budget":5,"user_role":"internal_user"}"""))["data"]!, """{"max_budget":5,"user_role":"internal_user"}""");
        await world.ManageAsync("/user/new", """{"auto_create_key":false}""");
        JsonNode list = await world.ReadAsync("/user/list?page=1&page_size=1");
        Has(list, """{"total":2,"page":1,"page_size":1,"total_pages":2}""");
        Assert.Equal("ishaan1", (string)list["users"]![0]!["user_id"]!);
        Assert.Equal(1, (int)await world.ManageAsync("/user/delete", """{"user_ids":["ishaan1"]}"""));
        Assert.Equal((401, 401), ((await world.ChatAsync(key)).Status, (await world.ChatAsync(second)).Status));
    }

    [Fact]
    public async Task Budgets()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        Has(await world.ManageAsync("/budget/new", """{"budget_id":"my-free-tier","max_budget":4,"rpm_limit":1,"budget_duration":"30d"}"""), """{"budget_id":"my-free-tier","max_budget":4,"rpm_limit":1,"tpm_limit":null,"max_parallel_requests":null,"budget_duration":"30d","soft_budget":null,"model_max_budget":{}}""");
        await world.ManageAsync("/budget/new", """{"max_budget":1}""");
        Has(await world.ManageAsync("/budget/update", """{"budget_id":"my-free-tier","rpm_limit":2}"""), """{"max_budget":4,"rpm_limit":2}""");
        Assert.Equal("my-free-tier", (string)(await world.ManageAsync("/budget/info", """{"budgets":["my-free-tier","none"]}"""))[0]!["budget_id"]!);
        Assert.Equal(2, (await world.ReadAsync("/budget/list")).AsArray().Count);
        string key = await world.KeyAsync("""{"budget_id":"my-free-tier"}""");
        Has((await world.ReadAsync($"/key/info?key={key}"))["info"]!["litellm_budget_table"]!, """{"max_budget":4}""");
        await world.ManageAsync("/budget/delete", """{"id":"my-free-tier"}""", 409);
        await world.ManageAsync("/key/update", $$"""{"key":"{{key}}","budget_id":null}""");
        await world.ManageAsync("/budget/delete", """{"id":"my-free-tier"}""");
        await world.ManageAsync("/key/update", $$"""{"key":"{{key}}","budget_id":"my-free-tier"}""", 400);
    }

    [Fact]
    public async Task Spend()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync("/team/new", """{"team_id":"p","team_alias":"Prod Team"}""");
        string one = await world.KeyAsync("""{"team_id":"p","user_id":"ishaan","metadata":{"tags":["job","web"]}}""");
        string other = await world.KeyAsync();
        await world.ChatAsync(one, "chat", ("x-litellm-tags", "extra, job"), ("x-litellm-end-user-id", "palantir"));
        await world.ChatAsync(one);
        await world.ChatAsync(other);
        world.Time.Advance(TimeSpan.FromDays(1));
        await world.ChatAsync(one);
        string hash = (string)(await world.ReadAsync($"/key/info?key={one}"))["info"]!["token"]!;

        JsonArray report = (await world.ReadAsync("/global/spend/report?start_date=2026-01-01&end_date=2026-01-01&group_by=team")).AsArray();
        Assert.Equal("2026-01-01T00:00:00+00:00", (string)Assert.Single(report)!["group_by_day"]!);
        JsonNode prod = report[0]!["teams"]!.AsArray().Single(static team => (string)team!["team_name"]! == "Prod Team")!;
        Has(prod, $$"""{"total_spend":0.3,"metadata":[{"model":"openai/gpt-4o-mini","spend":0.3,"total_tokens":2000000,"api_key":"{{hash}}"}]}""");
        Assert.Contains(report[0]!["teams"]!.AsArray(), static team => (string)team!["team_name"]! == "Unassigned Team");
        Assert.Equal(2, (await world.ReadAsync("/global/spend/report?start_date=2026-01-01&end_date=2026-01-02")).AsArray().Count);

        JsonNode customers = await world.ReadAsync("/global/spend/report?start_date=2026-01-01&end_date=2026-01-02&group_by=customer");
        Assert.Contains(customers[0]!["customers"]!.AsArray(), static customer => (string)customer!["customer"]! == "palantir" && (decimal)customer["total_spend"]! == 0.15m);
        Has(Assert.Single((await world.ReadAsync($"/global/spend/report?start_date=2026-01-01&end_date=2026-01-02&api_key={one}")).AsArray())!, $$"""{"api_key":"{{hash}}","total_cost":0.45,"total_input_tokens":3000000,"total_output_tokens":0,"model_details":[{"model":"openai/gpt-4o-mini","total_cost":0.45,"total_input_tokens":3000000,"total_output_tokens":0}]}""");
        Assert.Single((await world.ReadAsync("/global/spend/report?start_date=2026-01-01&end_date=2026-01-02&internal_user_id=ishaan")).AsArray());

        JsonNode tags = await world.ReadAsync("/spend/tags");
        Assert.Equal("extra 1, job 3, web 3", string.Join(", ", tags.AsArray().Select(static tag => $"{tag!["individual_request_tag"]} {tag["log_count"]}").Order(StringComparer.Ordinal)));
        JsonArray rows = (await world.ReadAsync($"/spend/logs?api_key={hash}")).AsArray();
        Has(rows[2]!, $$"""{"api_key":"{{hash}}","user":"ishaan","team_id":"p","request_tags":["job","web","extra"],"end_user":"palantir","model_group":"chat","spend":0.15,"total_tokens":1000000,"completion_tokens":0,"prompt_tokens":1000000,"call_type":"/chat/completions","custom_llm_provider":"openai"}""");
        Assert.Single((await world.ReadAsync($"/spend/logs?request_id={rows[0]!["request_id"]}")).AsArray());
        Assert.Equal(3, (await world.ReadAsync("/spend/logs?user_id=ishaan")).AsArray().Count);
        Has((await world.ReadAsync("/spend/logs?start_date=2026-01-01&end_date=2026-01-02"))[0]!, """{"startTime":"2026-01-01","spend":0.45,"models":{"openai/gpt-4o-mini":0.45}}""");
        Assert.Single((await world.ReadAsync("/spend/logs?start_date=2026-01-02&end_date=2026-01-02&summarize=false")).AsArray());
    }

    [Fact]
    public async Task Models()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        foreach (string path in (string[])["/model/info", "/v1/model/info"])
        {
            JsonNode model = (await world.ReadAsync(path))["data"]!.AsArray().First(static one => (string)one!["model_name"]! == "chat")!;
            Has(model, """{"litellm_params":{"model":"openai/gpt-4o-mini"}}""");
            Has(model["model_info"]!, """{"db_model":false,"litellm_provider":"openai","mode":"chat","input_cost_per_token":0.00000015,"output_cost_per_token":0.0000006,"max_output_tokens":16384,"supports_function_calling":true}""");
        }

        JsonNode group = Assert.Single((await world.ReadAsync("/model_group/info?model_group=pair"))["data"]!.AsArray())!;
        Has(group, """{"model_group":"pair","providers":["openai","anthropic"],"mode":"chat","supports_vision":true}""");
        Assert.Contains((await world.ReadAsync("/model_group/info"))["data"]!.AsArray(), static one => (string)one!["mode"]! == "embedding");
    }

    private static void Has(JsonNode actual, string expected)
    {
        foreach ((string name, JsonNode? value) in JsonNode.Parse(expected)!.AsObject())
        {
            Assert.True(actual.AsObject().ContainsKey(name), $"{name} is missing in {actual}");
            Assert.True(JsonNode.DeepEquals(value, actual[name]), $"{name}: {actual[name]?.ToJsonString() ?? "null"}, not {value?.ToJsonString() ?? "null"}");
        }
    }
}
