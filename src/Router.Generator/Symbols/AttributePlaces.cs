using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Sources;

namespace RouterGen.Generator.Symbols;

/// <summary>Where an attribute states what it states.</summary>
/// <param name="syntax">The attribute; null for one without source.</param>
/// <param name="kind">What it declares.</param>
internal sealed class AttributePlaces(AttributeSyntax? syntax, DeclarationKind kind) : ArgumentPlaces
{
    public override Place Of(string property) => PlaceOf(Expression(property)) ?? PlaceOf(syntax) ?? Place.None;

    public override Place Of(string property, int element)
    {
        IEnumerable<ExpressionSyntax> elements = Expression(property) switch
        {
            CollectionExpressionSyntax { Elements: var list } => list.OfType<ExpressionElementSyntax>().Select(e => e.Expression),
            ArrayCreationExpressionSyntax { Initializer.Expressions: var list } => list,
            ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: var list } => list,
            _ => [],
        };
        return PlaceOf(elements.ElementAtOrDefault(element)) ?? Of(property);
    }

    private static CodePlace? PlaceOf(SyntaxNode? node) => node is null ? null : new(node.GetLocation());

    private ExpressionSyntax? Expression(string property)
    {
        IEnumerable<AttributeArgumentSyntax> arguments = syntax?.ArgumentList is { } list ? list.Arguments : [];
        int position = kind.PositionOf(property);
        AttributeArgumentSyntax? argument = position >= 0
            ? arguments.Where(a => a.NameEquals is null).ElementAtOrDefault(position)
            : arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == property);
        return argument?.Expression;
    }
}
