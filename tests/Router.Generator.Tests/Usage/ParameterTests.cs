namespace RouterGen.Generator.Tests.Usage;

/// <summary>RG0117: a call states a parameter, and a deployment goes without it.</summary>
public class ParameterTests
{
    private const string Groups = """

        [ModelGroup("mixed")]
        [Deployment("openai/o4-mini"), Deployment("openai/gpt-4o"), Deployment("anthropic/claude-haiku-4-5")]
        public static partial class Mixed { }

        [ModelGroup("reasoning")]
        [Deployment("openai/o3"), Deployment("openai/gpt-5-mini")]
        public static partial class Mixed { }

        """;

    private static Task VerifyAsync(string statements, params string[] messages) => UsageVerifier<RouterGen.Analyzers.Usage.ParameterAnalyzer>.VerifyAsync(
        $$"""public class Caller { void Ask(float? maybe, float certain, List<string> more) { {{statements}} } void Change(ChatOptions options) { } }""" + Groups, messages);

    [Fact]
    public Task It_names_the_deployment_that_goes_without() => VerifyAsync(
        """Mixed.MixedGroup.Complete("Hello", new ChatOptions { Temperature = {|RG0117:0.2f|} });""",
        "Temperature is not sent to 'openai/o4-mini', which does not take it");

    [Fact]
    public Task It_names_all_that_go_without() => VerifyAsync(
        """Mixed.Reasoning.Complete("Hello", new() { StopSequences = {|RG0117:["."]|} });""",
        "StopSequences is not sent to 'openai/o3' and 'openai/gpt-5-mini', which do not take it");

    [Theory]
    [InlineData("""Mixed.Reasoning.CompleteAsync("Hello", new ChatOptions { TopP = {|RG0117:certain|} });""")]
    [InlineData("""Mixed.Reasoning.GetResponseAsync("Hello", new ChatOptions { TopK = {|RG0117:40|}, Seed = 7 });""")]
    [InlineData("""_ = Mixed.Reasoning.StreamAsync("Hello", new ChatOptions { FrequencyPenalty = {|RG0117:1|}, PresencePenalty = {|RG0117:-1|} });""")]
    [InlineData("""var options = new ChatOptions { Temperature = 0 }; Mixed.Reasoning.Complete("Hello", {|RG0117:options|});""")]
    [InlineData("""Models.Fast.Complete("Hello", new ChatOptions { Seed = {|RG0117:7|} });""")]
    [InlineData("""Router own = new(); own.Own.Complete("Hello", new ChatOptions { Reasoning = {|RG0117:new() { Effort = ReasoningEffort.Low }|} });""")]
    public Task It_fires_for_options_that_are_certain(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("""Models.Fast.Complete("Hello", new ChatOptions { Temperature = 0, TopP = 0.5f, StopSequences = ["."] });""")]
    [InlineData("""Mixed.Reasoning.Complete("Hello", new ChatOptions { Seed = 7, Reasoning = new() { Effort = ReasoningEffort.High } });""")]
    [InlineData("""Mixed.Reasoning.Complete("Hello", new ChatOptions { Temperature = maybe, TopP = null, StopSequences = more });""")]
    [InlineData("""Mixed.Reasoning.Complete("Hello", new ChatOptions { StopSequences = [] });""")]
    [InlineData("""Router own = new(); own.Own.Complete("Hello", new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.None } });""")]
    [InlineData("""var options = new ChatOptions { Temperature = 0 }; options.Temperature = null; Mixed.Reasoning.Complete("Hello", options);""")]
    [InlineData("""var options = new ChatOptions { Temperature = 0 }; Change(options); Mixed.Reasoning.Complete("Hello", options);""")]
    [InlineData("""ChatGroup group = Mixed.Reasoning; group.Complete("Hello", new ChatOptions { Temperature = 0 });""")]
    public Task It_does_not_fire_for_what_is_taken_or_uncertain(string statements) => VerifyAsync(statements);

    [Fact]
    public Task It_survives_broken_source() => UsageVerifier<RouterGen.Analyzers.Usage.ParameterAnalyzer>.VerifySurvivesAsync("""
        void Ask(float? some)
        {
            var options = new ChatOptions { Temperature = some, Seed = 7, Reasoning = new() { Effort = ReasoningEffort.Low }, StopSequences = ["."] };
            Models.Fast.Complete("Hello", options);
        }
        """);
}
