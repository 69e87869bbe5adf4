using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Parsing;

namespace RouterGen.Generator.Symbols;

/// <summary>Reads what is to be kept of a class: nothing of the compilation's own.</summary>
internal static class ClassReader
{
    private static readonly SymbolDisplayFormat QualifiedFormat = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    public static ClassSnapshot Read(INamedTypeSymbol type, CancellationToken cancellationToken) => new(
        ReadFacts(type, cancellationToken),
        new([new AttributeReader(type, cancellationToken).ReadAll().ToSnapshot()]));

    public static ClassFacts ReadFacts(INamedTypeSymbol type, CancellationToken cancellationToken) => new(
        type.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString(QualifiedFormat) : "",
        type.Name,
        Modifiers: "",
        type.IsRecord ? "record" : "class",
        type.IsStatic,
        IsPublic: type.DeclaredAccessibility is Accessibility.Public,
        CanRegister: type is { IsStatic: false, IsAbstract: false } && Constructors.CanAdd(type, cancellationToken),
        Constructors.CanAdd(type, cancellationToken),
        ClassShape.CanGenerate(type),
        TakenNames(type),
        GroupMembers(type.GetAttributes().WithName(AttributeNames.ModelGroup).FirstOrDefault()?.AttributeClass?.ContainingAssembly ?? RuntimeOf(type.ContainingAssembly)),
        DeclarationSource.ToSnapshots(new AttributeReader(type.ContainingAssembly, cancellationToken).Read(DeclarationKind.Provider)),
        UserTypes.OfAttributes(type),
        PackagesOf(type.ContainingAssembly));

    /// <summary>The facts of a class that is in no code of the user's, so that the generator makes it.</summary>
    /// <param name="name">The name that the file gives it.</param>
    /// <param name="rootNamespace">The project's namespace; empty for none.</param>
    /// <param name="assembly">The user's assembly.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static ClassFacts FactsOfMade(string name, string rootNamespace, IAssemblySymbol assembly, CancellationToken cancellationToken) => MadeClass.FactsOf(
        name,
        rootNamespace,
        GroupMembers(RuntimeOf(assembly)),
        DeclarationSource.ToSnapshots(new AttributeReader(assembly, cancellationToken).Read(DeclarationKind.Provider)),
        PackagesOf(assembly));

    // A library may have been another, or without the exception, in an earlier version.
    private static EquatableArray<string> PackagesOf(IAssemblySymbol assembly) => assembly.Modules
        .SelectMany(module => module.ReferencedAssemblySymbols)
        .Where(referenced => PlatformRow.All.Any(platform => platform.Package == referenced.Name)
            || (ClientLibraryRow.Find(referenced.Name) is { } library && referenced.GetTypeByMetadataName(library.Exception) is { DeclaredAccessibility: Accessibility.Public }))
        .Select(referenced => referenced.Name)
        .Distinct()
        .OrderBy(name => name, StringComparer.Ordinal)
        .ToEquatableArray();

    /// <summary>The names that a class has already, besides what was generated: its own, and those of its members and of what it inherits.</summary>
    public static EquatableArray<string> TakenNames(INamedTypeSymbol type)
    {
        var taken = new SortedSet<string>(StringComparer.Ordinal) { type.Name };
        for (INamedTypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            bool isOwnSource = SymbolEqualityComparer.Default.Equals(t.ContainingAssembly, type.ContainingAssembly);
            taken.UnionWith(t.GetMembers().Where(member => member.CanBeReferencedByName && !(isOwnSource && GeneratedCode.Is(member))).Select(member => member.Name));
        }

        if (type.BaseType is null) taken.UnionWith(MadeClass.ObjectMembers);
        return taken.ToEquatableArray();
    }

    // What each group's class inherits. Its base class comes with the attribute, from one assembly.
    private static EquatableArray<string> GroupMembers(IAssemblySymbol? runtime)
    {
        var members = new SortedSet<string>(StringComparer.Ordinal);
        for (INamedTypeSymbol? t = runtime?.GetTypeByMetadataName("RouterGen.ChatGroup"); t is not null; t = t.BaseType)
        {
            members.UnionWith(t.GetMembers().Where(member => member.CanBeReferencedByName).Select(member => member.Name));
        }

        return members.ToEquatableArray();
    }

    private static IAssemblySymbol? RuntimeOf(IAssemblySymbol assembly) =>
        assembly.Modules.SelectMany(module => module.ReferencedAssemblySymbols).FirstOrDefault(referenced => referenced.Name is "RouterGen");
}
