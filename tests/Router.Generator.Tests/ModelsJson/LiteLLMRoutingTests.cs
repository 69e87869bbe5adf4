namespace RouterGen.Generator.Tests;

/// <summary>How LiteLLM's router chooses is how the groups choose.</summary>
public class LiteLLMRoutingTests
{
    [Theory]
    [InlineData("simple-shuffle", "Weighted")]
    [InlineData("least-busy", "LeastBusy")]
    [InlineData("latency-based-routing", "LowestLatency")]
    [InlineData("usage-based-routing", "LowestUsage")]
    [InlineData("usage-based-routing-v2", "LowestUsage")]
    [InlineData("cost-based-routing", "LowestCost")]
    public async Task A_strategy_is_the_groups(string name, string strategy)
    {
        string json = Config($"\"routing_strategy\": \"{name}\"", """{ "model": "gpt-4o" }""");

        await AnalyzerVerifier.VerifyJsonAsync(json);
        Assert.Contains($"Strategy = global::RouterGen.RoutingStrategy.{strategy},", GroupA(json));
    }

    [Fact]
    public void Without_a_strategy_none_is_stated() =>
        Assert.DoesNotContain("Strategy =", GroupA(Config("\"num_retries\": 1", """{ "model": "gpt-4o", "rpm": 5 }""")));

    [Theory]
    [InlineData("""{ "model": "gpt-4o", "rpm": 900 }""", """{ "model": "mistral/mistral-small-latest", "rpm": 300, "tpm": 1 }""", "0.75", "0.25")]
    [InlineData("""{ "model": "gpt-4o", "tpm": 900, "rpm": 1 }""", """{ "model": "mistral/mistral-small-latest", "tpm": 300 }""", "0.75", "0.25")]
    [InlineData("""{ "model": "gpt-4o", "rpm": 2000000000 }""", """{ "model": "mistral/mistral-small-latest", "rpm": 1 }""", "0.9999999995", "1E-06d")]
    [InlineData("""{ "model": "gpt-4o", "rpm": 900, "weight": 3 }""", """{ "model": "mistral/mistral-small-latest", "rpm": 300, "weight": 97 }""", "3", "97")]
    public async Task Simple_shuffle_shares_by_weight_else_rpm_else_tpm(string first, string second, string share, string other)
    {
        string json = Config("\"routing_strategy\": \"simple-shuffle\"", first, second);

        await AnalyzerVerifier.VerifyJsonAsync(json);
        string a = GroupA(json);
        Assert.Contains($"Weight = {share},", a);
        Assert.Contains($"Weight = {other},", a);
    }

    [Theory]
    [InlineData("""{ "model": "gpt-4o", "rpm": 900 }""", """{ "model": "mistral/mistral-small-latest", "tpm": 300 }""")]
    [InlineData("""{ "model": "gpt-4o" }""", """{ "model": "mistral/mistral-small-latest" }""")]
    public async Task Simple_shuffle_shares_equally_where_nothing_is_stated_of_all(string first, string second)
    {
        string json = Config("\"routing_strategy\": \"simple-shuffle\"", first, second);

        await AnalyzerVerifier.VerifyJsonAsync(json);
        Assert.DoesNotContain("Weight =", GroupA(json));
    }

    [Theory]
    [InlineData(""" "order": 1, """, "", "Order = 1,", "Order = 2,")]
    [InlineData("", """ "order": -3, """, "Order = -2,", "Order = -3,")]
    [InlineData(""" "order": 2147483647, """, """ "order": null, """, "Order = 2_147_483_647,", "Order = 2_147_483_647,")]
    [InlineData("", "", "Name = \"openai/gpt-4o\",", "Name = \"mistral/mistral-small-latest\",")]
    public async Task Who_states_no_order_comes_after_those_that_do(string ofFirst, string ofSecond, string first, string second)
    {
        string json = Config("", $$"""{ {{ofFirst}} "model": "gpt-4o" }""", $$"""{ {{ofSecond}} "model": "mistral/mistral-small-latest" }""");

        await AnalyzerVerifier.VerifyJsonAsync(json);
        string a = GroupA(json);
        Assert.InRange(a.IndexOf(first, StringComparison.Ordinal), 0, a.LastIndexOf(second, StringComparison.Ordinal));
        Assert.Equal(first.StartsWith("Order", StringComparison.Ordinal), a.Contains("Order ="));
    }

    [Fact]
    public void The_first_strategy_counts() => Assert.Contains("Strategy = global::RouterGen.RoutingStrategy.LeastBusy,", GroupA("""
        {
          "router_settings": { "routing_strategy": "least-busy" },
          "litellm_settings": { "routing_strategy": "simple-shuffle" },
          "model_list": [{ "model_name": "a", "litellm_params": { "model": "gpt-4o", "rpm": 5 } }]
        }
        """));

    [Fact]
    public async Task Arguments_tags_regions_budgets_and_checks_have_their_effect()
    {
        string json = Config(
            """
            "routing_strategy": "latency-based-routing", "routing_strategy_args": { "ttl": 30, "lowest_latency_buffer": 0.5 },
            "enable_tag_filtering": true, "optional_pre_call_checks": ["prompt_caching", "router_budget_limiting"]
            """,
            """{ "model": "gpt-4o", "tags": ["free", "eu"], "region_name": "eu", "max_budget": 10.5, "budget_duration": "30d" }""",
            """{ "model": "mistral/mistral-small-latest", "tags": null, "region_name": null, "max_budget": null, "budget_duration": null, "silent_model": null }""");

        await AnalyzerVerifier.VerifyJsonAsync(json);
        string a = GroupA(json);
        string[] expected =
        [
            "LatencyTtl = global::System.TimeSpan.FromSeconds(30),", "LatencyTolerance = 0.5,", "PromptCacheAffinity = true,", "Tags = [\"free\", \"eu\"],",
            "Region = \"eu\",", "Budget = 10.5m,", "BudgetPeriod = global::RouterGen.BudgetPeriod.Month,",
        ];
        Assert.All(expected, line => Assert.Contains(" " + line + "\n", a));
    }

    [Theory]
    [InlineData(""" "routing_strategy": {|RG0204:"provider-budget-routing"|} """, "Of LiteLLM's settings in router_settings, these have no effect here: 'provider-budget-routing' (state max_budget and budget_duration for each deployment)")]
    [InlineData(""" "routing_strategy": {|RG0203:17|} """, null)]
    [InlineData(""" "routing_strategy": null, "routing_strategy_args": null, "optional_pre_call_checks": null """, null)]
    [InlineData(""" "routing_strategy_args": {|RG0203:[]|} """, "'routing_strategy_args' must be an object")]
    [InlineData(""" "routing_strategy_args": { {|RG0206:"tttl"|}: 1 } """, "LiteLLM's 'tttl' is unknown, and has no effect; did you mean 'ttl'?")]
    [InlineData(""" "routing_strategy_args": { {|RG0204:"max_latency_list_size"|}: 1, "ttl": {|RG0203:"x"|} } """, null)]
    [InlineData(""" "routing_strategy_args": { "ttl": {|RG0108:0|} } """, null)]
    [InlineData(""" "optional_pre_call_checks": ["router_budget_limiting", {|RG0204:"session_affinity"|}] """, "Of LiteLLM's settings in optional_pre_call_checks, these have no effect here: 'session_affinity' (prompt_caching alone is there)")]
    [InlineData(""" "optional_pre_call_checks": [{|RG0203:1|}] """, "'optional_pre_call_checks[0]' must be a string")]
    [InlineData(""" "optional_pre_call_checks": [{|RG0014:"prompt_caching"|}] """, "'prompt_caching' of model group 'a' has no effect: there is no second deployment that could answer")]
    [InlineData("""{|RG0204:"provider_budget_config"|}: {} """, null)]
    [InlineData("""{|RG0204:"tag_filtering_match_any"|}: false """, null)]
    public Task Settings_that_are_wrong_or_have_no_effect(string settings, string? message) =>
        AnalyzerVerifier.VerifyJsonAsync(Config(settings, """{ "model": "gpt-4o" }"""), "", message is null ? [] : [message]);

    [Theory]
    [InlineData(""" "max_budget": {|RG0203:1|} """, "'max_budget' must be stated together with budget_duration")]
    [InlineData(""" "budget_duration": {|RG0203:"1d"|} """, "'budget_duration' must be stated together with max_budget")]
    [InlineData(""" "max_budget": 1, "budget_duration": {|RG0203:"7d"|} """, "'budget_duration' must be \"1m\", \"1h\", \"1d\" or \"1mo\"")]
    [InlineData(""" "max_budget": {|RG0203:"1"|}, "budget_duration": "1d" """, "'max_budget' must be a number")]
    [InlineData(""" "max_budget": {|RG0108:0|}, "budget_duration": "1d" """, null)]
    [InlineData(""" "tags": {|RG0203:"eu"|} """, "'tags' must be an array of strings")]
    [InlineData(""" "silent_model": {|RG0203:"nobody"|} """, "'silent_model' must be the name of another group of the model_list")]
    [InlineData(""" "silent_model": {|RG0203:"a"|} """, "'silent_model' must be the name of another group of the model_list")]
    [InlineData(""" "silent_model": {|RG0203:1|} """, "'silent_model' must be a string")]
    public Task Parameters_that_are_wrong(string parameters, string? message) =>
        AnalyzerVerifier.VerifyJsonAsync(Config("", $$"""{ "model": "gpt-4o", {{parameters}} }"""), "", message is null ? [] : [message]);

    [Fact]
    public Task A_setting_of_all_groups_has_an_effect_where_one_of_them_feels_it() => AnalyzerVerifier.VerifyJsonAsync("""
        {
          "router_settings": { "routing_strategy": "latency-based-routing", "routing_strategy_args": { "ttl": 30 }, "optional_pre_call_checks": ["prompt_caching"] },
          "model_list": [
            { "model_name": "alone", "litellm_params": { "model": "gpt-4o" } },
            { "model_name": "a", "litellm_params": { "model": "gpt-4o" } },
            { "model_name": "a", "litellm_params": { "model": "mistral/mistral-small-latest" } }
          ]
        }
        """);

    [Theory]
    [InlineData("", 0.25)]
    [InlineData(""" "silent_model": "b", """, 0.5)]
    public async Task A_silent_model_is_mirrored_once_for_each_call_of_a_deployment_that_states_it(string ofSecond, double share)
    {
        string json = $$"""
            [
              { "model_name": "a", "litellm_params": { "model": "gpt-4o", "silent_model": "b", "weight": 50 } },
              { "model_name": "a", "litellm_params": { {{ofSecond}} "model": "mistral/mistral-small-latest", "weight": 50 } },
              { "model_name": "b", "litellm_params": { "model": "gpt-4o-mini" } },
              { "model_name": "b", "litellm_params": { "model": "mistral/mistral-large-latest", "silent_model": "c" } },
              { "model_name": "c", "litellm_params": { "model": "claude-haiku-4-5" } }
            ]
            """;

        await AnalyzerVerifier.VerifyJsonAsync(json);
        Dictionary<string, string> files = Run(json);

        string a = files["Models.A.g.cs"];
        Assert.Equal(2, a.Split($"MirrorShare = {share.ToString(System.Globalization.CultureInfo.InvariantCulture)},").Length - 1);
        Assert.Contains("gpt-4o, mistral/mistral-small-latest, openai/gpt-4o-mini, mistral/mistral-large-latest.", a);
        Assert.Contains("MirrorShare = 0.5,", files["Models.B.g.cs"]);
        Assert.DoesNotContain("MirrorShare", files["Models.C.g.cs"]);
    }

    private static string Config(string settings, params string[] parameters) =>
        $$"""{ "router_settings": { {{settings}} }, "model_list": [{{string.Join(",\n", parameters.Select(one => $$"""{ "model_name": "a", "litellm_params": {{one}} }"""))}}] }""";

    private static string GroupA(string json) => Run(json)["Models.A.g.cs"];

    private static Dictionary<string, string> Run(string json) => new Verifier { Sources = [""], Files = [new UserFile(json)] }.Verify().Files;
}
