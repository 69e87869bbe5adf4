using Microsoft.CodeAnalysis;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Tools;

/// <summary>What models see of a type: its members, and what they are called.</summary>
internal static class ToolMembers
{
    /// <summary>The members of an enum, each value once.</summary>
    public static IEnumerable<IFieldSymbol> OfEnum(ITypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>()
        .Where(field => field.HasConstantValue)
        .GroupBy(field => field.ConstantValue)
        .Select(same => same.First());

    /// <summary>The name of an enum's member for models.</summary>
    public static string NameOfEnum(IFieldSymbol member) => KnownAttributes.Find(KnownAttributes.EnumMemberName, member).Argument<string>(0) ?? member.Name;

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
    public static string JsonName(string name, ISymbol? property) => (property is null ? null : KnownAttributes.Find(KnownAttributes.PropertyName, property).Argument<string>(0)) ?? JsonNames.CamelCase(name);

    private static bool IsIgnored(ISymbol member) =>
        KnownAttributes.Find(KnownAttributes.Ignore, member) is { } attribute
        && (attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Condition").Value is not { Value: int condition } || condition == 1);

    private static IEnumerable<ITypeSymbol> BasesOf(ITypeSymbol type)
    {
        for (ITypeSymbol? t = type; t is not null && t.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); t = t.BaseType) yield return t;
    }
}
