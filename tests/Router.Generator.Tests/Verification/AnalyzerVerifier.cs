using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
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
    private static readonly Regex BuildDay = new("// Built on ([^ \r\n]+)");

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

    /// <summary>Exactly the diagnostics that are marked in the additional file are reported, in code none.</summary>
    /// <param name="json">The text of models.json; see <see cref="Markup"/>.</param>
    /// <param name="source">The user's code.</param>
    /// <param name="messages">The messages in the order of the marks; none to leave them unchecked.</param>
    public static async Task VerifyJsonAsync(string json, string source = "", params string[] messages)
    {
        Markup file = Markup.Parse(json);
        var verifier = new Verifier { Sources = [source], Files = [new UserFile(file.Source)] };
        ImmutableArray<Diagnostic> reported = await AnalyzeAsync(verifier.Run(out _).Compilation, verifier);

        Assert.Equal(
            file.Expected.Select(mark => $"models.json {mark.Id} {mark.Span} {mark.Text}"),
            reported.Select(diagnostic => $"{diagnostic.Location.GetLineSpan().Path} {diagnostic.Id} {diagnostic.Location.SourceSpan} {file.Source[diagnostic.Location.SourceSpan.Start..diagnostic.Location.SourceSpan.End]}"));
        if (messages.Length > 0) Assert.Equal(messages, reported.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
    }

    /// <summary>
    /// What the analyzer reports, in the order of files and lines, suppressed ones left out. A comment in the source such as
    /// <c>Built on 2026-07-01</c> is the day of the build; without it the build states none.
    /// </summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, Verifier? verifier = null)
    {
        IEnumerable<string> texts = compilation.SyntaxTrees.Select(tree => tree.ToString()).Concat(verifier?.Files.Select(file => file.GetText().ToString()) ?? []);
        string? day = texts.Select(text => BuildDay.Match(text)).FirstOrDefault(match => match.Success)?.Groups[1].Value;
        var options = new AnalyzerOptions([.. verifier?.Files ?? []], new UserOptions(verifier?.RootNamespace, day));
        ImmutableArray<Diagnostic> reported = await compilation.WithAnalyzers([new DeclarationAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(reported, diagnostic => diagnostic.Id is "AD0001");
        return [.. reported.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan)];
    }

    private static string Describe(Diagnostic diagnostic)
    {
        Location location = diagnostic.Location;
        return $"{location.SourceTree!.FilePath}{location.SourceSpan} {diagnostic.Id} {location.SourceTree.GetText().ToString(location.SourceSpan)}";
    }
}
