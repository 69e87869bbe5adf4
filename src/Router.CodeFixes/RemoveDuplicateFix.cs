using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Problems;

namespace RouterGen.CodeFixes;

/// <summary>RG0110: removes a deployment that is there already, with its line where it is alone on one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveDuplicateFix)), Shared]
public sealed class RemoveDuplicateFix : DeclarationFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.DuplicateDeployment];

    private protected override void Register(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } attribute) return;
        SourceText text = root.SyntaxTree.GetText(context.CancellationToken);
        TextSpan span = list.Attributes.Count == 1 ? SpanOfAll(list, text) : SpanWithComma(list, list.Attributes.IndexOf(attribute));
        Offer(context, diagnostic, "Remove the duplicate deployment", () => context.Document.WithText(text.Replace(span, "")));
    }

    private static TextSpan SpanWithComma(AttributeListSyntax list, int index) => index > 0
        ? TextSpan.FromBounds(list.Attributes.GetSeparator(index - 1).SpanStart, list.Attributes[index].Span.End)
        : TextSpan.FromBounds(list.Attributes[0].SpanStart, list.Attributes[1].SpanStart);

    // Comments above stay, they may be about more than this line; one behind goes with it.
    private static TextSpan SpanOfAll(AttributeListSyntax list, SourceText text)
    {
        TextLine first = text.Lines.GetLineFromPosition(list.SpanStart);
        TextLine last = text.Lines.GetLineFromPosition(list.Span.End);
        bool startsLine = string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(first.Start, list.SpanStart)));
        bool endsLine = list.GetLastToken().TrailingTrivia.Span.End >= last.End;
        if (startsLine && endsLine) return TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak);

        int end = list.Span.End;
        bool followsSpace = startsLine || char.IsWhiteSpace(text[list.SpanStart - 1]);
        while (followsSpace && !endsLine && text[end] == ' ') end++;
        return TextSpan.FromBounds(list.SpanStart, end);
    }
}
