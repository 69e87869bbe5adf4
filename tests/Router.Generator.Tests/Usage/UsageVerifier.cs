using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
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
        CSharpCompilation compilation = Compile(file.Source);
        compilation = compilation.WithOptions(compilation.Options.WithOutputKind(output));
        Assert.Empty(compilation.GetSemanticModel(compilation.SyntaxTrees[0]).GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        ImmutableArray<Diagnostic> reported = await AnalyzeAsync(compilation);
        Assert.Equal(
            file.Expected.Select(mark => $"{mark.Id} {mark.Span} {mark.Text}"),
            reported.Select(diagnostic => $"{diagnostic.Id} {diagnostic.Location.SourceSpan} {diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)}"));

        // An editor asks for the open file alone, and gets nothing that is found only at the compilation's end.
        bool isShownAtOnce = !new TAnalyzer().SupportedDiagnostics.Any(descriptor => descriptor.CustomTags.Contains(WellKnownDiagnosticTags.CompilationEnd));
        ImmutableArray<Diagnostic> shown = await compilation.WithAnalyzers([new TAnalyzer()])
            .GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(compilation.SyntaxTrees[0]), filterSpan: null, CancellationToken.None);
        Assert.Equal(isShownAtOnce ? reported.Length : 0, shown.Length);
        if (messages.Length > 0) Assert.Equal(messages, reported.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
    }

    /// <summary>Without one of its tokens, tried for some of them, the code does not make the analyzer throw.</summary>
    public static async Task VerifySurvivesAsync(string members)
    {
        string source = Usings + InClass(members) + DeclaredModels;
        CSharpCompilation whole = Compile(source);
        SyntaxTree tree = whole.SyntaxTrees[0];
        IEnumerable<SyntaxToken> tokens = (await tree.GetRootAsync()).DescendantTokens().Where(token => token.SpanStart >= Usings.Length && token.SpanStart < source.Length - DeclaredModels.Length);
        foreach (TextSpan span in tokens.Select(token => token.Span).Where((span, i) => !span.IsEmpty && i % 3 == 0))
        {
            SyntaxTree broken = tree.WithChangedText((await tree.GetTextAsync()).Replace(span, ""));
            await AnalyzeAsync(whole.ReplaceSyntaxTree(tree, broken));
        }
    }

    /// <summary>Fixes the first diagnostic in members of a class.</summary>
    public static Task VerifyFixAsync<TFix>(string members, string fixedMembers, string title)
        where TFix : CodeFixProvider, new() => VerifyFixAsync<TFix>(members, fixedMembers, title, isAll: false);

    /// <summary>Fixes all diagnostics at once.</summary>
    public static Task VerifyFixAllAsync<TFix>(string members, string fixedMembers, string title)
        where TFix : CodeFixProvider, new() => VerifyFixAsync<TFix>(members, fixedMembers, title, isAll: true);

    /// <summary>What is offered for the first diagnostic in members of a class.</summary>
    public static async Task<IEnumerable<string>> TitlesAsync<TFix>(string members)
        where TFix : CodeFixProvider, new()
    {
        using var workspace = new AdhocWorkspace();
        return (await ActionsAsync<TFix>(Open(workspace, Usings + InClass(members) + DeclaredModels))).Select(action => action.Title);
    }

    private static string InClass(string members) => $$"""
        public class Caller
        {
        {{members}}
        }
        """;

    private static async Task VerifyFixAsync<TFix>(string members, string fixedMembers, string title, bool isAll)
        where TFix : CodeFixProvider, new()
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, Usings + InClass(members) + DeclaredModels);
        CodeAction action = (await ActionsAsync<TFix>(document)).Single(action => action.Title == title);
        if (isAll)
        {
            var fix = new TFix();
            var context = new FixAllContext(document, fix, FixAllScope.Document, action.EquivalenceKey, fix.FixableDiagnosticIds, new Diagnostics(), CancellationToken.None);
            action = (await fix.GetFixAllProvider()!.GetFixAsync(context))!;
        }

        CodeActionOperation operation = Assert.Single(await action.GetOperationsAsync(CancellationToken.None));
        Document changed = Assert.IsType<ApplyChangesOperation>(operation).ChangedSolution.GetDocument(document.Id)!;
        string text = (await changed.GetTextAsync()).ToString();
        Assert.Equal(Usings + InClass(fixedMembers) + DeclaredModels, text);
        CSharpCompilation compilation = Compile(text);
        Assert.Empty(compilation.GetSemanticModel(compilation.SyntaxTrees[0]).GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
    }

    // Without the codecs, which are the most of it and use no groups.
    private static CSharpCompilation Compile(string source)
    {
        GeneratorRun run = new Verifier { Sources = [source] }.Run(out _);
        return run.Compilation.RemoveSyntaxTrees(run.Result.GeneratedSources.Where(GeneratorRun.IsCodec).Select(codec => codec.SyntaxTree));
    }

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation)
    {
        ImmutableArray<Diagnostic> reported = await compilation.WithAnalyzers([new TAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(reported, diagnostic => diagnostic.Id is "AD0001");
        return [.. reported.OrderBy(diagnostic => diagnostic.Location.SourceSpan)];
    }

    // The user's file and the generated ones.
    private static Document Open(AdhocWorkspace workspace, string source)
    {
        GeneratorRun run = new Verifier { Sources = [source] }.Run(out _);
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "User", "User", LanguageNames.CSharp,
            compilationOptions: run.Compilation.Options,
            parseOptions: Verifier.ParseOptions,
            metadataReferences: Verifier.References));
        foreach (GeneratedSourceResult generated in run.Result.GeneratedSources.Where(generated => !GeneratorRun.IsCodec(generated)))
        {
            workspace.AddDocument(project.Id, generated.HintName, generated.SourceText);
        }

        return workspace.AddDocument(project.Id, "User0.cs", SourceText.From(source));
    }

    private static async Task<List<CodeAction>> ActionsAsync<TFix>(Document document)
        where TFix : CodeFixProvider, new()
    {
        Diagnostic diagnostic = (await DiagnosticsAsync(document, CancellationToken.None))[0];
        List<CodeAction> actions = [];
        await new TFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
        await AnalyzeAsync((await document.Project.GetCompilationAsync(cancellationToken))!);

    private sealed class Diagnostics : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            await DiagnosticsAsync(document, cancellationToken);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await DiagnosticsAsync(project.Documents.Single(document => document.Name == "User0.cs"), cancellationToken);
    }
}
