using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;
using RouterGen.Runtime.Tests;

namespace RouterGen.Gateway.Tests.Management;

/// <summary>Keys and what is above them, as LiteLLM lists and keeps them, work here with the same secrets.</summary>
public sealed class ImportTests
{
    private const string Secret = "sk-made-by-litellm-1234";
    private const string Endpoint = "/import/litellm";

    /// <summary>A key as LiteLLM's table has it.</summary>
    private static string Key(string secret = Secret, string more = "") => $$"""
        {"token":"{{Hash(secret)}}","key_name":"sk-...1234","key_alias":"{{secret[3..]}}","soft_budget_cooldown":false,"spend":0.2,"expires":null,"models":["chat"],"aliases":{},"config":{},"router_settings":null,
         "user_id":"u1","team_id":"t1","agent_id":null,"permissions":{"get_spend_routes":true},"max_parallel_requests":null,"metadata":{"tags":["gold"],"owner":"ops"},"blocked":null,"tpm_limit":null,"rpm_limit":60,
         "max_budget":10,"budget_duration":"30d","budget_reset_at":"2026-01-31T00:00:00","allowed_cache_controls":[],"allowed_routes":[],"policies":[],"model_spend":{},"model_max_budget":{},"budget_id":null,
         "organization_id":null,"object_permission_id":null,"created_at":"2025-11-01T08:30:00.000Z","created_by":"default_user_id","updated_at":"2025-12-01T08:30:00","rotation_count":0,"auto_rotate":false{{more}} }
        """;

    private const string Team = """
        {"team_id":"t1","team_alias":"core","organization_id":null,"object_permission_id":null,"admins":[],"members":[],"members_with_roles":[{"role":"admin","user_id":"u1","user_email":null},{"role":"user","user_id":"u2"}],"metadata":{},
         "max_budget":100,"spend":3.5,"models":[],"max_parallel_requests":null,"tpm_limit":1000000,"rpm_limit":null,"budget_duration":null,"blocked":false,"model_spend":{},"model_max_budget":{},"router_settings":{},"team_member_permissions":[],"model_id":null}
        """;

    private const string User = """
        {"user_id":"u1","user_alias":null,"team_id":null,"sso_user_id":"sso","organization_id":null,"password":null,"teams":["t1"],"user_role":"internal_user","max_budget":null,"spend":0,"user_email":"ada@example.com","models":[],"metadata":{},
         "max_parallel_requests":null,"tpm_limit":null,"rpm_limit":null,"budget_duration":null,"budget_reset_at":null,"allowed_cache_controls":[],"policies":[],"model_spend":{},"model_max_budget":{}}
        """;

    private const string Budget = """{"budget_id":"small","max_budget":5,"soft_budget":4,"max_parallel_requests":null,"tpm_limit":null,"rpm_limit":7,"model_max_budget":null,"budget_duration":"1mo","budget_reset_at":null,"created_by":"x"}""";

    private const string Membership = """{"user_id":"u2","team_id":"t1","spend":1.25,"budget_id":"small"}""";

    [Fact]
    public async Task A_key_of_LiteLLM_works_with_its_secret_and_its_limits()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        Assert.Equal(401, (await world.ChatAsync(Secret)).Status);

        // As its /key/list, /team/list and /user/list answer, one after the other.
        JsonNode report = await world.ManageAsync(Endpoint, $$"""{"keys":[{{Key(more: """, "team_alias":"core","team_max_budget":100,"team_models":["chat"],"user_role":"internal_user","user_tpm_limit":5,"api_key":"x","last_active":null""")}}],"total_count":1,"current_page":1,"total_pages":1} [{{Team}}] {"users":[{{User}}],"total":1}""");
        Assert.Equal("""{"dry_run":false,"imported":{"keys":1,"teams":1,"users":1,"members":2},"unchanged":{},"left_out":[]}""", report.ToJsonString());
        Got answer = await world.ChatAsync(Secret);
        Assert.True(answer.Status is 200, answer.Body);
        Assert.Equal(404, (await world.ChatAsync(Secret, "claude")).Status);
        JsonNode info = (await world.ReadAsync($"/key/info?key={Secret}"))["info"]!;
        Assert.Equal(("made-by-litellm-1234", "t1", "u1", 60, 10m, "30d", "sk-...1234"), ((string)info["key_alias"]!, (string)info["team_id"]!, (string)info["user_id"]!, (int)info["rpm_limit"]!, (decimal)info["max_budget"]!, (string)info["budget_duration"]!, (string)info["key_name"]!));
        Assert.Equal(("ops", "gold", "2025-11-01T08:30:00.000000Z"), ((string)info["metadata"]!["owner"]!, (string)info["tags"]![0]!, (string)info["created_at"]!));
        Assert.Equal(0.35m, (decimal)info["spend"]!); // and the request's
        Assert.Equal(3.65m, (decimal)(await world.ReadAsync("/team/info?team_id=t1"))["team_info"]!["spend"]!);
    }

    [Fact]
    public async Task Rows_of_the_database_one_a_line_are_taken_in_any_order()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        JsonNode report = await world.ManageAsync(Endpoint, string.Join('\n', Membership, Key().ReplaceLineEndings(""), User.ReplaceLineEndings(""), Team.ReplaceLineEndings(""), Budget));
        Assert.Equal("""{"keys":1,"teams":1,"users":1,"members":2,"budgets":1}""", report["imported"]!.ToJsonString());
        Assert.Empty(report["left_out"]!.AsArray());
        JsonNode member = (await world.ReadAsync("/team/info?team_id=t1"))["team_memberships"]!.AsArray().Single(one => (string)one!["user_id"]! is "u2")!;
        Assert.Equal(("small", 1.25m), ((string)member["budget_id"]!, (decimal)member["spend"]!));
    }

    [Fact]
    public async Task Organizations_and_customers_are_taken_too()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        JsonNode report = await world.ManageAsync(Endpoint, $$$"""
            [{"organization_id":"o","organization_alias":"acme","budget_id":"small","metadata":{},"models":["chat"],"spend":2,"model_spend":{},"created_by":"x","teams":[{"team_id":"t1"}],"members":[],"users":[],"litellm_budget_table":{{{Budget}}}}]
            {"user_id":"u1","organization_id":"o","user_role":"org_admin","spend":0.5,"budget_id":null,"created_at":"2025-11-01T00:00:00"}
            {"user_id":"shop","alias":"Shop","spend":5,"allowed_model_region":null,"default_model":null,"budget_id":"small","blocked":false}
            {{{Team.Replace("\"organization_id\":null", "\"organization_id\":\"o\"", StringComparison.Ordinal)}}}
            {{{Key()}}}
            """);
        Assert.Equal("""{"keys":1,"teams":1,"members":3,"budgets":1,"customers":1,"organizations":1}""", report["imported"]!.ToJsonString());
        Assert.Empty(report["left_out"]!.AsArray());
        Got refused = await world.ChatAsync(Secret, "chat", ("x-litellm-end-user-id", "shop"));
        Assert.Equal(429, refused.Status);
        Assert.Contains("customer 'Shop'", refused.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await world.ChatAsync(Secret)).Status);
        JsonNode organization = await world.ReadAsync("/organization/info?organization_id=o");
        Assert.Equal((2.15m, "org_admin"), ((decimal)organization["spend"]!, (string)organization["members"]![0]!["user_role"]!));
    }

    [Fact]
    public async Task An_import_may_be_repeated_and_changes_nothing_that_is_there()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string body = $"{Budget}{Team}{User}{Membership}{Key()}";
        await world.ManageAsync(Endpoint, body);
        await world.ManageAsync("/key/update", $$"""{"key":"{{Secret}}","rpm_limit":5}""");
        JsonNode again = await world.ManageAsync(Endpoint, body);
        Assert.Equal("""{"dry_run":false,"imported":{},"unchanged":{"keys":1,"teams":1,"users":1,"members":2,"budgets":1},"left_out":[]}""", again.ToJsonString());
        JsonNode info = (await world.ReadAsync($"/key/info?key={Secret}"))["info"]!;
        Assert.Equal((5, 0.2m), ((int)info["rpm_limit"]!, (decimal)info["spend"]!));
        Assert.Equal(1.25m, (decimal)(await world.ReadAsync("/team/info?team_id=t1"))["team_memberships"]!.AsArray().Single(one => (string)one!["user_id"]! is "u2")!["spend"]!);
    }

    [Fact]
    public async Task A_dry_run_reports_and_writes_nothing()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        JsonNode report = await world.ManageAsync(Endpoint + "?dry_run=true", $"{Key()}{Team}{Budget}{Membership}{Key("sk-with-a-limit-here", """,  "guardrails":["pii"]""")}");
        Assert.True((bool)report["dry_run"]!);
        Assert.Equal("""{"keys":1,"teams":1,"members":2,"budgets":1}""", report["imported"]!.ToJsonString());
        Assert.Single(report["left_out"]!.AsArray());
        Assert.Equal(401, (await world.ChatAsync(Secret)).Status);
        Assert.Equal(0, (int)(await world.ReadAsync("/key/list"))["total_count"]!);
        Assert.Empty((await world.ReadAsync("/team/list")).AsArray());
    }

    [Fact]
    public async Task What_is_left_out_is_named_with_its_reason()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string wide = Key("sk-limits-that-are-not-here", """,  "guardrails":["pii"]""");
        string[] rows =
        [
            wide,
            Key("sk-without-its-team").Replace("\"t1\"", "\"gone\"", StringComparison.Ordinal),
            Key("sk-of-the-page-of-litellm").Replace("\"t1\"", "\"litellm-dashboard\"", StringComparison.Ordinal),
            Key("sk-with-a-wrong-limit").Replace("\"rpm_limit\":60", "\"rpm_limit\":-1", StringComparison.Ordinal),
            Key("sk-with-a-wrong-end").Replace("\"expires\":null", "\"expires\":\"soon\"", StringComparison.Ordinal),
            $"\"{Hash("sk-hash-alone")}\"",
            """{"something":"else"}""", "7", "null",
            Team,
        ];
        JsonNode report = await world.ManageAsync(Endpoint, string.Join('\n', rows));
        Assert.Equal("""{"teams":1,"members":2}""", report["imported"]!.ToJsonString());
        string[] reasons = [.. report["left_out"]!.AsArray().Select(static one => $"{one!["name"]}: {one["reason"]}")];
        Assert.Equal(9, reasons.Length);
        string[] expected = ["guardrails", "'gone'", "LiteLLM's page", "rpm_limit", "expires", "return_full_object=true", "no row of", "no row of", "no row of"];
        foreach (string part in expected) Assert.Contains(reasons, reason => reason.Contains(part, StringComparison.Ordinal));
        Assert.Equal(401, (await world.ChatAsync("sk-limits-that-are-not-here")).Status);

        // Whoever wants it without the limit says so.
        report = await world.ManageAsync(Endpoint + "?drop_unserved_limits=true", wide);
        Assert.Equal("""{"keys":1}""", report["imported"]!.ToJsonString());
        Assert.Equal(200, (await world.ChatAsync("sk-limits-that-are-not-here")).Status);
    }

    [Fact]
    public async Task Ends_blocks_and_budgets_hold()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string ended = VirtualTime.Start.AddDays(-1).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        await world.ManageAsync(Endpoint, string.Join('\n',
            Team,
            Key("sk-that-has-ended").Replace("\"expires\":null", $"\"expires\":\"{ended}\"", StringComparison.Ordinal),
            Key("sk-that-is-blocked").Replace("\"blocked\":null", "\"blocked\":true", StringComparison.Ordinal),
            Key("sk-that-is-spent").Replace("\"spend\":0.2", "\"spend\":10.0", StringComparison.Ordinal),
            Key("sk-of-a-shared-budget").Replace("\"budget_id\":null", $"\"budget_id\":\"small\",\"litellm_budget_table\":{Budget}", StringComparison.Ordinal).Replace("\"max_budget\":10,", "\"max_budget\":null,", StringComparison.Ordinal).Replace("\"spend\":0.2", "\"spend\":5", StringComparison.Ordinal)));
        foreach ((string secret, int status) in ((string, int)[])[("sk-that-has-ended", 401), ("sk-that-is-blocked", 403), ("sk-that-is-spent", 429), ("sk-of-a-shared-budget", 429)]) Assert.Equal(status, (await world.ChatAsync(secret)).Status);
        world.Time.Advance(TimeSpan.FromDays(40));
        Assert.Equal(200, (await world.ChatAsync("sk-that-is-spent")).Status);
    }

    [Fact]
    public async Task What_is_carried_over_is_in_no_days_report()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync(Endpoint, $"{Team}{Key()}");
        Assert.Empty((await world.ReadAsync("/global/spend/report?start_date=2020-01-01&end_date=2030-01-01&group_by=api_key")).AsArray());
    }

    [Theory]
    [InlineData("{\"keys\":[", 400)]
    [InlineData("{} trailing", 400)]
    [InlineData("", 200)]
    [InlineData("[]", 200)]
    public async Task A_body_that_is_broken_or_empty(string body, int status)
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        await world.ManageAsync(Endpoint, body, status);
    }

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
