using Microsoft.CodeAnalysis;
using RouterGen.Generator.Model;

namespace RouterGen.Generator.Parsing;

/// <summary>Reads what is to be kept of a class: nothing of the compilation's own.</summary>
internal static class ClassReader
{
    private static readonly SymbolDisplayFormat QualifiedFormat = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly string[] ObjectMembers = ["Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "ReferenceEquals", "Finalize"];

    public static ClassSnapshot Read(INamedTypeSymbol type, CancellationToken cancellationToken) => new(
        ReadFacts(type, cancellationToken),
        new([new AttributeReader(type, cancellationToken).ReadAll().ToSnapshot()]));

    public static ClassFacts ReadFacts(INamedTypeSymbol type, CancellationToken cancellationToken) => new(
        type.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString(QualifiedFormat) : "",
        type.Name,
        type.IsRecord ? "record" : "class",
        type.IsStatic,
        IsPublic: type.DeclaredAccessibility is Accessibility.Public,
        CanRegister: type is { IsStatic: false, IsAbstract: false },
        ClassShape.CanGenerate(type),
        TakenNames(type),
        GroupMembers(type),
        Declarations.ToSnapshots(new AttributeReader(type.ContainingAssembly, cancellationToken).Read(DeclarationKind.Provider)));

    private static EquatableArray<string> TakenNames(INamedTypeSymbol type)
    {
        var taken = new SortedSet<string>(StringComparer.Ordinal) { type.Name };
        for (INamedTypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            bool isOwnSource = SymbolEqualityComparer.Default.Equals(t.ContainingAssembly, type.ContainingAssembly);
            taken.UnionWith(t.GetMembers().Where(member => member.CanBeReferencedByName && !(isOwnSource && IsGenerated(member))).Select(member => member.Name));
        }

        if (type.BaseType is null) taken.UnionWith(ObjectMembers);
        return taken.ToEquatableArray();
    }

    // What each group's class inherits. Its base class comes with the attribute, from one assembly.
    private static EquatableArray<string> GroupMembers(INamedTypeSymbol type)
    {
        INamedTypeSymbol? attribute = type.GetAttributes().WithName(AttributeNames.ModelGroup).FirstOrDefault()?.AttributeClass;
        var members = new SortedSet<string>(StringComparer.Ordinal);
        for (INamedTypeSymbol? t = attribute?.ContainingAssembly.GetTypeByMetadataName("RouterGen.ModelGroup"); t is not null; t = t.BaseType)
        {
            members.UnionWith(t.GetMembers().Where(member => member.CanBeReferencedByName).Select(member => member.Name));
        }

        return members.ToEquatableArray();
    }

    // The generator does not see what it generates, but the analyzer does, and must come to the same names.
    private static bool IsGenerated(ISymbol member) => member.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name is "GeneratedCodeAttribute"
        && attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: MemberNames.GeneratedBy });
}
