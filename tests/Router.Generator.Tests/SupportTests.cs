using static RouterGen.Generator.Tests.ProblemFinder;
using UsageVerifier = RouterGen.Generator.Tests.Usage.UsageVerifier<RouterGen.Analyzers.Usage.FeatureAnalyzer>;

namespace RouterGen.Generator.Tests;

/// <summary>What a deployment states to support goes over what the catalog knows; a model that is not listed is asked, one that is known to lack a feature is not.</summary>
public class SupportTests
{
    [Theory]
    [InlineData("openai/gpt-6.2-sol", "Feature.Tools | Feature.Vision", "Tools, Vision")]
    [InlineData("openai/gpt-6-luna", "Feature.None", "")]
    [InlineData("openai/gpt-6-luna", "Feature.JsonSchema", "JsonSchema")]
    [InlineData("ollama/qwen3", "Feature.Tools", "Tools")]
    [InlineData("vllm/any", "Feature.Vision | Feature.Audio | Feature.Documents", "Vision, Audio, Documents")]
    [InlineData("deepseek/deepseek-flash", "Feature.Tools | Feature.JsonSchema", "JsonSchema, Tools")]
    public void What_is_stated_is_all_that_there_is(string model, string stated, string expected)
    {
        GeneratorRun run = Verifier.Verify(Class($$"""[ModelGroup("a"), Deployment("{{model}}", Supports = {{stated}})]"""));

        Assert.Equal(expected, CapabilitiesOf(run));
    }

    [Theory]
    [InlineData("\"supports\": [\"tools\", \"jsonSchema\"]", "JsonSchema, Tools")]
    [InlineData("\"supports\": [\"Vision\"]", "Vision")]
    [InlineData("\"supports\": []", "")]
    [InlineData("\"supports\": [\"none\"]", "")]
    public void A_file_states_the_same(string stated, string expected)
    {
        GeneratorRun run = new Verifier { Sources = [], Files = [new UserFile($$"""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-6-luna", {{stated}} }] } } }""")] }.Verify();

        Assert.Equal(expected, CapabilitiesOf(run));
    }

    [Theory]
    [InlineData("\"supports\": {|RG0203:[\"smell\"]|}")]
    [InlineData("\"supports\": {|RG0203:\"tools\"|}")]
    [InlineData("\"supports\": {|RG0203:[1]|}")]
    [InlineData("\"supports\": {|RG0203:true|}")]
    public Task A_feature_that_is_none_is_told(string stated) => AnalyzerVerifier.VerifyJsonAsync(
        $$"""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-6-luna", {{stated}} }] } } }""", "",
        "'supports' must be an array of \"none\", \"tools\", \"jsonSchema\", \"vision\", \"audio\" or \"documents\"");

    [Theory]
    [InlineData("""Deployment("anthropic/claude-haiku-5-5", Supports = Feature.Audio)""", "Deployment 'anthropic/claude-haiku-5-5' cannot support audio: the wire format AnthropicMessages cannot carry it")]
    [InlineData("""Deployment("openai/text-embedding-3-small", Supports = Feature.Tools)""", "Deployment 'openai/text-embedding-3-small' cannot support anything of this: an embedding model takes none of it")]
    [InlineData("""Deployment("openai/gpt-6-luna", Supports = (Feature)64)""", "Deployment 'openai/gpt-6-luna' cannot support something else: Feature does not define it")]
    public void RG0118_tells_what_cannot_be(string deployment, string message)
    {
        FoundProblem problem = Single(Class($$"""[ModelGroup("a"), {{deployment}}]"""));

        Assert.Equal(("RG0118", message), (problem.Id, problem.Message));
    }

    [Theory]
    [InlineData("openai/gpt-9-nova", "JsonSchema, Tools, Vision, Audio, Documents")]
    [InlineData("anthropic/claude-opus-9", "JsonSchema, Tools, Vision, Documents")]
    [InlineData("openrouter/new/model", "JsonSchema, Tools, Vision, Documents")]
    [InlineData("here/any", "JsonSchema, Tools, Vision, Audio, Documents")]
    [InlineData("claudelike/any", "JsonSchema, Tools, Vision, Documents")]
    public void A_model_that_is_not_listed_is_asked(string model, string expected) => Assert.Equal(expected, CapabilitiesOf(
        Verifier.Verify(Class($$"""
            [Provider("here", Dialect.OpenAIChat, Endpoint = "http://localhost:1/v1")]
            [Provider("claudelike", Dialect.AnthropicMessages, Endpoint = "http://localhost:2")]
            [ModelGroup("a"), Deployment("{{model}}")]
            """))));

    [Theory]
    [InlineData("openai/gpt-6.2-sol", "JsonSchema, Vision, Documents")]
    [InlineData("deepseek/deepseek-flash", "Tools")]
    [InlineData("openai/o3-mini", "JsonSchema, Tools")]
    public void A_model_that_is_known_to_lack_a_feature_is_not(string model, string expected) =>
        Assert.Equal(expected, CapabilitiesOf(Verifier.Verify(Class($$"""[ModelGroup("a"), Deployment("{{model}}")]"""))));

    [Fact]
    public Task RG0301_goes_by_what_is_stated() => UsageVerifier.VerifyAsync(
        """
        public class Caller
        {
            AITool tool = null!;
            Task Ask() => Stated.Without.CompleteAsync("Hello", new ChatOptions { Tools = {|RG0301:[tool]|} });
            Task AskOther() => Stated.With.CompleteAsync("Hello", new ChatOptions { Tools = [tool] });
        }

        [ModelGroup("without"), Deployment("openai/gpt-6-luna", Supports = Feature.Vision)]
        public static partial class Stated { }

        [ModelGroup("with"), Deployment("openai/gpt-6.2-sol", Supports = Feature.Tools)]
        public static partial class Stated { }
        """,
        "This request to model group 'without' has tools, which 'openai/gpt-6-luna' does not take: the call always fails");

    private static string CapabilitiesOf(GeneratorRun run) => string.Join(
        ", ",
        new[] { "JsonSchema", "Tools", "Vision", "Audio", "Documents" }.Where(name => System.Text.RegularExpressions.Regex.IsMatch(Assert.Single(run.Constants).Value, $@"\b{name}\b")));
}
