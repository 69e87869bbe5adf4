using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Tests.Usage;

/// <summary>Runs one analyzer of usage on marked source together with what is generated from it.</summary>
internal static class UsageVerifier<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>A static class with groups of which each deployment takes everything, and an instance class with one.</summary>
    public const string DeclaredModels = """

        [RouterGen.ModelGroup("fast")]
        [RouterGen.Deployment("openai/gpt-4o-mini")]
        [RouterGen.Deployment("anthropic/claude-haiku-4-5")]
        public static partial class Models { }

        [RouterGen.ModelGroup("own")]
        [RouterGen.Deployment("openai/gpt-4o-mini")]
        public partial class Router { }
        """;

    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;
        using RouterGen;

        """;

    /// <summary>Exactly the marked diagnostics are reported on valid code with <see cref="DeclaredModels"/>.</summary>
    public static Task VerifyAsync(string markup, params string[] messages) => VerifyWholeAsync(Usings + markup + DeclaredModels, messages);

    /// <summary>The same on members of a class.</summary>
    public static Task VerifyMembersAsync(string members, params string[] messages) => VerifyAsync(InClass(members), messages);

    /// <summary>The same on the statements of a program.</summary>
    public static Task VerifyProgramAsync(string statements, params string[] messages) =>
        VerifyWholeAsync(Usings + statements + DeclaredModels, OutputKind.ConsoleApplication, messages);

    /// <summary>Exactly the marked diagnostics are reported on a whole valid file.</summary>
    public static Task VerifyWholeAsync(string markup, params string[] messages) => VerifyWholeAsync(markup, OutputKind.DynamicallyLinkedLibrary, messages);

    private static async Task VerifyWholeAsync(string markup, OutputKind output, string[] messages)
    {
        Markup file = Markup.Parse(markup);
        GeneratorRun run = Generate(file);
        var test = new UserAnalyzerTest<TAnalyzer>();
        UserProject.Fill(test, test.TestState, [file], run);
        test.TestState.OutputKind = output;
        test.ExpectedDiagnostics.AddRange(Markup.ExpectedIn([file], messages));
        await test.RunAsync();

        // An editor asks for the open file alone, and gets nothing that is found only at the compilation's end.
        bool isShownAtOnce = !new TAnalyzer().SupportedDiagnostics.Any(descriptor => descriptor.CustomTags.Contains(WellKnownDiagnosticTags.CompilationEnd));
        CSharpCompilation compilation = run.CompilationWithoutCodecs.WithOptions(Verifier.CompilationOptions.WithOutputKind(output));
        ImmutableArray<Diagnostic> shown = await compilation.WithAnalyzers([new TAnalyzer()])
            .GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(compilation.SyntaxTrees[0]), filterSpan: null, CancellationToken.None);
        Assert.Equal(isShownAtOnce ? file.Expected.Count : 0, shown.Length);
    }

    /// <summary>Without one of its tokens, tried for some of them, the code does not make the analyzer throw.</summary>
    public static async Task VerifySurvivesAsync(string members)
    {
        string source = Usings + InClass(members) + DeclaredModels;
        CSharpCompilation whole = Generate(Markup.Parse(source)).CompilationWithoutCodecs;
        SyntaxTree tree = whole.SyntaxTrees[0];
        IEnumerable<SyntaxToken> tokens = (await tree.GetRootAsync()).DescendantTokens().Where(token => token.SpanStart >= Usings.Length && token.SpanStart < source.Length - DeclaredModels.Length);
        foreach (TextSpan span in tokens.Select(token => token.Span).Where((span, i) => !span.IsEmpty && i % 3 == 0))
        {
            SyntaxTree broken = tree.WithChangedText((await tree.GetTextAsync()).Replace(span, ""));
            await AssertSurvivesAsync(whole.ReplaceSyntaxTree(tree, broken));
        }
    }

    /// <summary>Fixes the first marked diagnostic in members of a class.</summary>
    public static Task VerifyFixAsync<TFix>(string members, string fixedMembers, string title)
        where TFix : CodeFixProvider, new() => RunFixAsync<TFix>(members, fixedMembers, title, isAll: false);

    /// <summary>Fixes all diagnostics, one by one and at once.</summary>
    public static Task VerifyFixAllAsync<TFix>(string members, string fixedMembers, string title)
        where TFix : CodeFixProvider, new() => RunFixAsync<TFix>(members, fixedMembers, title, isAll: true);

    /// <summary>Returns the titles of what is offered for the first marked diagnostic in members of a class.</summary>
    public static async Task<IEnumerable<string>> TitlesAsync<TFix>(string members)
        where TFix : CodeFixProvider, new() => Assert.IsType<List<string>>(await RunFixAsync<TFix>(members, members, title: null, isAll: false));

    private static string InClass(string members) => $$"""
        public class Caller
        {
        {{members}}
        }
        """;

    private static Task<List<string>?> RunFixAsync<TFix>(string members, string fixedMembers, string? title, bool isAll)
        where TFix : CodeFixProvider, new() =>
        UserCodeFixTest<TAnalyzer, TFix>.RunAsync(Whole(members), Whole(fixedMembers), title, isAll, Generate);

    private static Markup Whole(string members) => Markup.Parse(Usings + InClass(members) + DeclaredModels);

    private static GeneratorRun Generate(Markup file) => new Verifier { Sources = [file.Source] }.Run(out _);

    private static async Task AssertSurvivesAsync(Compilation compilation) => Assert.DoesNotContain(
        await compilation.WithAnalyzers([new TAnalyzer()]).GetAnalyzerDiagnosticsAsync(), diagnostic => diagnostic.Id is "AD0001");
}
