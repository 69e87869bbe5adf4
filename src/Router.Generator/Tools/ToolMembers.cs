using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Tools;

/// <summary>What models see of a type: its members, and what they are called.</summary>
internal static class ToolMembers
{
    private const string Serialization = "System.Text.Json.Serialization";

    /// <summary>The members of an enum, each value once.</summary>
    public static IEnumerable<IFieldSymbol> OfEnum(ITypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>()
        .Where(field => field.HasConstantValue)
        .GroupBy(field => field.ConstantValue)
        .Select(same => same.First());

    /// <summary>The name of an enum's member for models.</summary>
    public static string NameOfEnum(IFieldSymbol member) => Attribute(member, Serialization, "JsonStringEnumMemberNameAttribute") is { } stated ? stated : member.Name;

    /// <summary>The public properties that an object has, with those that it inherits: each name once, as the most derived type has it.</summary>
    public static IEnumerable<IPropertySymbol> Of(ITypeSymbol type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        IEnumerable<ITypeSymbol> types = type.TypeKind is TypeKind.Interface ? type.AllInterfaces.Prepend(type) : BasesOf(type).Reverse();
        List<IPropertySymbol> all = [.. types.SelectMany(t => t.GetMembers()).OfType<IPropertySymbol>()];
        foreach (IPropertySymbol property in all)
        {
            if (property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public } && !IsIgnored(property) && seen.Add(property.Name))
            {
                yield return all.Last(other => other.Name == property.Name && other is { IsStatic: false, IsIndexer: false });
            }
        }
    }

    /// <summary>The name of a property or a constructor's parameter for models: the stated one, else in camel case.</summary>
    public static string JsonName(string name, ISymbol? property) => (property is null ? null : Attribute(property, Serialization, "JsonPropertyNameAttribute")) ?? CamelCase(name);

    /// <summary>Whether a member has an attribute.</summary>
    public static bool Has(ISymbol member, string @namespace, string name) => Find(member, @namespace, name) is not null;

    /// <summary>Whether a constructor is the one to use.</summary>
    public static bool IsJsonConstructor(IMethodSymbol constructor) => Has(constructor, Serialization, "JsonConstructorAttribute");

    /// <summary>The attribute of that name.</summary>
    public static AttributeData? Find(ISymbol member, string @namespace, string name) => member.GetAttributes()
        .FirstOrDefault(attribute => attribute.AttributeClass is { } type && type.Name == name && type.ContainingNamespace.ToDisplayString() == @namespace);

    /// <summary>The text that an attribute is made with; null where there is none.</summary>
    public static string? Attribute(ISymbol member, string @namespace, string name) =>
        Find(member, @namespace, name)?.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : null;

    private static bool IsIgnored(ISymbol member) =>
        Find(member, Serialization, "JsonIgnoreAttribute") is { } attribute
        && (attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Condition").Value is not { Value: int condition } || condition == 1);

    // As JsonNamingPolicy.CamelCase has it: what leads in capitals becomes small but for the last letter before a small one.
    private static string CamelCase(string name)
    {
        char[] letters = name.ToCharArray();
        for (int i = 0; i < letters.Length && char.IsUpper(letters[i]); i++)
        {
            if (i > 0 && i + 1 < letters.Length && !char.IsUpper(letters[i + 1])) break;
            letters[i] = char.ToLowerInvariant(letters[i]);
        }

        return new string(letters);
    }

    private static IEnumerable<ITypeSymbol> BasesOf(ITypeSymbol type)
    {
        for (ITypeSymbol? t = type; t is not null && t.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); t = t.BaseType) yield return t;
    }
}
