using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RouterGen.Analyzers.Usage;

namespace RouterGen.Generator.Tests.Usage;

/// <summary>Groups that models.json declares are used as others are, and the same is told of it.</summary>
public class ModelsJsonUsageTests
{
    private const string Json = """
        {
          "groups": {
            "search": { "fallbacks": ["plain"], "deployments": ["openai/gpt-4o-mini-search-preview"] },
            "plain": { "deployments": ["openai/gpt-4o-mini", "anthropic/claude-haiku-4-5"] }
          }
        }
        """;

    private const string Caller = """
        using Microsoft.Extensions.AI;
        public class Caller
        {
            void Ask(AITool tool)
            {
                Models.Search.Complete("Hello", new ChatOptions { Tools = [tool], Temperature = 0 });
                Models.Plain.Complete("Hello", new ChatOptions { Tools = [tool], Temperature = 0 });
            }
        }
        """;

    [Theory]
    [InlineData("")]
    [InlineData("static partial class Models;")]
    [InlineData("""[RouterGen.ModelGroup("other"), RouterGen.Deployment("openai/o3")] static partial class Models;""")]
    public async Task RG0301_fires_for_a_class_that_is_made_or_extended(string declaration) => Assert.Equal(
        ["[tool]: This request to model group 'search' has tools, which 'openai/gpt-4o-mini-search-preview' does not take: the call always goes to the group's fallbacks"],
        await AnalyzeAsync<FeatureAnalyzer>(Caller + declaration));

    [Fact]
    public async Task RG0301_finds_the_class_in_the_root_namespace() => Assert.Single(await AnalyzeAsync<FeatureAnalyzer>("using Shop.Web; " + Caller, "Shop.Web"));

    [Fact]
    public async Task RG0301_counts_what_a_file_adds_to_a_group_of_code() => Assert.Equal(
        ["[tool]: This request to model group 'search' has tools, which 'openai/gpt-4o-mini-search-preview' does not take: the call fails over past it"],
        await AnalyzeAsync<FeatureAnalyzer>(Caller + """[RouterGen.ModelGroup("search"), RouterGen.Deployment("openai/gpt-4o")] static partial class Models;"""));

    [Fact]
    public async Task RG0117_fires_too() => Assert.Equal(
        ["0: Temperature is not sent to 'openai/gpt-4o-mini-search-preview', which does not take it"],
        await AnalyzeAsync<ParameterAnalyzer>(Caller));

    [Fact]
    public async Task RG0305_points_into_the_file() => Assert.Equal(
        ["\"search\": Model group 'search' is never used: nothing reads 'Models.Search', and no group falls back to it"],
        await AnalyzeAsync<UnusedGroupAnalyzer>("static partial class Models;"));

    [Fact]
    public async Task RG0305_points_into_code_where_both_declare_the_group() => Assert.StartsWith(
        "\"search\": ",
        Assert.Single(await AnalyzeAsync<UnusedGroupAnalyzer>("""[RouterGen.ModelGroup("search"), RouterGen.Deployment("openai/gpt-4o")] static partial class Models;""", isInCode: true)));

    [Theory]
    [InlineData("static partial class Models; class User { object group = Models.Search; }")]
    [InlineData("")] // The class that is made is public, so that others may use it.
    [InlineData("""[RouterGen.ModelGroup("first", Fallbacks = ["search"]), RouterGen.Deployment("openai/gpt-4o")] static partial class Models; class User { object group = Models.First; }""")]
    public async Task RG0305_is_silent_where_a_group_is_used_or_may_be(string source) => Assert.Empty(await AnalyzeAsync<UnusedGroupAnalyzer>(source));

    private static async Task<IEnumerable<string>> AnalyzeAsync<TAnalyzer>(string source, string? rootNamespace = null, bool isInCode = false)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var verifier = new Verifier { Sources = [source], Files = [new UserFile(Json)], RootNamespace = rootNamespace };
        GeneratorRun run = verifier.Run(out _);
        Assert.Empty(run.CompilationWithoutCodecs.GetSemanticModel(run.Compilation.SyntaxTrees[0]).GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        ImmutableArray<Diagnostic> reported = await run.CompilationWithoutCodecs
            .WithAnalyzers([new TAnalyzer()], new AnalyzerOptions([.. verifier.Files], new UserOptions(rootNamespace)))
            .GetAnalyzerDiagnosticsAsync();
        return reported.Select(diagnostic =>
        {
            bool isInFile = diagnostic.Location.Kind is LocationKind.ExternalFile;
            Assert.Equal(typeof(TAnalyzer) == typeof(UnusedGroupAnalyzer) && !isInCode, isInFile);
            string text = isInFile ? Json : source;
            return $"{text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
        });
    }
}
