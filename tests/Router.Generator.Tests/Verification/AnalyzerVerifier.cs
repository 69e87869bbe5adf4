using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RouterGen.Analyzers;

namespace RouterGen.Generator.Tests;

/// <summary>Runs the analyzer beside the generator, as a build does, on source in which the expected diagnostics are marked.</summary>
internal static class AnalyzerVerifier
{
    /// <summary>Exactly the marked diagnostics are reported, each at exactly its mark.</summary>
    /// <param name="markup">One file; see <see cref="Markup"/>.</param>
    /// <param name="messages">The messages in the order of the marks; none to leave them unchecked.</param>
    public static Task VerifyAnalyzerAsync(string markup, params string[] messages) => VerifyAnalyzerAsync([markup], messages);

    public static Task VerifyAnalyzerAsync(string[] markups, params string[] messages) =>
        RunAsync([.. markups.Select((markup, i) => Markup.Parse(markup, $"User{i}.cs"))], messages);

    /// <summary>Exactly the diagnostics that are marked in the additional file are reported, in code none.</summary>
    /// <param name="json">The text of models.json; see <see cref="Markup"/>.</param>
    /// <param name="source">The user's code.</param>
    /// <param name="messages">The messages in the order of the marks; none to leave them unchecked.</param>
    public static Task VerifyJsonAsync(string json, string source = "", params string[] messages) =>
        RunAsync([Markup.Parse(json, "models.json"), new Markup("User0.cs", source, [])], messages);

    /// <summary>
    /// What the analyzer reports, in the order of files and lines, suppressed ones left out. A comment in the source such as
    /// <c>Built on 2026-07-01</c> is the day of the build; without it the build states none.
    /// </summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, Verifier? verifier = null)
    {
        IEnumerable<string> texts = compilation.SyntaxTrees.Select(tree => tree.ToString()).Concat(verifier?.Files.Select(file => file.GetText().ToString()) ?? []);
        var options = new AnalyzerOptions([.. verifier?.Files ?? []], new UserOptions(verifier?.RootNamespace, UserProject.BuildDayOf(texts)));
        ImmutableArray<Diagnostic> reported = await compilation.WithAnalyzers([new DeclarationAnalyzer(), new ToolAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(reported, diagnostic => diagnostic.Id is "AD0001");
        return [.. reported.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan)];
    }

    private static async Task RunAsync(Markup[] files, string[] messages)
    {
        ILookup<bool, Markup> byKind = files.ToLookup(file => file.Path.EndsWith(".cs", StringComparison.Ordinal));
        var verifier = new Verifier
        {
            Sources = [.. byKind[true].Select(file => file.Source)],
            Files = [.. byKind[false].Select(file => new UserFile(file.Source, file.Path))],
        };
        var test = new UserAnalyzerTest<DeclarationAnalyzer> { Further = [new ToolAnalyzer()] };
        UserProject.Fill(test, test.TestState, files, verifier.Run(out _));
        test.ExpectedDiagnostics.AddRange(Markup.ExpectedIn(files, messages));
        await test.RunAsync();
    }
}
