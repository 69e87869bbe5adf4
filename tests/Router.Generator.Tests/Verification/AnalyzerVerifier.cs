using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using RouterGen.Analyzers;

namespace RouterGen.Generator.Tests;

/// <summary>
/// Runs the analyzer beside the generator, as a build does, on source in which the expected diagnostics are marked.
/// It has the shape of the compiler's own testing package, so that moving to that changes this file only.
/// </summary>
internal static class AnalyzerVerifier
{
    /// <summary>Exactly the marked diagnostics are reported, each at exactly its mark.</summary>
    /// <param name="markup">One file; see <see cref="Markup"/>.</param>
    /// <param name="messages">The messages in the order of the marks; none to leave them unchecked.</param>
    public static Task VerifyAnalyzerAsync(string markup, params string[] messages) => VerifyAnalyzerAsync([markup], messages);

    public static async Task VerifyAnalyzerAsync(string[] markups, params string[] messages)
    {
        List<Markup> files = [.. markups.Select(Markup.Parse)];
        CSharpCompilation compilation = new Verifier { Sources = [.. files.Select(file => file.Source)] }.Run(out _).CompilationWithoutCodecs;
        ImmutableArray<Diagnostic> reported = await AnalyzeAsync(compilation);

        Assert.Equal(
            compilation.SyntaxTrees.Zip(files).SelectMany(file => file.Second.Expected.Select(mark => $"{file.First.FilePath}{mark.Span} {mark.Id} {mark.Text}")),
            reported.Select(Describe));
        if (messages.Length > 0) Assert.Equal(messages, reported.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
    }

    /// <summary>What the analyzer reports, in the order of files and lines, suppressed ones left out.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation)
    {
        ImmutableArray<Diagnostic> reported = await compilation.WithAnalyzers([new DeclarationAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(reported, diagnostic => diagnostic.Id is "AD0001");
        return [.. reported.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan)];
    }

    private static string Describe(Diagnostic diagnostic)
    {
        Location location = diagnostic.Location;
        return $"{location.SourceTree!.FilePath}{location.SourceSpan} {diagnostic.Id} {location.SourceTree.GetText().ToString(location.SourceSpan)}";
    }
}
