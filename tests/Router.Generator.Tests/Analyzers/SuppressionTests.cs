using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static RouterGen.Generator.Tests.AnalyzerVerifier;

namespace RouterGen.Generator.Tests.Analyzers;

/// <summary>The user has the last word.</summary>
public class SuppressionTests
{
    [Fact]
    public Task A_pragma_applies_where_it_stands() => VerifyAnalyzerAsync("""
        using RouterGen;
        [ModelGroup("a")]
        #pragma warning disable RG0101
        [Deployment("antropic/x")]
        #pragma warning restore RG0101
        [Deployment({|RG0101:"antropic/y"|})]
        static partial class Models;
        """);

    [Fact]
    public Task A_pragma_applies_to_the_assembly() => VerifyAnalyzerAsync("""
        #pragma warning disable RG0114
        [assembly: RouterGen.Provider("p", RouterGen.Dialect.OpenAIChat, Endpoint = "http://p.dev")]
        """);

    [Fact]
    public Task SuppressMessage_applies_to_its_class() => VerifyAnalyzerAsync("""
        using System.Diagnostics.CodeAnalysis;
        using RouterGen;
        [SuppressMessage("RouterGen.Deployment", "RG0101", Justification = "Not yet")]
        [ModelGroup("a"), Deployment("antropic/x")]
        static partial class One;
        [ModelGroup("a"), Deployment({|RG0101:"antropic/x"|})]
        static partial class Two;
        """);

    [Theory]
    [InlineData("none", null)]
    [InlineData("warning", DiagnosticSeverity.Warning)]
    [InlineData("suggestion", DiagnosticSeverity.Info)]
    [InlineData("error", DiagnosticSeverity.Error)]
    public async Task An_editorconfig_states_the_severity(string severity, DiagnosticSeverity? expected)
    {
        const string Source = """using RouterGen; [ModelGroup("a"), Deployment("openai/o3"), Deployment("openai/o3")] static partial class Models;""";
        Compilation compilation = new Verifier { Sources = [Source] }.Compile();
        AnalyzerConfigSet config = AnalyzerConfigSet.Create(ImmutableArray.Create(AnalyzerConfig.Parse($"root = true\n[*.cs]\ndotnet_diagnostic.RG0110.severity = {severity}", "/.editorconfig")));

        ImmutableArray<Diagnostic> reported = await AnalyzeAsync(
            compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Severities(config))));

        Assert.Equal(expected, reported.SingleOrDefault()?.Severity);
    }

    // What the compiler makes of .editorconfig files.
    private sealed class Severities(AnalyzerConfigSet config) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            config.GetOptionsForSourcePath("/" + tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            config.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);
    }
}
