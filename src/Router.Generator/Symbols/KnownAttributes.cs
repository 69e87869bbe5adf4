using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Symbols;

/// <summary>The attributes that say how a type is described and read, by the names of their classes.</summary>
internal static class KnownAttributes
{
    public const string StructuredAnswer = "RouterGen.StructuredAnswerAttribute";
    public const string PropertyName = Json + "JsonPropertyNameAttribute";
    public const string Ignore = Json + "JsonIgnoreAttribute";
    public const string Constructor = Json + "JsonConstructorAttribute";
    public const string EnumMemberName = Json + "JsonStringEnumMemberNameAttribute";
    public const string Description = "System.ComponentModel.DescriptionAttribute";
    public const string Range = Annotations + "RangeAttribute";
    public const string StringLength = Annotations + "StringLengthAttribute";
    public const string MinLength = Annotations + "MinLengthAttribute";
    public const string MaxLength = Annotations + "MaxLengthAttribute";
    public const string Length = Annotations + "LengthAttribute";
    public const string RegularExpression = Annotations + "RegularExpressionAttribute";
    public const string Flags = "System.FlagsAttribute";
    public const string SetsRequiredMembers = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";

    private const string Json = "System.Text.Json.Serialization.";
    private const string Annotations = "System.ComponentModel.DataAnnotations.";

    /// <summary>Returns an attribute of a symbol or, where that has none, of another.</summary>
    public static AttributeData? Find(string name, ISymbol symbol, ISymbol? other = null) =>
        symbol.GetAttributes().FirstOrDefault(attribute => IsNamed(attribute, name)) ?? (other is null ? null : Find(name, other));

    /// <summary>Returns an argument of a constructor, if it is of the type.</summary>
    public static T? Argument<T>(this AttributeData? attribute, int position) =>
        attribute is not null && position < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[position] is { Kind: TypedConstantKind.Primitive, Value: T value } ? value : default;

    /// <summary>Returns an argument that is stated by name, if it is of the type.</summary>
    public static T? Named<T>(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: T value } ? value : default;

    private static bool IsNamed(AttributeData attribute, string name) => attribute.AttributeClass?.ToDisplayString() == name;
}
