namespace RouterGen.Generator.Tests;

/// <summary>What bounds a call, from attributes, models.json and LiteLLM to the emitted definition.</summary>
public class CallBoundsTests
{
    private const string Attributes = """
        [ModelGroup(
            "a", MaxRetries = 0, RetryBackoffSeconds = 0.5, MaxRetryBackoffSeconds = 4, MaxRetryAfterSeconds = 30, ConnectTimeoutSeconds = 2, MaxAnswerBytes = 1000000,
            AttemptTimeoutSeconds = 20, FirstTokenTimeoutSeconds = 5, StreamIdleTimeoutSeconds = 7, Hedge = true, HedgeDelaySeconds = 1.5)]
        [Deployment("openai/gpt-4o")]
        [Deployment("anthropic/claude-haiku-4-5")]
        """;

    private const string Json = """
        { "groups": { "a": {
            "maxRetries": 0, "retryBackoffSeconds": 0.5, "maxRetryBackoffSeconds": 4, "maxRetryAfterSeconds": 30, "connectTimeoutSeconds": 2, "maxAnswerBytes": 1000000,
            "attemptTimeoutSeconds": 20, "firstTokenTimeoutSeconds": 5, "streamIdleTimeoutSeconds": 7, "hedge": true, "hedgeDelaySeconds": 1.5,
            "deployments": ["openai/gpt-4o", "anthropic/claude-haiku-4-5"]
        } } }
        """;

    // Without retries there are no pauses.
    private static readonly string[] Problems = ["RG0014", "RG0014"];

    [Fact]
    public void All_that_is_stated_is_emitted_and_described()
    {
        string code = Verifier.VerifyDespite(Problems, ProblemFinder.Class(Attributes)).Files["Models.A.g.cs"];

        string[] lines =
        [
            "MaxRetries = 0,",
            "RetryBackoff = global::System.TimeSpan.FromSeconds(0.5),",
            "MaxRetryBackoff = global::System.TimeSpan.FromSeconds(4),",
            "MaxRetryAfter = global::System.TimeSpan.FromSeconds(30),",
            "ConnectTimeout = global::System.TimeSpan.FromSeconds(2),",
            "MaxAnswerBytes = 1_000_000,",
            "AttemptTimeout = global::System.TimeSpan.FromSeconds(20),",
            "FirstTokenTimeout = global::System.TimeSpan.FromSeconds(5),",
            "StreamIdleTimeout = global::System.TimeSpan.FromSeconds(7),",
            "HedgeDelay = global::System.TimeSpan.FromSeconds(1.5),",
        ];
        Assert.All(lines, line => Assert.Contains(" " + line + "\n", code));
        string[] phrases = ["at most 0 retries", "first retry after 0.5 s", "retries at most 4 s apart", "Retry-After up to 30 s", "connect timeout 2 s", "answers of at most 1,000,000 bytes", "hedged after 1.5 s"];
        Assert.All(phrases, phrase => Assert.Contains(phrase, code));
    }

    [Fact]
    public void JSON_and_attributes_come_to_the_same_files() => Assert.Equal(
        Verifier.VerifyDespite(Problems, ProblemFinder.Class(Attributes)).Files,
        new Verifier { Sources = ["public static partial class Models;"], Files = [new UserFile(Json)], Problems = Problems }.Verify().Files);

    [Theory]
    [InlineData("MaxRetries", "-1", "MaxRetries must be 0 or greater, but is -1")]
    [InlineData("RetryBackoffSeconds", "-1", "RetryBackoffSeconds must be 0 or greater and at most 2147483, but is -1")]
    [InlineData("MaxRetryBackoffSeconds", "0", "MaxRetryBackoffSeconds must be greater than 0 and at most 2147483, but is 0")]
    [InlineData("MaxRetryAfterSeconds", "0", "MaxRetryAfterSeconds must be greater than 0 and at most 2147483, but is 0")]
    [InlineData("ConnectTimeoutSeconds", "1e9", "ConnectTimeoutSeconds must be greater than 0 and at most 2147483, but is 1000000000")]
    [InlineData("MaxAnswerBytes", "0", "MaxAnswerBytes must be greater than 0 and at most 1073741824, but is 0")]
    [InlineData("MaxAnswerBytes", "1073741825", "MaxAnswerBytes must be greater than 0 and at most 1073741824, but is 1073741825")]
    public void What_is_out_of_bounds_is_reported(string setting, string value, string message)
    {
        FoundProblem problem = ProblemFinder.Single(ProblemFinder.Class($"""[ModelGroup("a", {setting} = {value}), Deployment("openai/gpt-4o")]"""));
        Assert.Equal(("RG0108", value, message), (problem.Id, problem.Text, problem.Message));
    }

    [Theory]
    [InlineData("HedgeDelaySeconds = 1", "'HedgeDelaySeconds' of model group 'a' has no effect: calls are hedged only where Hedge is true")]
    [InlineData("MaxRetries = 0, RetryBackoffSeconds = 1", "'RetryBackoffSeconds' of model group 'a' has no effect: MaxRetries is 0, so that no deployment is asked again")]
    [InlineData("MaxAttempts = 1, MaxRetryBackoffSeconds = 1", "'MaxRetryBackoffSeconds' of model group 'a' has no effect: MaxAttempts is 1, so that no deployment is asked again")]
    [InlineData("RetryBackoffSeconds = 0, MaxRetryBackoffSeconds = 1", "'MaxRetryBackoffSeconds' of model group 'a' has no effect: RetryBackoffSeconds is 0, so that there are no pauses")]
    [InlineData("RetryBackoffSeconds = 9, MaxRetryBackoffSeconds = 5", "'MaxRetryBackoffSeconds' of model group 'a' has no effect: a pause is no shorter than RetryBackoffSeconds, 9 s")]
    public void What_has_no_effect_is_reported(string settings, string message)
    {
        FoundProblem problem = ProblemFinder.Single(ProblemFinder.Class($"""[ModelGroup("a", {settings}), Deployment("openai/gpt-4o")]"""));
        Assert.Equal(("RG0014", message), (problem.Id, problem.Message));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(0, false)] // LiteLLM's default, and no wish for no pause.
    public void LiteLLMs_least_pause_is_the_first(int seconds, bool isStated)
    {
        string json = $$"""{ "model_list": [{ "model_name": "a", "litellm_params": { "model": "gpt-4o" } }], "router_settings": { "retry_after": {{seconds}} } }""";
        string code = new Verifier { Sources = [""], Files = [new UserFile(json)] }.Verify().Files["Models.A.g.cs"];
        Assert.Equal(isStated, code.Contains("RetryBackoff = global::System.TimeSpan.FromSeconds(5),", StringComparison.Ordinal));
    }
}
