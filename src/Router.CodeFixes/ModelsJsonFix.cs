using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Problems;

namespace RouterGen.CodeFixes;

/// <summary>
/// RG0006, RG0101–RG0104, RG0202 and RG0206 in a models.json: puts the name that was meant in place of the misspelt one, and a
/// model's successor in its place.
/// </summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp, Name = nameof(ModelsJsonFix), DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)], DocumentExtensions = [".json"]), Shared]
public sealed class ModelsJsonFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds =>
    [
        DiagnosticIds.UnknownFallback, DiagnosticIds.UnknownProvider, DiagnosticIds.UnknownModel, DiagnosticIds.RetiringModel, DiagnosticIds.RetiredModel,
        DiagnosticIds.UnknownJsonProperty, DiagnosticIds.MisspeltSetting,
    ];

    public override FixAllProvider GetFixAllProvider() => ModelsJsonFixAll.Instance;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        TextDocument document = context.TextDocument;
        SourceText text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (SuggestedChange.Of(diagnostic, text) is not { } change) continue;
            context.RegisterCodeFix(
                CodeAction.Create($"Replace by {change.NewText}", _ => Task.FromResult(document.Project.Solution.WithAdditionalDocumentText(document.Id, text.WithChanges(change))), equivalenceKey: nameof(ModelsJsonFix)),
                diagnostic);
        }
    }
}
