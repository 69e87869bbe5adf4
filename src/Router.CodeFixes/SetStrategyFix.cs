using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using RouterGen.Declarations.Problems;

namespace RouterGen.CodeFixes;

/// <summary>RG0107: lets the weights count. The strategy stays qualified as it is written; one that is composed elsewhere is left alone.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetStrategyFix)), Shared]
public sealed class SetStrategyFix : DeclarationFix
{
    private const string Weighted = "Weighted";

    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.IgnoredWeights];

    private protected override void Register(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        // The name itself, or what is behind its last dot; not that of a constant.
        SimpleNameSyntax? name = node is MemberAccessExpressionSyntax access ? access.Name : node as IdentifierNameSyntax;
        if (name is null || !diagnostic.Properties.TryGetValue(DiagnosticProperties.Strategy, out string? stated) || name.Identifier.ValueText != stated) return;
        SyntaxToken weighted = SyntaxFactory.Identifier(Weighted).WithTriviaFrom(name.Identifier);
        Offer(
            context, diagnostic, "Set Strategy = RoutingStrategy.Weighted",
            () => context.Document.WithSyntaxRoot(root.ReplaceToken(name.Identifier, weighted)));
    }
}
