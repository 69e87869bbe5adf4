using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Symbols;

/// <summary>Finds attributes by name.</summary>
internal static class NamedAttributes
{
    /// <summary>The attributes of one kind, in the order of their declaration.</summary>
    public static IEnumerable<AttributeData> WithName(this IEnumerable<AttributeData> attributes, string metadataName) =>
        from attribute in attributes
        where attribute.AttributeClass is { Arity: 0, ContainingType: null, ContainingNamespace: { Name: "RouterGen", ContainingNamespace.IsGlobalNamespace: true } } type
            && metadataName.EndsWith("." + type.MetadataName, StringComparison.Ordinal)
        select attribute;
}
