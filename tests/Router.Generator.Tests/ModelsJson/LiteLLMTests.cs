using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Sources;

namespace RouterGen.Generator.Tests;

/// <summary>A LiteLLM configuration that is pasted in works, and says what of it has no effect.</summary>
public class LiteLLMTests
{
    // The shape of the example with which LiteLLM's documentation of its router begins, as JSON.
    private const string Documented = """
        {
          "model_list": [
            { "model_name": "gpt-3.5-turbo",
              "litellm_params": { "model": "openai/gpt-3.5-turbo", "api_key": "os.environ/FIRST_KEY", "api_base": "https://first.example/v1", "rpm": 900, "tpm": 100000 } },
            { "model_name": "gpt-3.5-turbo",
              "litellm_params": { "model": "gpt-3.5-turbo", "api_key": "os.environ/SECOND_KEY", "weight": 9 },
              "model_info": { "id": "second", "mode": "chat" } },
            { "model_name": "claude",
              "litellm_params": { "model": "claude-haiku-4-5", "input_cost_per_token": 0.0000025, "output_cost_per_token": 1e-5, "order": 2, "max_parallel_requests": 7 } }
          ],
          "router_settings": {
            "num_retries": 2, "timeout": 30, "allowed_fails": 3, "cooldown_time": 60, "routing_strategy": "simple-shuffle",
            "fallbacks": [{ "gpt-3.5-turbo": ["claude"] }],
            "model_group_alias": { "gpt-4": "gpt-3.5-turbo", "opus": { "model": "claude", "hidden": true } }
          }
        }
        """;

    [Fact]
    public async Task The_documented_example_compiles_without_a_word()
    {
        await AnalyzerVerifier.VerifyJsonAsync(Documented);
        Dictionary<string, string> files = Run(Documented).Files;

        string turbo = files["Models.Gpt35Turbo.g.cs"];
        Assert.Contains("\"https://first.example/v1\"", turbo);
        Assert.Contains("\"FIRST_KEY\"", turbo);
        Assert.Contains("\"second\"", turbo);
        Assert.Contains("Weight = 9", turbo);
        Assert.Contains("Rpm = 900", turbo);
        Assert.Contains("MaxAttempts = 6,", turbo); // Three tries of it, and three of its fallback.
        Assert.Contains("AttemptTimeout = global::System.TimeSpan.FromSeconds(30", turbo);
        Assert.Contains("Cooldown = global::System.TimeSpan.FromSeconds(60", turbo);
        Assert.Contains("AllowedFails = 3,", turbo);
        Assert.Contains("Fallbacks => _fallbacks ??= [global::Models.ClaudeGroup.In(_override)];", turbo);
        string claude = files["Models.Claude.g.cs"];
        Assert.Contains("\"ANTHROPIC_API_KEY\"", claude);
        Assert.Contains("2.5m", claude);
        Assert.Contains("10m", claude);
        Assert.Contains("MaxConcurrency = 7", claude);
        Assert.Contains("MaxAttempts = 3,", claude);
        Assert.Contains("gpt-3.5-turbo", files["Models.Gpt4.g.cs"]);
        Assert.Contains("claude-haiku-4-5", files["Models.Opus.g.cs"]);
    }

    [Fact]
    public void A_list_alone_is_enough() =>
        Assert.Contains("Models.A.g.cs", Run("""[{ "model_name": "a", "litellm_params": { "model": "gpt-4o" } }]""").Files.Keys);

    [Fact]
    public void A_models_limits_are_not_the_limit_that_is_sent()
    {
        GeneratorRun run = Run("""
            [{ "model_name": "a",
               "litellm_params": { "model": "gpt-5", "max_tokens": 500 },
               "model_info": { "max_input_tokens": 200000, "max_output_tokens": 64000 } }]
            """);

        Assert.Contains("ModelLimits = new(ContextWindow: 400_000, InputLimit: 200_000, OutputLimit: 64_000),", run.Files["Models.A.g.cs"]);
        Assert.Contains("DefaultMaxOutputTokens = 500,", Assert.Single(run.Constants).Value);
    }

    [Fact]
    public void A_list_adds_to_a_group_of_code()
    {
        GeneratorRun run = new Verifier
        {
            Sources = [ProblemFinder.Class("""[ModelGroup("a"), Deployment("anthropic/claude-haiku-4-5")]""")],
            Files = [new UserFile("""[{ "model_name": "a", "litellm_params": { "model": "gpt-4o" } }]""")],
        }.Verify();

        Assert.Contains("anthropic/claude-haiku-4-5, openai/gpt-4o.", run.Files["Models.A.g.cs"]);
    }

    [Theory]
    [InlineData("""{|RG0204:"temperature"|}: 0.5""", "Of LiteLLM's settings in litellm_params, these have no effect here: 'temperature' (state it for each call in ChatOptions)")]
    [InlineData("""{|RG0204:"api_version"|}: "2024-02-01" """, "Of LiteLLM's settings in litellm_params, these have no effect here: 'api_version' (addresses of its provider have no version)")]
    [InlineData("""{|RG0206:"api_bas"|}: "https://a" """, "LiteLLM's 'api_bas' is unknown, and has no effect; did you mean 'api_base'?")]
    [InlineData("""{|RG0204:"of_next_year"|}: 1, "n": 1 """, "Of LiteLLM's settings in litellm_params, these have no effect here: 'of_next_year' (nothing here is known by this name); 'n' (state it for each call in ChatOptions)")]
    [InlineData(""" "api_key": {|RG0111:"sk-proj-Zq81xW0yKp4T7nB2"|} """, "The value of api_key looks like an API key: keep it out of the source, put it into an environment variable and name that with \"os.environ/…\"")]
    [InlineData(""" "api_base": {|RG0114:"http://example.com"|} """, null)]
    [InlineData(""" "rpm": {|RG0203:"many"|} """, "'rpm' must be a whole number")]
    [InlineData(""" "rpm": {|RG0108:0|} """, "rpm must be greater than 0, but is 0")]
    [InlineData(""" "input_cost_per_token": {|RG0108:5|} """, "input_cost_per_token must be from 0 to 1000000, in USD per million tokens, but is 5000000")]
    [InlineData(""" "rpm": null, "api_key": null, "api_base": null, "weight": 1 """, null)]
    public Task Parameters(string parameters, string? message) => AnalyzerVerifier.VerifyJsonAsync(
        $$"""{ "model_list": [{ "model_name": "a", "litellm_params": { "model": "openai/gpt-4o", {{parameters}} } }] }""", "", message is null ? [] : [message]);

    [Theory]
    [InlineData(""" "routing_strategy": "least-busy" """)]
    [InlineData(""" "routing_strategy": {|RG0203:"fastest"|} """)]
    [InlineData("""{|RG0204:"redis_host"|}: "os.environ/REDIS" """)]
    [InlineData("""{|RG0206:"num_retry"|}: 3""")]
    [InlineData(""" "num_retries": {|RG0203:-1|} """)]
    [InlineData(""" "fallbacks": [{ "a": [{|RG0006:"c"|}] }] """)]
    [InlineData(""" "fallbacks": [{ {|RG0206:"aa"|}: ["b"] }, { {|RG0204:"of-another-file"|}: ["b"] }] """)]
    [InlineData(""" "fallbacks": [{ "a": ["b"] }, { "b": ["a"] }] """)]
    [InlineData(""" "fallbacks": [{ "a": [{|RG0007:"a"|}, "b"] }] """)]
    [InlineData(""" "default_fallbacks": ["a", "b"] """)]
    [InlineData(""" "fallbacks": [{ "*": ["b"] }] """)]
    [InlineData(""" "default_fallbacks": ["b"], "context_window_fallbacks": [{ "a": [{|RG0008:"b"|}] }], "timeout": null """)]
    [InlineData(""" "timeout": {|RG0203:"long"|} """)]
    [InlineData(""" "model_group_alias": { "c": {|RG0203:"d"|} } """)]
    public Task Router_settings(string settings) => AnalyzerVerifier.VerifyJsonAsync(
        $$"""{ "router_settings": { {{settings}} }, "model_list": [{{Entry("a", "gpt-4o")}}, {{Entry("b", "gpt-4o-mini")}}] }""");

    [Theory]
    [InlineData("""{|RG0204:"general_settings"|}: { "master_key": "os.environ/KEY" }""")]
    [InlineData("""{|RG0204:"environment_variables"|}: { }""")]
    [InlineData(""" "litellm_settings": { {|RG0204:"drop_params"|}: true, "num_retries": 1 } """)]
    [InlineData("""{|RG0206:"modellist"|}: []""")]
    [InlineData("""{|RG0204:"general_settings"|}: { }, "x-anchors": { }, "guardrails": [] """)]
    public Task Parts(string part) => AnalyzerVerifier.VerifyJsonAsync($$"""{ "model_list": [{{Entry("a", "gpt-4o")}}], {{part}} }""");

    [Theory]
    [InlineData("""{|RG0203:{ "litellm_params": { "model": "gpt-4o" } }|}""")]
    [InlineData("""{|RG0203:{ "model_name": "a" }|}""")]
    [InlineData("""{ "model_name": {|RG0203:1|}, "litellm_params": { "model": "gpt-4o" } }""")]
    [InlineData("""{ "model_name": "a", "litellm_params": {|RG0203:{ }|} }""")]
    [InlineData("""{ "model_name": "a", "litellm_params": { "model": {|RG0101:"gpt-unheard-of"|} } }""")]
    [InlineData("""{ "model_name": "a", "litellm_params": { "model": "gpt-4o" }, "model_info": { {|RG0204:"mode"|}: "realtime", "team": "x" } }""")]
    [InlineData("""{ "model_name": "a", "litellm_params": { "model": "gpt-4o", "custom_llm_provider": "openai" } }""")]
    public Task Entries(string entry) => AnalyzerVerifier.VerifyJsonAsync($"[{entry}]");

    [Theory]
    [InlineData("""{ "model_name": {|RG0204:"*"|}, "litellm_params": { "model": "openai/*", "api_key": "os.environ/X" } }""", "Of LiteLLM's settings in model_list, these have no effect here: '*' (a wildcard names no model, so the entry is left out; state an entry for each model that is used)")]
    [InlineData("""{ "model_name": "any", "litellm_params": { "model": {|RG0204:"openai/*"|} } }""", "Of LiteLLM's settings in model_list, these have no effect here: 'openai/*' (a wildcard names no model, so the entry is left out; state an entry for each model that is used)")]
    [InlineData("""{ "model_name": "a", "litellm_params": { "model": {|RG0208:"sagemaker/claude"|} } }""", "Deployment 'sagemaker/claude' is left out, because provider 'sagemaker' is not there yet: where it speaks a wire format that is there, declare it under \"providers\"")]
    [InlineData("""{ "model_name": "a", "litellm_params": { "model": {|RG0101:"antropic/claude"|} } }""", "Deployment 'antropic/claude' names the unknown provider 'antropic'; did you mean 'anthropic/claude'?")]
    [InlineData("""{ "model_name": "a", "litellm_params": { "model": {|RG0208:"of-next-year/model"|} } }""", "Deployment 'of-next-year/model' is left out, because provider 'of-next-year' is not there yet: where it speaks a wire format that is there, declare it under \"providers\"")]
    public async Task What_cannot_be_is_left_out_and_told(string entry, string message)
    {
        string json = $"[{Entry("a", "gpt-4o")}, {entry}]";

        await AnalyzerVerifier.VerifyJsonAsync(json, "", message);
        Assert.Equal(["Models.A.g.cs"], Run(json).Files.Keys.Where(file => file.StartsWith("Models.", StringComparison.Ordinal) && file != "Models.g.cs"));
    }

    [Theory]
    [InlineData(""" "cooldown_time": {|RG0108:0|} """, "cooldown_time must be greater than 0 and at most 2147483, but is 0")]
    [InlineData("""{|RG0204:"retry_policy"|}: {} """, "Of LiteLLM's settings in router_settings, these have no effect here: 'retry_policy' (which failures are retried is decided by what failed; state num_retries for how often, or CallOptions.Retries for a call)")]
    [InlineData(""" "routing_strategy_args": { "ttl": {|RG0014:30|} } """, "'ttl' of model group 'a' has no effect: it is for the strategy LowestLatency")]
    public Task What_is_told_of_a_setting_calls_it_what_the_file_does(string setting, string message) => AnalyzerVerifier.VerifyJsonAsync(
        $$"""{ "router_settings": { {{setting}} }, "model_list": [{{Entry("a", "gpt-4o")}}, {{Entry("b", "gpt-4o-mini")}}] }""", "", message);

    [Fact]
    public async Task The_longest_timeout_of_a_group_counts()
    {
        const string Json = """
            [
              { "model_name": "a", "litellm_params": { "model": "gpt-4o", {|RG0204:"timeout"|}: 10 } },
              { "model_name": "a", "litellm_params": { "model": "claude-haiku-4-5", "timeout": 20, "stream_timeout": 5 } }
            ]
            """;

        await AnalyzerVerifier.VerifyJsonAsync(Json);
        string a = Run(Json).Files["Models.A.g.cs"];
        Assert.Contains("\n            AttemptTimeout = global::System.TimeSpan.FromSeconds(20", a);
        Assert.Contains("FirstTokenTimeout = global::System.TimeSpan.FromSeconds(5", a);
    }

    [Fact]
    public void A_configuration_cut_anywhere_breaks_nothing()
    {
        for (int length = 0; length < Documented.Length; length++)
        {
            ModelsReader.Read(new SourceFile("models.json", Documented[..length]));
        }
    }

    private static string Entry(string group, string model) => $$"""{ "model_name": "{{group}}", "litellm_params": { "model": "{{model}}" } }""";

    private static GeneratorRun Run(string markup)
    {
        Markup file = Markup.Parse(markup);
        return new Verifier { Sources = [""], Files = [new UserFile(file.Source)], Problems = [.. file.Expected.Select(problem => problem.Id)] }.Verify();
    }
}
