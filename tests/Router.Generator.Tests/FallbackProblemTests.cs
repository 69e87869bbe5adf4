using static RouterGen.Generator.Tests.ProblemFinder;

namespace RouterGen.Generator.Tests;

/// <summary>RG0008 and RG0011: what groups do for each other.</summary>
public class FallbackProblemTests
{
    private const string Small = """[ModelGroup("small"), Deployment("openai/gpt-4o", Group = "small")]""";

    [Theory]
    [InlineData("""Deployment("anthropic/claude-haiku-4-5"), Deployment("openai/gpt-4-turbo")""", true)]
    [InlineData("""Deployment("anthropic/claude-haiku-4-5"), Deployment("openai/gpt-4.1", MirrorShare = 0.1)""", true)]
    [InlineData("""Deployment("openai/gpt-4.1", InputLimit = 127_999)""", false)]
    [InlineData("""Deployment("openai/gpt-4.1", InputLimit = 128_000)""", true)]
    [InlineData("""Deployment("openai/gpt-4.1", ContextWindow = 8_000)""", false)]
    [InlineData("""Deployment("anthropic/claude-haiku-4-5"), Deployment("huggingface/org/m", InputPrice = 0, OutputPrice = 0)""", false)]
    public void RG0008_compares_the_longest_prompts_where_all_are_known(string deployments, bool isTold)
    {
        List<FoundProblem> found = Find(Class(Small), Class($"""[ModelGroup("a", ContextWindowFallbacks = ["small"]), {deployments}]"""));

        Assert.Equal(isTold ? ["RG0008 \"small\""] : [], found.Select(problem => $"{problem.Id} {problem.Text}"));
    }

    [Fact]
    public void RG0008_points_at_the_one_of_several_fallbacks() => Assert.Equal(("RG0008", "\"small\""), Single(
        Class(Small),
        Class("""[ModelGroup("long"), Deployment("openai/gpt-4.1")]"""),
        Class("""[ModelGroup("a", ContextWindowFallbacks = ["long", "small"]), Deployment("anthropic/claude-haiku-4-5")]""")) switch { var problem => (problem.Id, problem.Text) });

    [Fact]
    public void RG0008_is_silent_of_a_fallback_of_which_something_else_is_wrong() => Assert.Equal(["RG0105"], Find(
        Class("""[ModelGroup("small"), Deployment("openai/gpt-4o", Weight = 0)]"""),
        Class("""[ModelGroup("a", ContextWindowFallbacks = ["small"]), Deployment("anthropic/claude-haiku-4-5")]""")).Select(problem => problem.Id));

    [Theory]
    [InlineData("""Deployment("openai/gpt-4o"), Deployment("openai/gpt-4o", ApiKeyEnv = "OTHER")""")]
    [InlineData("""Deployment("openai/gpt-4o"), Deployment("openai/gpt-4.1", Endpoint = "https://api.openai.com/v2", EndpointEnv = "OPENAI_BASE_URL")""")]
    [InlineData("""Deployment("openrouter/openai/gpt-4o"), Deployment("openrouter/anthropic/claude-3-haiku")""")]
    [InlineData("""Deployment("openai/gpt-4o", Order = 1), Deployment("openai/gpt-4.1")""")]
    [InlineData("""Deployment("openai/gpt-4o", Region = "eu"), Deployment("openai/gpt-4.1", Region = "EU")""")]
    [InlineData("""Deployment("openai/gpt-4o"), Deployment("openai/gpt-4.1"), Deployment("anthropic/claude-haiku-4-5", MirrorShare = 0.1)""")]
    public void RG0011_fires_where_one_server_serves_all(string deployments) => Assert.Equal(("RG0011", "\"a\""), Single(Class($"""[ModelGroup("a"), {deployments}]""")) switch { var problem => (problem.Id, problem.Text) });

    [Theory]
    [InlineData("""Deployment("openai/gpt-4o")""")]
    [InlineData("""Deployment("openai/gpt-4o"), Deployment("openai/gpt-4o", EndpointEnv = "PROXY_URL")""")]
    [InlineData("""Deployment("openai/gpt-4o"), Deployment("openai/gpt-4o", Endpoint = "https://eu.api.openai.com/v1")""")]
    [InlineData("""Deployment("openai/gpt-4o", Region = "eu"), Deployment("openai/gpt-4.1", Region = "us")""")]
    [InlineData("""Deployment("openai/gpt-4o"), Deployment("openai/gpt-4.1", MirrorShare = 0.1)""")]
    [InlineData("""Deployment("ollama/llama3.1"), Deployment("ollama/qwen3")""")]
    public void RG0011_is_silent_where_a_failover_helps_or_was_not_meant(string deployments) => Assert.Empty(Find(Class($"""[ModelGroup("a"), {deployments}]""")));

    [Fact]
    public void RG0011_is_silent_where_fallbacks_lead_to_another_provider_at_last() => Assert.Empty(Find(
        Class("""[ModelGroup("a", Fallbacks = ["small"]), Deployment("openai/gpt-4o"), Deployment("openai/gpt-4.1")]"""),
        Class("""[ModelGroup("small", Fallbacks = ["other"]), Deployment("openai/gpt-4o")]"""),
        Class("""[ModelGroup("other"), Deployment("anthropic/claude-haiku-4-5")]""")));

    [Fact]
    public void RG0011_fires_where_fallbacks_stay_with_the_provider_or_are_for_another_occasion() => Assert.Equal(["RG0011"], Find(
        Class(Small),
        Class("""[ModelGroup("a", Fallbacks = ["small"], ContentPolicyFallbacks = ["other"]), Deployment("openai/gpt-4o"), Deployment("openai/gpt-4.1")]"""),
        Class("""[ModelGroup("other"), Deployment("anthropic/claude-haiku-4-5")]""")).Select(problem => problem.Id));

    [Theory]
    [InlineData("""[ModelGroup("a", Fallbacks = ["nobody"]), Deployment("openai/gpt-4o"), Deployment("openai/gpt-4.1")]""", "RG0006")]
    [InlineData("""[ModelGroup("a"), Deployment("openai/gpt-4o"), Deployment("openai/gpt-4o")]""", "RG0110")]
    [InlineData("""[ModelGroup("a"), Deployment("openai/gpt-4o"), Deployment("openai/gpt-4.1"), Deployment("antropic/x")]""", "RG0101")]
    public void RG0011_leaves_the_word_to_what_is_worse(string attributes, string id) => Assert.Equal(id, Single(Class(attributes)).Id);

    [Theory]
    [InlineData("MaxAttempts = 5, AttemptTimeoutSeconds = 121", true)]
    [InlineData("MaxAttempts = 5, AttemptTimeoutSeconds = 120", false)]
    [InlineData("MaxAttempts = 5, TimeoutSeconds = 1", false)]
    [InlineData("AttemptTimeoutSeconds = 121, TimeoutSeconds = 60", false)]
    [InlineData("MaxAttempts = 2, AttemptTimeoutSeconds = 500, TimeoutSeconds = 1000", false)]
    public void RG0013_compares_what_is_stated_with_the_deadline(string settings, bool isTold) => Assert.Equal(
        isTold ? ["RG0013"] : [], Find(Class($"""[ModelGroup("a", {settings}), Deployment("openai/gpt-4o")]""")).Select(problem => problem.Id));

    [Fact]
    public Task RG0013_is_told_once_of_a_setting_of_all_groups() => AnalyzerVerifier.VerifyJsonAsync("""
        {
          "model_list": [
            { "model_name": "a", "litellm_params": { "model": "openai/gpt-4o" } },
            { "model_name": "b", "litellm_params": { "model": "openai/gpt-4o" } }
          ],
          "router_settings": { "num_retries": 3, "timeout": {|RG0013:300|} }
        }
        """);

    [Theory]
    [InlineData("""Deployment("openai/gpt-4o", Tpm = 500, MaxOutputTokens = 501)""", true)]
    [InlineData("""Deployment("openai/gpt-4o", Tpm = 500, MaxOutputTokens = 500)""", false)]
    [InlineData("""Deployment("openai/gpt-4o", Tpm = 500)""", false)]
    [InlineData("""Deployment("anthropic/claude-haiku-4-5", MaxOutputTokens = 50_000)""", false)]
    public void RG0109_compares_with_what_is_asked_for(string deployment, bool isTold) =>
        Assert.Equal(isTold ? ["RG0109"] : [], Find(Class($"""[ModelGroup("a"), {deployment}]""")).Select(problem => problem.Id));
}
