using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Names;

namespace RouterGen.Generator.Tools;

/// <summary>The names of what is emitted for a class.</summary>
internal sealed class ToolNames
{
    /// <summary>A type as C# for any place, with <c>?</c> on what it is made of but not on itself.</summary>
    public static readonly SymbolDisplayFormat TypeFormat =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat ShortFormat = new(genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Returns the name of an emitted method that nothing else has.</summary>
    /// <param name="verb">What it does.</param>
    /// <param name="what">With what.</param>
    public string Claim(string verb, string what) => Identifiers.Claim(verb + what.Replace("@", ""), _taken);

    /// <summary>Returns the name of an emitted method for a type.</summary>
    /// <param name="verb">What it does.</param>
    /// <param name="type">With what: <c>List&lt;string&gt;</c> becomes <c>ListString</c>.</param>
    public string Claim(string verb, ITypeSymbol type) => Claim(verb, Identifiers.Pascal(type.ToDisplayString(ShortFormat).Replace("[]", " array"), "Value"));

    /// <summary>Returns a type as C#, without <c>?</c> on itself.</summary>
    public static string Of(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(TypeFormat);

    /// <summary>Returns what a type is where it is not null.</summary>
    public static ITypeSymbol Unwrap(ITypeSymbol type, out bool isNullable)
    {
        bool isNullableValue = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        isNullable = isNullableValue || type.NullableAnnotation is NullableAnnotation.Annotated;
        return isNullableValue ? ((INamedTypeSymbol)type).TypeArguments[0] : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
    }
}
