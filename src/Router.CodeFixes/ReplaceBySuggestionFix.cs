using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using RouterGen.Declarations.Problems;

namespace RouterGen.CodeFixes;

/// <summary>RG0006, RG0101–RG0104: puts the name that was meant in place of the misspelt one, and a model's successor in its place. Text that is composed elsewhere is left alone.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceBySuggestionFix)), Shared]
public sealed class ReplaceBySuggestionFix : DeclarationFix
{
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [DiagnosticIds.UnknownFallback, DiagnosticIds.UnknownProvider, DiagnosticIds.UnknownModel, DiagnosticIds.RetiringModel, DiagnosticIds.RetiredModel];

    private protected override void Register(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Replacement, out string? replacement) || replacement is null) return;
        if (node is not LiteralExpressionSyntax literal || !literal.IsKind(SyntaxKind.StringLiteralExpression)) return;
        SyntaxToken token = SyntaxFactory.Literal(replacement).WithTriviaFrom(literal.Token);
        Offer(
            context, diagnostic, $"Replace by {SymbolDisplay.FormatLiteral(replacement, quote: true)}",
            () => context.Document.WithSyntaxRoot(root.ReplaceToken(literal.Token, token)));
    }
}
