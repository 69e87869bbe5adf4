using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterGen.CodeFixes;

/// <summary>A fix of one place in a declaration, with what to do in the diagnostic's properties. All of a kind can be fixed at once.</summary>
public abstract class DeclarationFix : CodeFixProvider
{
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root) return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            Register(context, diagnostic, root, root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true));
        }
    }

    /// <summary>Offers what can be done.</summary>
    /// <param name="context">Where to offer it.</param>
    /// <param name="diagnostic">What is wrong.</param>
    /// <param name="root">The file.</param>
    /// <param name="node">The innermost node that the diagnostic points at.</param>
    private protected abstract void Register(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node);

    /// <param name="context">Where to offer the fix.</param>
    /// <param name="diagnostic">What it fixes.</param>
    /// <param name="title">What it does.</param>
    /// <param name="fix">The file as it should be.</param>
    /// <param name="choice">Tells choices for the same diagnostic apart, where there are several.</param>
    private protected void Offer(CodeFixContext context, Diagnostic diagnostic, string title, Func<Document> fix, string choice = "") =>
        context.RegisterCodeFix(
            CodeAction.Create(title, _ => Task.FromResult(fix()), equivalenceKey: GetType().Name + choice),
            diagnostic);

    /// <summary>Offers to state a property of the attribute that the diagnostic points into.</summary>
    private protected void OfferToSet(
        CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node, string title, string property, string value, string choice = "")
    {
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute) return;
        Offer(context, diagnostic, title, () => context.Document.WithSyntaxRoot(root.ReplaceNode(attribute, attribute.WithProperty(property, value))), choice);
    }
}
