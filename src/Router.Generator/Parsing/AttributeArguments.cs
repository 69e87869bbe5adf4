using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RouterGen.Generator.Parsing;

/// <summary>
/// One attribute as it was written. Reads what is there and of the right type, and takes all else as not stated:
/// attributes are read while they are being typed.
/// </summary>
internal sealed class AttributeArguments(AttributeData attribute, CancellationToken cancellationToken)
{
    /// <summary>The attribute's class.</summary>
    public INamedTypeSymbol? Class => attribute.AttributeClass;

    /// <summary>The declaration that bears the attribute; null for an attribute without source.</summary>
    public SyntaxNode? Declaration => Syntax?.Parent?.Parent;

    private AttributeSyntax? Syntax => attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;

    /// <summary>The whole attribute.</summary>
    public Location Location => Syntax?.GetLocation() ?? Location.None;

    /// <summary>Whether a constructor argument is there, valid or null.</summary>
    public bool Has(int position) => position < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[position].Kind is not TypedConstantKind.Error;

    public string? Text(int position) => Has(position) ? attribute.ConstructorArguments[position].AsPrimitive() as string : null;

    public int? Enum(int position) => Has(position) && attribute.ConstructorArguments[position] is { Kind: TypedConstantKind.Enum, Value: int value } ? value : null;

    public string? Text(string property) => Find(property).AsPrimitive() as string;

    public int? Integer(string property) => Find(property).AsPrimitive() as int?;

    public double? Number(string property) => Find(property).AsPrimitive() as double?;

    /// <summary>The strings of an array; null where an element is none.</summary>
    public ImmutableArray<string?> Texts(string property) => Find(property) is { Kind: TypedConstantKind.Array, IsNull: false } array
        ? [.. array.Values.Select(value => value.AsPrimitive() as string)]
        : [];

    /// <summary>The value of a constructor argument.</summary>
    public Location LocationOf(int position)
    {
        int seen = 0;
        foreach (AttributeArgumentSyntax argument in Arguments)
        {
            if (argument.NameEquals is null && seen++ == position) return argument.Expression.GetLocation();
        }

        return Location;
    }

    /// <summary>The value of a property.</summary>
    public Location LocationOf(string property) => Expression(property)?.GetLocation() ?? Location;

    /// <summary>An element of a property that is an array.</summary>
    public Location LocationOf(string property, int element)
    {
        IEnumerable<ExpressionSyntax> elements = Expression(property) switch
        {
            CollectionExpressionSyntax { Elements: var list } => list.OfType<ExpressionElementSyntax>().Select(e => e.Expression),
            ArrayCreationExpressionSyntax { Initializer.Expressions: var list } => list,
            ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: var list } => list,
            _ => [],
        };
        return elements.ElementAtOrDefault(element)?.GetLocation() ?? LocationOf(property);
    }

    private IEnumerable<AttributeArgumentSyntax> Arguments => Syntax?.ArgumentList is { } list ? list.Arguments : [];

    private ExpressionSyntax? Expression(string property) =>
        Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property)?.Expression;

    private TypedConstant Find(string property)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == property) return argument.Value;
        }

        return default;
    }
}

internal static class TypedConstantExtensions
{
    /// <summary>The constant's value where it is a string or number; else null.</summary>
    public static object? AsPrimitive(this TypedConstant constant) => constant.Kind is TypedConstantKind.Primitive ? constant.Value : null;
}
