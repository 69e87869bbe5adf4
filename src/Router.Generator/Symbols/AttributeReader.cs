using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Symbols;

/// <summary>
/// Reads attributes. Takes what is there and of the right type, and all else as not stated: attributes are read while they
/// are being typed.
/// </summary>
internal sealed class AttributeReader(ISymbol bearer, CancellationToken cancellationToken)
{
    // The declarations that have an attribute, in the order in which they were met: a deployment belongs to the group beside it.
    private readonly List<SyntaxNode?> _declarations = [];

    public DeclarationSource ReadAll() => new(Read(DeclarationKind.Group), Read(DeclarationKind.Deployment), Read(DeclarationKind.Provider));

    /// <summary>The attributes of one kind, in the order of their declaration.</summary>
    public List<DeclaredArguments> Read(DeclarationKind kind) => [.. bearer.GetAttributes().WithName(kind.Attribute).Select(attribute => Read(attribute, kind))];

    private DeclaredArguments Read(AttributeData attribute, DeclarationKind kind)
    {
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;
        List<StatedValue> values = [];
        for (int i = 0; i < kind.Properties.Length; i++)
        {
            DeclaredProperty property = kind.Properties[i];
            object? value = i < kind.PositionalCount ? Positional(attribute, i, property.Type) : ValueOf(Named(attribute, property.Name), property.Type);
            if (value is not null) values.Add(new(property.Name, value));
        }

        return new(new(OrdinalOf(syntax?.Parent?.Parent), values.ToEquatableArray()), new AttributePlaces(syntax, kind));
    }

    private int OrdinalOf(SyntaxNode? declaration)
    {
        int ordinal = _declarations.IndexOf(declaration);
        if (ordinal >= 0) return ordinal;
        _declarations.Add(declaration);
        return _declarations.Count - 1;
    }

    // A text that is null is stated, and wrong; one that is not there yet is half-typed, and the compiler says so.
    private static object? Positional(AttributeData attribute, int position, DeclaredType type)
    {
        if (position >= attribute.ConstructorArguments.Length || attribute.ConstructorArguments[position] is not { Kind: not TypedConstantKind.Error } constant) return null;
        return ValueOf(constant, type) ?? (type is DeclaredType.Text ? "" : null);
    }

    private static TypedConstant Named(AttributeData attribute, string property)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == property) return argument.Value;
        }

        return default;
    }

    private static object? ValueOf(TypedConstant constant, DeclaredType type) => type switch
    {
        DeclaredType.Text => Primitive(constant) as string,
        DeclaredType.Integer => Primitive(constant) as int?,
        DeclaredType.Number => Primitive(constant) as double?,
        DeclaredType.Boolean => Primitive(constant) as bool?,
        DeclaredType.Type => constant is { Kind: TypedConstantKind.Type, Value: ITypeSymbol named } ? UserTypes.NameOf(named) : null,
        DeclaredType.Dialect or DeclaredType.Strategy or DeclaredType.BudgetPeriod or DeclaredType.ServiceTier or DeclaredType.CallKind or DeclaredType.Features => constant is { Kind: TypedConstantKind.Enum, Value: int number } ? number : null,
        DeclaredType.Texts or DeclaredType.Headers when constant is { Kind: TypedConstantKind.Array, IsNull: false } =>
            constant.Values.Select(value => Primitive(value) as string).ToEquatableArray(),
        _ => null,
    };

    private static object? Primitive(TypedConstant constant) => constant.Kind is TypedConstantKind.Primitive ? constant.Value : null;
}
