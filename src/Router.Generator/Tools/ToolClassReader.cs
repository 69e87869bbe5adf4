using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Problems;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Tools;

/// <summary>Reads a class with tools, with the places of what is wrong.</summary>
internal static class ToolClassReader
{
    /// <summary>The attribute that makes a tool of a method.</summary>
    public const string AttributeName = "RouterGen.RouterToolAttribute";

    private static readonly SymbolDisplayFormat NamespaceFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The methods of a type that are tools, in the order of their declaration.</summary>
    public static IEnumerable<(IMethodSymbol Method, AttributeData Attribute)> ToolsOf(INamedTypeSymbol type) =>
        from method in type.GetMembers().OfType<IMethodSymbol>()
        from attribute in method.GetAttributes().WithName(AttributeName)
        select (method, attribute);

    /// <summary>Whether a method is the one on whose account its class is generated.</summary>
    public static bool IsFirst(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(ToolsOf(method.ContainingType).First().Method, method);

    /// <summary>Reads a class.</summary>
    /// <returns>What can be generated; null for nothing.</returns>
    public static ToolClassSpec? Read(INamedTypeSymbol type, ProblemList problems, CancellationToken cancellationToken)
    {
        ClassShape.Check(type, ToolProblemKinds.ClassNotExtensible, type.TypeKind is TypeKind.Class ? [] : ["be a class"], problems, cancellationToken);
        var reader = new ToolMethodReader(problems, cancellationToken);
        EquatableArray<ToolSpec> tools = ToolsOf(type).Select(tool => reader.Read(tool.Method, tool.Attribute)).Where(tool => tool is not null).Select(tool => tool!).ToEquatableArray();
        if (!ClassShape.CanGenerate(type)) return null;
        HashSet<string> taken = new(ClassReader.TakenNames(type), StringComparer.Ordinal);
        return new(
            type.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString(NamespaceFormat) : "",
            Identifiers.Escape(type.Name), type.IsRecord ? "record" : "class",
            IsStatic: ToolsOf(type).All(tool => tool.Method.IsStatic),
            Identifiers.Claim("Tools", taken), Identifiers.Claim("RouterTools", taken), tools, reader.Readers, reader.Writers);
    }
}
