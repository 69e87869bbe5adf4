using System.Collections.Immutable;
using System.Reflection.Metadata;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;

namespace RouterGen.Tool.Assemblies;

/// <summary>
/// Reads attributes of an assembly as the generator reads those of code: what they state, by the tables of properties. Properties
/// that the tables do not have are of another version, and passed over.
/// </summary>
internal static class AttributeDecoder
{
    private static readonly DeclarationKind[] Kinds = [DeclarationKind.Group, DeclarationKind.Deployment, DeclarationKind.Provider];

    /// <summary>What an attribute declares; null where it declares nothing.</summary>
    public static DeclarationKind? KindOf(MetadataReader reader, CustomAttribute attribute) =>
        TypeOf(reader, attribute) is { } type ? Array.Find(Kinds, kind => kind.Attribute == type) : null;

    /// <summary>The name of an attribute's class, with its namespace; null for a nested or generic one.</summary>
    public static string? TypeOf(MetadataReader reader, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind is HandleKind.MethodDefinition)
        {
            TypeDefinition own = reader.GetTypeDefinition(reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType());
            return own.GetDeclaringType().IsNil ? AttributeTypes.FullName(reader, own.Namespace, own.Name) : null;
        }

        EntityHandle parent = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (parent.Kind is not HandleKind.TypeReference) return null;
        TypeReference type = reader.GetTypeReference((TypeReferenceHandle)parent);
        return type.ResolutionScope.Kind is HandleKind.TypeReference ? null : AttributeTypes.FullName(reader, type.Namespace, type.Name);
    }

    /// <summary>Returns what an attribute states.</summary>
    public static EquatableArray<StatedValue> Decode(CustomAttribute attribute, DeclarationKind kind)
    {
        CustomAttributeValue<string> decoded = attribute.DecodeValue(AttributeTypes.Instance);
        List<StatedValue> values = [];
        for (int i = 0; i < kind.Properties.Length; i++)
        {
            DeclaredProperty property = kind.Properties[i];
            object? value = i < kind.PositionalCount
                ? Positional(decoded.FixedArguments, i, property.Type)
                : ValueOf(decoded.NamedArguments.LastOrDefault(argument => argument.Name == property.Name).Value, property.Type);
            if (value is not null) values.Add(new(property.Name, value));
        }

        return values.ToEquatableArray();
    }

    // A text that is null is stated, and wrong.
    private static object? Positional(ImmutableArray<CustomAttributeTypedArgument<string>> arguments, int position, DeclaredType type)
    {
        if (position >= arguments.Length) return null;
        return ValueOf(arguments[position].Value, type) ?? (type is DeclaredType.Text ? "" : null);
    }

    private static object? ValueOf(object? value, DeclaredType type) => type switch
    {
        DeclaredType.Text => value as string,
        DeclaredType.Number => value as double?,
        DeclaredType.Boolean => value as bool?,
        DeclaredType.Type => value is string name ? WrittenType.NameOf(name) : null,
        DeclaredType.Texts or DeclaredType.Headers => value is ImmutableArray<CustomAttributeTypedArgument<string>> items
            ? items.Select(item => item.Value as string).ToEquatableArray()
            : null,
        _ => value as int?,
    };
}
