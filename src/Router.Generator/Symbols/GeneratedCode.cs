using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Names;

namespace RouterGen.Generator.Symbols;

/// <summary>Tells what the generator made. The generator does not see that, but the analyzer does, and must come to the same names.</summary>
internal static class GeneratedCode
{
    /// <summary>Whether the generator made a class or member.</summary>
    public static bool Is(ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name is "GeneratedCodeAttribute"
        && attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: MemberNames.GeneratedBy });
}
