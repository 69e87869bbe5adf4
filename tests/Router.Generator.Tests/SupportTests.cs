using static RouterGen.Generator.Tests.ProblemFinder;
using UsageVerifier = RouterGen.Generator.Tests.Usage.UsageVerifier<RouterGen.Analyzers.Usage.FeatureAnalyzer>;

namespace RouterGen.Generator.Tests;

/// <summary>What a deployment states to support goes over what the catalog knows; a model that is not listed is asked, one that is known to lack a feature is not.</summary>
public class SupportTests
{
    [Theory]
    [InlineData("openai/gpt-6.2-sol", "ModelCapabilities.Tools | ModelCapabilities.Vision", "Tools, Vision")]
    [InlineData("openai/gpt-6-luna", "ModelCapabilities.None", "")]
    [InlineData("openai/gpt-6-luna", "ModelCapabilities.JsonSchema", "JsonSchema")]
    [InlineData("ollama/qwen3", "ModelCapabilities.Tools", "Tools")]
    [InlineData("vllm/any", "ModelCapabilities.Vision | ModelCapabilities.Audio | ModelCapabilities.Documents", "Vision, Audio, Documents")]
    [InlineData("deepseek/deepseek-flash", "ModelCapabilities.Tools | ModelCapabilities.JsonSchema", "Tools, JsonSchema")]
    [InlineData("vllm/any", "ModelCapabilities.Tools | ModelCapabilities.WebSearch", "Tools, WebSearch")]
    [InlineData("anthropic/claude-haiku-5-5", "ModelCapabilities.Tools", "Tools")]
    [InlineData("anthropic/claude-haiku-5-5", "ModelCapabilities.McpServers", "McpServers")]
    public void What_is_stated_is_all_that_there_is(string model, string stated, string expected)
    {
        GeneratorRun run = Verifier.Verify(Class($$"""[ModelGroup("a"), Deployment("{{model}}", Supports = {{stated}})]"""));

        Assert.Equal(expected, CapabilitiesOf(run));
    }

    [Theory]
    [InlineData("openai/gpt-6.2-sol", "Lacks = ModelCapabilities.Tools", "JsonSchema, Vision, Documents, WebSearch, CodeInterpreter, McpServers")]
    [InlineData("anthropic/claude-haiku-5-5", "Lacks = ModelCapabilities.McpServers | ModelCapabilities.WebSearch | ModelCapabilities.CodeInterpreter", "Tools, JsonSchema, Vision, Documents")]
    [InlineData("vllm/any", "Lacks = ModelCapabilities.Vision | ModelCapabilities.Audio | ModelCapabilities.Documents", "Tools, JsonSchema")]
    [InlineData("deepseek/deepseek-flash", "Lacks = ModelCapabilities.Vision", "Tools")]
    public void What_is_lacking_is_taken_away_from_what_is_known(string model, string stated, string expected) =>
        Assert.Equal(expected, CapabilitiesOf(Verifier.Verify(Class($$"""[ModelGroup("a"), Deployment("{{model}}", {{stated}})]"""))));

    [Theory]
    [InlineData("Supports = ModelCapabilities.Tools | ModelCapabilities.Vision, Lacks = ModelCapabilities.Vision", "Tools, Vision", "cannot support and lack images at once: Supports states it")]
    [InlineData("Supports = ModelCapabilities.Tools, Lacks = ModelCapabilities.Vision", "Tools", "cannot support and lack images at once: Supports says all that it can do, and does not name it")]
    public void Both_at_once_are_told_and_Supports_holds(string stated, string expected, string message)
    {
        string source = Class($$"""[ModelGroup("a"), Deployment("openai/gpt-6-luna", {{stated}})]""");
        FoundProblem problem = Single(source);

        Assert.Equal(("RG0118", "ModelCapabilities.Vision", "Deployment 'openai/gpt-6-luna' " + message), (problem.Id, problem.Text, problem.Message));
        Assert.Equal(expected, CapabilitiesOf(Verifier.VerifyDespite(["RG0118"], source)));
    }

    [Theory]
    [InlineData("\"lacks\": [\"tools\", \"vision\", \"documents\"]", "JsonSchema")]
    [InlineData("\"supports\": [\"tools\", \"jsonSchema\"]", "Tools, JsonSchema")]
    [InlineData("\"supports\": [\"Vision\"]", "Vision")]
    [InlineData("\"supports\": [\"tools\", \"webSearch\", \"codeInterpreter\"]", "Tools, WebSearch, CodeInterpreter")]
    [InlineData("\"supports\": []", "")]
    [InlineData("\"supports\": [\"none\"]", "")]
    public void A_file_states_the_same(string stated, string expected)
    {
        GeneratorRun run = new Verifier { Sources = [], Files = [new UserFile($$"""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-6-luna", {{stated}} }] } } }""")] }.Verify();

        Assert.Equal(expected, CapabilitiesOf(run));
    }

    [Theory]
    [InlineData("\"supports\": [{|RG0203:\"smell\"|}]", "'supports[0]' must be")]
    [InlineData("\"supports\": {|RG0203:\"tools\"|}", "'supports' must be an array of")]
    [InlineData("\"supports\": [\"tools\", {|RG0203:1|}]", "'supports[1]' must be")]
    [InlineData("\"supports\": {|RG0203:true|}", "'supports' must be an array of")]
    public Task A_feature_that_is_none_is_told(string stated, string demand) => AnalyzerVerifier.VerifyJsonAsync(
        $$"""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-6-luna", {{stated}} }] } } }""", "",
        demand + " \"none\", \"tools\", \"jsonSchema\", \"vision\", \"audio\", \"documents\", \"webSearch\", \"codeInterpreter\" or \"mcpServers\"");

    [Theory]
    [InlineData("""Deployment("anthropic/claude-haiku-5-5", Supports = ModelCapabilities.Audio)""", "Deployment 'anthropic/claude-haiku-5-5' cannot support audio: the wire format AnthropicMessages cannot carry it")]
    [InlineData("""Deployment("openai/gpt-6-luna", Supports = ModelCapabilities.McpServers)""", "Deployment 'openai/gpt-6-luna' cannot support MCP servers: the wire format OpenAIChat cannot carry it")]
    [InlineData("""Deployment("openai/text-embedding-3-small", Supports = ModelCapabilities.Tools)""", "Deployment 'openai/text-embedding-3-small' cannot support anything of this: calls for embeddings ask for none of it")]
    [InlineData("""Deployment("openai/gpt-6-luna", Supports = (ModelCapabilities)256)""", "Deployment 'openai/gpt-6-luna' cannot support something else: ModelCapabilities does not define it")]
    public void RG0118_tells_what_cannot_be(string deployment, string message)
    {
        FoundProblem problem = Single(Class($$"""[ModelGroup("a"), {{deployment}}]"""));

        Assert.Equal(("RG0118", message), (problem.Id, problem.Message));
    }

    [Theory]
    [InlineData("openai/gpt-9-nova", "Tools, JsonSchema, Vision, Audio, Documents", "RG0102")]
    [InlineData("anthropic/claude-opus-9", "Tools, JsonSchema, Vision, Documents, WebSearch, CodeInterpreter, McpServers", "RG0102")]
    [InlineData("openrouter/new/model", "Tools, JsonSchema, Vision, Documents, WebSearch", "RG0115")]
    [InlineData("here/any", "Tools, JsonSchema, Vision, Audio, Documents")]
    [InlineData("claudelike/any", "Tools, JsonSchema, Vision, Documents")]
    public void A_model_that_is_not_listed_is_asked(string model, string expected, params string[] problems) => Assert.Equal(expected, CapabilitiesOf(
        Verifier.VerifyDespite(problems, Class($$"""
            [Provider("here", Dialect.OpenAIChat, Endpoint = "http://localhost:1/v1")]
            [Provider("claudelike", Dialect.AnthropicMessages, Endpoint = "http://localhost:2")]
            [ModelGroup("a"), Deployment("{{model}}")]
            """))));

    [Theory]
    [InlineData("openai/gpt-5-search-api", "JsonSchema, WebSearch")]
    [InlineData("deepseek/deepseek-flash", "Tools")]
    [InlineData("openai/o3-mini", "Tools, JsonSchema")]
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

        [ModelGroup("without"), Deployment("openai/gpt-6-luna", Supports = ModelCapabilities.Vision)]
        public static partial class Stated { }

        [ModelGroup("with"), Deployment("openai/gpt-6.2-sol", Supports = ModelCapabilities.Tools)]
        public static partial class Stated { }
        """,
        "This request to model group 'without' has tools, which 'openai/gpt-6-luna' does not take: the call always fails");

    private static string CapabilitiesOf(GeneratorRun run)
    {
        string[] lines = Assert.Single(run.Constants).Value.Split('\n');
        int at = Array.FindIndex(lines, line => line.TrimStart().StartsWith("Capabilities = ", StringComparison.Ordinal));
        return at < 0 ? "" : lines[at - 1].Trim(' ', '/');
    }
}
