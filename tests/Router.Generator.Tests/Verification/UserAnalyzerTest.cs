using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace RouterGen.Generator.Tests;

/// <summary>The package's test of an analyzer, on a <see cref="UserProject"/>.</summary>
internal sealed class UserAnalyzerTest<TAnalyzer> : CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>Analyzers that run beside the one that is tested.</summary>
    public DiagnosticAnalyzer[] Further { get; init; } = [];

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [.. base.GetDiagnosticAnalyzers(), .. Further];

    protected override ParseOptions CreateParseOptions() => Verifier.ParseOptions;

    protected override CompilationOptions CreateCompilationOptions() => Verifier.CompilationOptions;

    protected override bool IsCompilerDiagnosticIncluded(Diagnostic diagnostic, CompilerDiagnostics compilerDiagnostics) =>
        UserProject.IsUsers(diagnostic) && base.IsCompilerDiagnosticIncluded(diagnostic, compilerDiagnostics);
}
