using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Tests;

/// <summary>
/// The compiler's test of a generator, set to a user's project: all files that it makes, in their order, with their names, texts
/// and encodings, the codecs included, of which each is compiled and none may have a warning; and no diagnostic of the generator.
/// </summary>
internal sealed class UserGeneratorTest : CSharpSourceGeneratorTest<RouterGenerator, DefaultVerifier>
{
    /// <param name="source">The user's file.</param>
    /// <param name="files">The names and texts of the files that the generator must make.</param>
    public UserGeneratorTest(string source, IEnumerable<(string HintName, SourceText Text)> files)
    {
        ReferenceAssemblies = UserProject.Framework;
        CompilerDiagnostics = CompilerDiagnostics.Warnings;
        TestState.Sources.Add(source);
        TestState.AdditionalReferences.AddRange(Verifier.References);
        foreach ((string hintName, SourceText text) in files) TestState.GeneratedSources.Add((typeof(RouterGenerator), hintName, text));
    }

    protected override ParseOptions CreateParseOptions() => Verifier.ParseOptions;

    protected override CompilationOptions CreateCompilationOptions() => Verifier.CompilationOptions;

    // The user's file may have warnings, such as those of public types without documentation.
    protected override bool IsCompilerDiagnosticIncluded(Diagnostic diagnostic, CompilerDiagnostics compilerDiagnostics) =>
        base.IsCompilerDiagnosticIncluded(diagnostic, UserProject.IsGenerated(diagnostic) ? compilerDiagnostics : CompilerDiagnostics.Errors);
}
