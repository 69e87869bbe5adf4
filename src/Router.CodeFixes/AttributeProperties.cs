using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterGen.CodeFixes;

/// <summary>States properties in attributes, formatted as those that are there.</summary>
internal static class AttributeProperties
{
    private static readonly SyntaxTriviaList Space = SyntaxFactory.TriviaList(SyntaxFactory.Space);

    /// <summary>The attribute with a property set: in its place where it is stated already, else at the end.</summary>
    public static AttributeSyntax WithProperty(this AttributeSyntax attribute, string property, string value)
    {
        AttributeArgumentListSyntax list = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        LiteralExpressionSyntax literal = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));
        return list.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property) is { } stated
            ? attribute.ReplaceNode(stated.Expression, literal.WithTriviaFrom(stated.Expression))
            : attribute.WithArgumentList(list.WithArguments(Append(list.Arguments, Argument(property, literal))));
    }

    private static AttributeArgumentSyntax Argument(string property, ExpressionSyntax value) => SyntaxFactory.AttributeArgument(
        SyntaxFactory.NameEquals(
            SyntaxFactory.IdentifierName(SyntaxFactory.Identifier(default, property, Space)),
            SyntaxFactory.Token(default, SyntaxKind.EqualsToken, Space)),
        nameColon: null,
        value);

    // Behind the last argument as that is behind the one before: on its own line where each is on one.
    private static SeparatedSyntaxList<AttributeArgumentSyntax> Append(SeparatedSyntaxList<AttributeArgumentSyntax> arguments, AttributeArgumentSyntax added)
    {
        if (arguments.Count == 0) return arguments.Add(added);
        AttributeArgumentSyntax last = arguments.Last();
        SyntaxTriviaList afterComma = arguments.SeparatorCount > 0
            ? arguments.GetSeparator(arguments.SeparatorCount - 1).TrailingTrivia
            : Space;
        SyntaxToken comma = SyntaxFactory.Token(default, SyntaxKind.CommaToken, afterComma);
        added = added.WithLeadingTrivia(arguments.Count > 1 ? last.GetLeadingTrivia() : default).WithTrailingTrivia(last.GetTrailingTrivia());
        return SyntaxFactory.SeparatedList(
            [.. arguments.Take(arguments.Count - 1), last.WithTrailingTrivia(), added],
            [.. arguments.GetSeparators(), comma]);
    }
}
