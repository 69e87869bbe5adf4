using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterGen.Generator.Parsing;

/// <summary>Where an attribute states what it states.</summary>
/// <param name="syntax">The attribute; null for one without source.</param>
/// <param name="kind">What it declares.</param>
internal sealed class AttributePlaces(AttributeSyntax? syntax, DeclarationKind kind) : ArgumentPlaces
{
    public override Location Of(string property) => Expression(property)?.GetLocation() ?? syntax?.GetLocation() ?? Location.None;

    public override Location Of(string property, int element)
    {
        IEnumerable<ExpressionSyntax> elements = Expression(property) switch
        {
            CollectionExpressionSyntax { Elements: var list } => list.OfType<ExpressionElementSyntax>().Select(e => e.Expression),
            ArrayCreationExpressionSyntax { Initializer.Expressions: var list } => list,
            ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: var list } => list,
            _ => [],
        };
        return elements.ElementAtOrDefault(element)?.GetLocation() ?? Of(property);
    }

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
