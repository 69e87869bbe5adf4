using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using RouterGen.Analyzers.Usage;
using Microsoft.CodeAnalysis.Diagnostics;

namespace RouterGen.Generator.Tests.PriceMaps;

/// <summary>What a price map states goes over the catalog, and what a deployment states goes over both.</summary>
public class PriceOverrideTests
{
    [Fact]
    public void Prices_windows_and_capabilities_go_over_the_catalog()
    {
        GeneratorRun run = Run("""[ModelGroup("a"), Deployment("anthropic/claude-haiku-4-5")]""", Prices(SamplePrices.Text));
        (string group, string constants) = (run.Files["Models.A.g.cs"], Assert.Single(run.Constants).Value);

        Assert.Contains("Prices = new(new(Input: 1.2m, Output: 6m, CacheRead: 0.12m, CacheWrite: 1.5m)", group);
        Assert.Contains("ModelLimits = new(ContextWindow: 400_000, OutputLimit: 8000),", group);
        Assert.Contains("DefaultMaxOutputTokens = 8000,", constants);
        Assert.Contains(" Tools,", constants);
        Assert.DoesNotContain("Vision", constants);
    }

    [Fact]
    public void Prices_that_the_map_does_not_state_are_not_the_catalogs() =>
        Assert.Contains("Input: 0.15m, Output: 0.66m, CacheRead: 0.075m, CacheWrite: 0.15m", Group("""[ModelGroup("a"), Deployment("openai/gpt-4o-mini")]"""));

    [Fact]
    public void A_model_that_the_map_does_not_have_is_as_in_the_catalog()
    {
        const string Declared = """[ModelGroup("a"), Deployment("openai/gpt-4o")]""";

        Assert.Equal(Group(Declared, prices: null), Group(Declared));
    }

    [Fact]
    public void What_a_deployment_states_goes_over_the_map()
    {
        GeneratorRun run = Run(
            """[ModelGroup("a"), Deployment("anthropic/claude-haiku-4-5", InputPrice = 9, CacheReadPrice = 0.5, ContextWindow = 77, MaxOutputTokens = 66)]""",
            Prices(SamplePrices.Text));
        string group = run.Files["Models.A.g.cs"];

        Assert.Contains("Input: 9m, Output: 6m, CacheRead: 0.5m, CacheWrite: 9m", group);
        Assert.Contains("ModelLimits = new(ContextWindow: 77, OutputLimit: 8000),", group);
        Assert.Contains("DefaultMaxOutputTokens = 66,", Assert.Single(run.Constants).Value);
    }

    [Theory]
    [InlineData("groq/newcomer-9b", "Input: 0.020000000000000003m, Output: 0.04m")]
    [InlineData("cohere/command-fresh", "Input: 1m, Output: 2m")]
    [InlineData("cohere_chat/command-fresh", "Input: 1m, Output: 2m")]
    [InlineData("fireworks/nomic-ai/new-embed", "Input: 0.008m, Output: 0m")]
    [InlineData("openai/text-embedding-new", "Input: 0.02m, Output: 0m")]
    [InlineData("house/model-x", "Input: 0m, Output: 0m")]
    public void A_model_of_the_map_alone_is_known(string model, string prices) =>
        Assert.Contains(prices, Group($$"""[Provider("house", Dialect.OpenAIChat, Endpoint = "http://localhost:1/v1"), ModelGroup("a"), Deployment("{{model}}")]"""));

    [Fact]
    public void Capabilities_that_the_endpoint_does_not_take_are_not_granted() =>
        Assert.DoesNotContain("JsonSchema", Group(
            """[ModelGroup("a"), Deployment("deepseek/deepseek-chat")]""",
            """{ "deepseek/deepseek-chat": { "litellm_provider": "deepseek", "supports_response_schema": true } }"""));

    [Fact]
    public void Another_name_of_the_same_model_is_priced_too()
    {
        const string Prices = """{ "claude-haiku-4-5-20251001": { "litellm_provider": "anthropic", "input_cost_per_token": 7e-06, "output_cost_per_token": 8e-06 } }""";

        Assert.Contains("Input: 7m, Output: 8m", Group("""[ModelGroup("a"), Deployment("anthropic/claude-haiku-4-5")]""", Prices));
        Assert.Contains("Input: 7m, Output: 8m", Group("""[ModelGroup("a"), Deployment("anthropic/claude-haiku-4-5-20251001")]""", Prices));
    }

    [Fact]
    public void A_tuned_model_costs_what_the_map_says_of_tuned_ones() => Assert.Contains("Input: 3m, Output: 5m", Group(
        """[ModelGroup("a"), Deployment("openai/ft:gpt-9:mine::1")]""",
        """{ "ft:gpt-9": { "litellm_provider": "openai", "input_cost_per_token": 3e-06, "output_cost_per_token": 5e-06 } }"""));

    [Theory]
    [InlineData("false")]
    [InlineData("")]
    [InlineData(null)]
    public void A_file_without_the_mark_is_no_price_map(string? mark)
    {
        const string Declared = """[ModelGroup("a"), Deployment("openai/gpt-4o-mini")]""";
        var file = new UserFile(SamplePrices.Text, "prices.json") { RouterPrices = mark };

        Assert.Equal(Group(Declared, prices: null), Group(Declared, file));
    }

    [Fact]
    public void A_broken_map_leaves_the_catalog()
    {
        const string Declared = """[ModelGroup("a"), Deployment("anthropic/claude-haiku-4-5")]""";

        Assert.Equal(Group(Declared, prices: null), Run(Declared, Prices(SamplePrices.Text[..^10]), "RG0201").Files["Models.A.g.cs"]);
    }

    [Theory]
    [InlineData("groq/newcomer-9b", "RG0104: The model of deployment 'groq/newcomer-9b' was retired on 2026-03-01, so that each call fails over past it: choose another model")]
    [InlineData("groq/newcomer-9c", "RG0102: Deployment 'groq/newcomer-9c' names a model that is not in the catalog of provider 'groq'; did you mean 'groq/newcomer-9b'?")]
    [InlineData("together_ai/some/unpriced-model", "RG0115: No price is known of deployment 'together_ai/some/unpriced-model', so that the cost of its calls is null: state InputPrice and OutputPrice")]
    [InlineData("openai/text-embedding-new", null)]
    [InlineData("cohere/command-fresh", null)]
    [InlineData("text-embedding-new", "RG0101: Deployment 'text-embedding-new' names no provider; did you mean 'openai/text-embedding-new'?")]
    public async Task Diagnostics_know_the_map(string model, string? expected)
    {
        string declared = $$"""/*// Built on 2026-05-01 */ using RouterGen; [ModelGroup("a"), Deployment("{{model}}")] partial class Models;""";

        Assert.Equal(expected is null ? [] : [expected], (await AnalyzeAsync(declared, Prices(SamplePrices.Text))).Where(told => !told.StartsWith("RG0115") || expected!.StartsWith("RG0115")));
    }

    [Fact]
    public async Task Modes_of_the_map_are_checked() => Assert.Contains(
        "RG0009: Model group 'a' is for chat, as 'gpt-4o' is, but 'text-embedding-new' is for embeddings: make a group of each kind",
        await AnalyzeAsync("""using RouterGen; [ModelGroup("a"), Deployment("openai/gpt-4o"), Deployment("openai/text-embedding-new")] partial class Models;""", Prices(SamplePrices.Text)));

    [Fact]
    public async Task What_the_map_says_a_model_lacks_is_told_where_it_is_asked()
    {
        const string Code = """
            using Microsoft.Extensions.AI;
            using RouterGen;
            [ModelGroup("a"), Deployment("anthropic/claude-haiku-4-5")]
            public static partial class Models;
            class C { object Ask() => Models.A.CompleteAsync([new ChatMessage(ChatRole.User, [new DataContent("data:image/png;base64,AA==")])]); }
            """;

        Assert.Empty(await AnalyzeUsageAsync(Code));
        Assert.Contains("RG0301", Assert.Single(await AnalyzeUsageAsync(Code, Prices(SamplePrices.Text))));
    }

    [Fact]
    public async Task A_broken_map_is_a_warning_at_its_place()
    {
        const string Code = """using RouterGen; [ModelGroup("a"), Deployment("openai/gpt-4o")] partial class Models;""";

        Assert.Equal(["RG0201: JSON syntax error at line 1, column 11: expected a value"], await AnalyzeAsync(Code, Prices("""{ "gpt-4":""")));
        Assert.Equal(
            ["RG0203: 'input_cost_per_token' must be a number that is 0 or greater, in USD per token"],
            await AnalyzeAsync(Code, Prices("""{ "gpt-4": { "litellm_provider": "openai", "input_cost_per_token": "1" } }""")));
        Assert.Equal(["RG0203: 'The price map' must be an object with an object for each model"], await AnalyzeAsync(Code, Prices("[]")));
        Diagnostic told = Assert.Single(await DiagnosticsAsync(Code, Prices("{")));
        Assert.Equal((DiagnosticSeverity.Warning, "prices.json"), (told.Severity, told.Location.GetLineSpan().Path));
    }

    private static UserFile Prices(string text) => new(text, "prices.json") { RouterPrices = "true" };

    private static string Group(string attributes) => Group(attributes, SamplePrices.Text);

    private static string Group(string attributes, string? prices) => Group(attributes, prices is null ? null : Prices(prices));

    private static string Group(string attributes, UserFile? file) => Run(attributes, file).Files["Models.A.g.cs"];

    private static GeneratorRun Run(string attributes, UserFile? file, params string[] problems) =>
        new Verifier { Sources = [ProblemFinder.Class(attributes)], Files = file is null ? [] : [file], Problems = problems }.Verify();

    private static async Task<IEnumerable<string>> AnalyzeAsync(string source, UserFile file) => (await DiagnosticsAsync(source, file)).Select(Describe);

    private static Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(string source, UserFile file)
    {
        var verifier = new Verifier { Sources = [source], Files = [file] };
        return AnalyzerVerifier.AnalyzeAsync(verifier.Run(out _).CompilationWithoutCodecs, verifier);
    }

    private static async Task<IEnumerable<string>> AnalyzeUsageAsync(string source, params UserFile[] files)
    {
        var verifier = new Verifier { Sources = [source], Files = files };
        GeneratorRun run = verifier.Run(out _);
        Assert.Empty(run.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        var options = new AnalyzerOptions([.. files], verifier.Options);
        return (await run.CompilationWithoutCodecs.WithAnalyzers([new FeatureAnalyzer()], options).GetAnalyzerDiagnosticsAsync()).Select(Describe);
    }

    private static string Describe(Diagnostic diagnostic) => $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
}
