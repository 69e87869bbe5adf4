using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Problems;

namespace RouterGen.CodeFixes;

/// <summary>RG0302: passes the token that is at hand, by name where arguments before it are left out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PassCancellationTokenFix)), Shared]
public sealed class PassCancellationTokenFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.TokenNotPassed];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root) return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Argument, out string? argument) || argument is null) continue;
            if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call) continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Pass '{argument}'",
                    cancellationToken => PassAsync(context.Document, call.ArgumentList, argument, cancellationToken),
                    equivalenceKey: nameof(PassCancellationTokenFix)),
                diagnostic);
        }
    }

    // An insertion of text, so that calls within the arguments of others are fixed along with them.
    private static async Task<Document> PassAsync(Document document, ArgumentListSyntax list, string argument, CancellationToken cancellationToken)
    {
        SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        string separator = list.Arguments.Count > 0 ? ", " : "";
        int end = list.Arguments.Count > 0 ? list.Arguments.Last().Span.End : list.OpenParenToken.Span.End;
        return document.WithText(text.WithChanges(new TextChange(new TextSpan(end, 0), separator + argument)));
    }
}
