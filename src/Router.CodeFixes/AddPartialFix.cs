using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using RouterGen.Declarations.Problems;

namespace RouterGen.CodeFixes;

/// <summary>RG0001, RG0401, RG0501: makes a type partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddPartialFix)), Shared]
public sealed class AddPartialFix : DeclarationFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.ClassNotExtensible, DiagnosticIds.ToolClassNotExtensible, DiagnosticIds.AnswerNotExtensible];

    private protected override void Register(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (!diagnostic.Properties.ContainsKey(DiagnosticProperties.Missing)) return;
        if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration) return;
        Offer(
            context, diagnostic, $"Make '{declaration.Identifier.ValueText}' partial",
            () => context.Document.WithSyntaxRoot(root.ReplaceNode(declaration, WithPartial(declaration))));
    }

    private static TypeDeclarationSyntax WithPartial(TypeDeclarationSyntax declaration)
    {
        SyntaxToken keyword = declaration.Keyword;
        SyntaxToken partial = SyntaxFactory.Token(keyword.LeadingTrivia, SyntaxKind.PartialKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space));
        return declaration.WithKeyword(keyword.WithLeadingTrivia()).WithModifiers(declaration.Modifiers.Add(partial));
    }
}
