using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Tests;

/// <summary>
/// Marked source in, fixed source out, which must compile and report what it is marked with and nothing else.
/// It has the shape of the compiler's own testing package, so that moving to that changes this file only.
/// </summary>
internal static class CodeFixVerifier<TFix>
    where TFix : CodeFixProvider, new()
{
    /// <summary>Fixes the first marked diagnostic.</summary>
    /// <param name="markup">The file; see <see cref="Markup"/>.</param>
    /// <param name="fixedMarkup">The file as it should be, with what is still wrong marked.</param>
    /// <param name="title">The title of the action to take, one of those offered.</param>
    public static async Task VerifyCodeFixAsync(string markup, string fixedMarkup, string title)
    {
        using var workspace = new AdhocWorkspace();
        Document document = await OpenAsync(workspace, markup);
        CodeAction action = (await ActionsAsync(document)).Single(action => action.Title == title);
        await AssertFixedAsync(document, action, fixedMarkup);
    }

    /// <summary>Fixes all of the file's diagnostics of the first one's kind at once.</summary>
    public static async Task VerifyFixAllAsync(string markup, string fixedMarkup, string title)
    {
        using var workspace = new AdhocWorkspace();
        Document document = await OpenAsync(workspace, markup);
        string key = (await ActionsAsync(document)).Single(action => action.Title == title).EquivalenceKey!;
        var fix = new TFix();
        var context = new FixAllContext(document, fix, FixAllScope.Document, key, fix.FixableDiagnosticIds, new Diagnostics(), CancellationToken.None);
        CodeAction? action = await fix.GetFixAllProvider()!.GetFixAsync(context);
        await AssertFixedAsync(document, Assert.IsType<CodeAction>(action, exactMatch: false), fixedMarkup);
    }

    /// <summary>The titles of what is offered for the first marked diagnostic.</summary>
    public static async Task<IEnumerable<string>> TitlesAsync(string markup)
    {
        using var workspace = new AdhocWorkspace();
        return [.. (await ActionsAsync(await OpenAsync(workspace, markup))).Select(action => action.Title)];
    }

    private static async Task<Document> OpenAsync(AdhocWorkspace workspace, string markup)
    {
        await AnalyzerVerifier.VerifyAnalyzerAsync(markup);
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "User", "User", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
            parseOptions: Verifier.ParseOptions,
            metadataReferences: Verifier.References));
        return workspace.AddDocument(project.Id, "User0.cs", SourceText.From(Markup.Parse(markup).Source));
    }

    private static async Task<List<CodeAction>> ActionsAsync(Document document)
    {
        Diagnostic diagnostic = (await DiagnosticsAsync(document, CancellationToken.None))[0];
        Assert.Contains(diagnostic.Id, new TFix().FixableDiagnosticIds);
        List<CodeAction> actions = [];
        await new TFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        Assert.Distinct(actions.Select(action => action.EquivalenceKey));
        return actions;
    }

    private static async Task AssertFixedAsync(Document document, CodeAction action, string fixedMarkup)
    {
        CodeActionOperation operation = Assert.Single(await action.GetOperationsAsync(CancellationToken.None));
        Document changed = Assert.IsType<ApplyChangesOperation>(operation).ChangedSolution.GetDocument(document.Id)!;
        string text = (await changed.GetTextAsync()).ToString();
        Assert.Equal(Markup.Parse(fixedMarkup).Source, text);
        await AnalyzerVerifier.VerifyAnalyzerAsync(fixedMarkup);

        Assert.DoesNotContain(new Verifier { Sources = [text] }.Compile().GetDiagnostics(), diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
        await AnalyzerVerifier.AnalyzeAsync((await document.Project.GetCompilationAsync(cancellationToken))!);

    private sealed class Diagnostics : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            await DiagnosticsAsync(document, cancellationToken);

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => [];

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            GetDocumentDiagnosticsAsync(project.Documents.Single(), cancellationToken);
    }
}
