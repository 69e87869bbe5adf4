using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Symbols;

/// <summary>Finds the types that declarations name, as policies and as what makes clients, and what stands in the way of making one.</summary>
internal static class UserTypes
{
    /// <summary>A type as C#; null for one that does not exist, of which the compiler tells.</summary>
    public static string? NameOf(ITypeSymbol type) => IsMissing(type) ? null : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The types that a class's own attributes name.</summary>
    public static EquatableArray<UserType> OfAttributes(INamedTypeSymbol bearer) =>
        Named(bearer, AttributeNames.ModelGroup, "Policy", UserTypeRole.Policy).Concat(Named(bearer, AttributeNames.Deployment, "Client", UserTypeRole.ClientFactory))
        .Distinct()
        .ToEquatableArray();

    /// <summary>The types that files name.</summary>
    /// <param name="names">Their names as C#.</param>
    /// <param name="assembly">The user's assembly.</param>
    /// <param name="bearer">The class with the groups; null where the generator makes it.</param>
    public static IEnumerable<UserType> Find(IEnumerable<UserTypeName> names, IAssemblySymbol assembly, INamedTypeSymbol? bearer) =>
        from name in names.Distinct()
        select new UserType(name, Find(name.Name, assembly) is { } type
            ? Objection(name.Role, type, bearer, assembly)
            : "no class of that name is found; write its full name, with its namespace");

    private static IEnumerable<UserType> Named(INamedTypeSymbol bearer, string attributeName, string property, UserTypeRole role) => bearer.GetAttributes()
        .WithName(attributeName)
        .SelectMany(attribute => attribute.NamedArguments)
        .Where(argument => argument.Key == property && argument.Value.Kind is TypedConstantKind.Type)
        .Select(argument => argument.Value.Value)
        .OfType<ITypeSymbol>()
        .Where(type => !IsMissing(type))
        .Select(type => new UserType(new(role, NameOf(type)!), Objection(role, type, bearer, bearer.ContainingAssembly)));

    private static INamedTypeSymbol? Find(string name, IAssemblySymbol assembly)
    {
        string metadataName = UserType.Show(name).Replace("@", "");
        IEnumerable<IAssemblySymbol> all = assembly.Modules.SelectMany(module => module.ReferencedAssemblySymbols).Prepend(assembly);
        while (true)
        {
            if (all.Select(one => one.GetTypeByMetadataName(metadataName)).FirstOrDefault(type => type is not null) is { } found) return found;

            // What stands before the last dot may be a class, too.
            int dot = metadataName.LastIndexOf('.');
            if (dot < 0) return null;
            metadataName = metadataName.Substring(0, dot) + "+" + metadataName.Substring(dot + 1);
        }
    }

    private static string? Objection(UserTypeRole role, ITypeSymbol type, INamedTypeSymbol? bearer, IAssemblySymbol assembly)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named || !CanPlay(role, named.OriginalDefinition)) return role is UserTypeRole.Policy ? "it must derive from SelectionPolicy" : "it must be a class that implements IChatClientFactory";
        if (named.IsAbstract) return "it must not be abstract";
        if (WithOuter(named).Any(t => t.IsUnboundGenericType)) return "its type arguments must be given";
        if (WithOuter(named).Any(t => t.IsFileLocal)) return "it must not be local to its file";
        if (!WithOuter(named).All(t => IsReached(t, bearer, assembly))) return "it must be accessible to the class with the group";
        if (named.InstanceConstructors.FirstOrDefault(candidate => candidate.Parameters.IsEmpty) is not { } constructor) return "it must have a constructor without parameters";
        if (!IsReached(constructor, bearer, assembly)) return "its constructor without parameters must be accessible to the class with the group";
        bool setsAll = constructor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "SetsRequiredMembersAttribute");
        return !setsAll && BasesOf(named).SelectMany(t => t.GetMembers()).Any(IsRequired) ? "it must not have required members" : null;
    }

    private static bool CanPlay(UserTypeRole role, INamedTypeSymbol type) =>
        role is UserTypeRole.Policy ? BasesOf(type).Any(known => IsOurs(known, "SelectionPolicy")) : type.AllInterfaces.Any(known => IsOurs(known, "IChatClientFactory"));

    private static bool IsOurs(INamedTypeSymbol type, string name) =>
        type is { Arity: 0, ContainingType: null, ContainingNamespace: { Name: "RouterGen", ContainingNamespace.IsGlobalNamespace: true } } && type.Name == name;

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    // A type of the user's may be half-typed anywhere within.
    private static bool IsMissing(ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol => true,
        IArrayTypeSymbol array => IsMissing(array.ElementType),
        INamedTypeSymbol named => !named.IsUnboundGenericType && named.TypeArguments.Any(IsMissing),
        _ => false,
    };

    // Whether code within the bearer may name a symbol, given that it may name what contains it.
    private static bool IsReached(ISymbol symbol, INamedTypeSymbol? bearer, IAssemblySymbol assembly) => symbol.DeclaredAccessibility switch
    {
        Accessibility.Public => true,
        Accessibility.Internal or Accessibility.ProtectedOrInternal =>
            SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, assembly) || symbol.ContainingAssembly.GivesAccessTo(assembly),
        Accessibility.Private => SymbolEqualityComparer.Default.Equals(symbol.ContainingType, bearer),
        Accessibility.Protected => symbol is INamedTypeSymbol && BasesOf(bearer).Contains(symbol.ContainingType, SymbolEqualityComparer.Default),
        _ => false,
    };

    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol? type)
    {
        for (INamedTypeSymbol? t = type; t is not null; t = t.BaseType) yield return t;
    }

    private static IEnumerable<INamedTypeSymbol> WithOuter(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is not null; t = t.ContainingType) yield return t;
    }
}
