using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Parsing;

/// <summary>The attributes that declare something, by metadata name.</summary>
internal static class AttributeNames
{
    public const string ModelGroup = "RouterGen.ModelGroupAttribute";
    public const string Deployment = "RouterGen.DeploymentAttribute";
    public const string Provider = "RouterGen.ProviderAttribute";

    /// <summary>The attributes of one kind, in the order of their declaration.</summary>
    public static IEnumerable<AttributeData> WithName(this IEnumerable<AttributeData> attributes, string metadataName) =>
        from attribute in attributes
        where attribute.AttributeClass is { Arity: 0, ContainingType: null, ContainingNamespace: { Name: "RouterGen", ContainingNamespace.IsGlobalNamespace: true } } type
            && metadataName.EndsWith("." + type.MetadataName, StringComparison.Ordinal)
        select attribute;
}
