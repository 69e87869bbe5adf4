using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using RouterGen.Declarations.Problems;

namespace RouterGen.CodeFixes;

/// <summary>RG0303: awaits the call where that is allowed, or makes it a synchronous one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockingCallFix)), Shared]
public sealed class BlockingCallFix : CodeFixProvider
{
    private const string Async = "Async";

    private static readonly string[] Asynchronous = ["CompleteAsync", "EmbedAsync", "RerankAsync", "ModerateAsync", "GenerateAsync", "EditAsync"];

    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.BlockingCall];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root) return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (BlockOf(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)) is not { } block || CallIn(block) is not { } call) continue;
            if (CanAwait(block)) Offer("Await the call", "Await", Awaited(block, call));
            string synchronous = SynchronousOf(call);
            Offer($"Use '{synchronous}'", synchronous, Renamed(call, synchronous).WithTriviaFrom(block));

            void Offer(string title, string key, ExpressionSyntax replacement) => context.RegisterCodeFix(
                CodeAction.Create(
                    title,
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(block, replacement))),
                    equivalenceKey: nameof(BlockingCallFix) + key),
                diagnostic);
        }
    }

    // The name's member access, and its call if it is a method.
    private static ExpressionSyntax? BlockOf(SyntaxNode name) => name.Parent switch
    {
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when call.Expression == access => call,
        MemberAccessExpressionSyntax access => access,
        _ => null,
    };

    private static InvocationExpressionSyntax? CallIn(ExpressionSyntax block)
    {
        ExpressionSyntax? expression = block;
        while (expression is not null)
        {
            if (expression is InvocationExpressionSyntax call && Asynchronous.Contains(NameOf(call)?.Identifier.ValueText)) return call;
            expression = expression switch
            {
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
                MemberAccessExpressionSyntax access => access.Expression,
                ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
                _ => null,
            };
        }

        return null;
    }

    private static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        _ => null,
    };

    private static string SynchronousOf(InvocationExpressionSyntax call)
    {
        string name = NameOf(call)!.Identifier.ValueText;
        return name.Substring(0, name.Length - Async.Length);
    }

    private static ExpressionSyntax Renamed(InvocationExpressionSyntax call, string synchronous)
    {
        SimpleNameSyntax name = NameOf(call)!;
        return call.ReplaceNode(name, SyntaxFactory.IdentifierName(synchronous).WithTriviaFrom(name));
    }

    private static ExpressionSyntax Awaited(ExpressionSyntax block, InvocationExpressionSyntax call)
    {
        ExpressionSyntax awaited = SyntaxFactory.AwaitExpression(
            SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space),
            call.WithoutTrivia());
        bool bindsTighter = block.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or PostfixUnaryExpressionSyntax
            || (block.Parent is ConditionalAccessExpressionSyntax conditional && conditional.Expression == block);
        return (bindsTighter ? SyntaxFactory.ParenthesizedExpression(awaited) : awaited).WithTriviaFrom(block);
    }

    // In an async function or in top-level code, outside of where the language forbids await, and not after a "?.".
    private static bool CanAwait(ExpressionSyntax block)
    {
        for (SyntaxNode? node = block; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case ConditionalAccessExpressionSyntax conditional when conditional.WhenNotNull.Contains(block):
                case LockStatementSyntax or CatchFilterClauseSyntax or UnsafeStatementSyntax or QueryExpressionSyntax:
                    return false;
                case AnonymousFunctionExpressionSyntax function:
                    return function.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case MethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword) && block.FirstAncestorOrSelf<ParameterListSyntax>() is null;
                case GlobalStatementSyntax:
                    return true;
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }
}
