using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace RouterGen.CodeFixes;

/// <summary>Fixes all of a kind in the models.json files of a project or solution. The platform's own provider is for C# files alone.</summary>
internal sealed class ModelsJsonFixAll : FixAllProvider
{
    public static readonly ModelsJsonFixAll Instance = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Project, FixAllScope.Solution];

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) => Task.FromResult<CodeAction?>(CodeAction.Create(
        "Replace all by what was meant",
        cancellationToken => FixAsync(fixAllContext, cancellationToken),
        equivalenceKey: fixAllContext.CodeActionEquivalenceKey));

    private static async Task<Solution> FixAsync(FixAllContext context, CancellationToken cancellationToken)
    {
        Solution solution = context.Solution;
        foreach (Project project in context.Scope is FixAllScope.Solution ? solution.Projects : [context.Project])
        {
            ImmutableArray<Diagnostic> diagnostics = await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            foreach (TextDocument document in project.AdditionalDocuments)
            {
                SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
                List<TextChange> changes =
                [
                    .. diagnostics
                        .Where(diagnostic => diagnostic.Location.Kind is LocationKind.ExternalFile && diagnostic.Location.GetLineSpan().Path == (document.FilePath ?? document.Name))
                        .Select(diagnostic => SuggestedChange.Of(diagnostic, text))
                        .OfType<TextChange>()
                        .Distinct()
                        .OrderBy(change => change.Span),
                ];
                if (changes.Count > 0) solution = solution.WithAdditionalDocumentText(document.Id, text.WithChanges(changes));
            }
        }

        return solution;
    }
}
