using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RouterGen.Declarations.Problems;

namespace RouterGen.Generator.Symbols;

/// <summary>
/// Whether the constructor that makes the groups fits to those that an instance class has. Each of these must lead to it, or the
/// groups would be null.
/// </summary>
internal static class Constructors
{
    /// <summary>Whether the generated constructor compiles.</summary>
    public static bool CanAdd(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.IsStatic || (HasPlainBase(type) && Own(type, cancellationToken).All(own => own.Syntax is ConstructorDeclarationSyntax && !IsGenerated(own.Constructor)));

    /// <summary>Reports what is wrong with them.</summary>
    public static void Check(INamedTypeSymbol type, ProblemList problems, CancellationToken cancellationToken)
    {
        if (type.IsStatic) return;
        foreach ((IMethodSymbol constructor, SyntaxNode syntax) in Own(type, cancellationToken))
        {
            string? fault = syntax is not ConstructorDeclarationSyntax declared ? "has a primary constructor, beside which the one that makes the groups cannot be: turn it into a constructor that begins with ': this(options)'"
                : IsGenerated(constructor) ? $"declares the constructor that is generated, {type.Name}(RouterOptions): remove it, or give it other parameters and let it begin with ': this(options)'"
                : declared.Initializer?.ThisOrBaseKeyword.IsKind(SyntaxKind.ThisKeyword) is true ? null
                : "has a constructor that leaves its groups null: let it begin with ': this(options)'";
            if (fault is not null) problems.Add(ProblemKinds.ConstructorWithoutGroups, new CodePlace(PlaceOf(syntax)), type.Name, fault);
        }

        if (HasPlainBase(type) || type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not TypeDeclarationSyntax declaration) return;
        problems.Add(
            ProblemKinds.ConstructorWithoutGroups, new CodePlace(declaration.Identifier.GetLocation()), type.Name,
            $"derives from '{type.BaseType!.Name}', which has no constructor without parameters for the one that makes the groups: give it one");
    }

    private static IEnumerable<(IMethodSymbol Constructor, SyntaxNode Syntax)> Own(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        from constructor in type.InstanceConstructors
        where !constructor.IsImplicitlyDeclared && !GeneratedCode.Is(constructor)
        from reference in constructor.DeclaringSyntaxReferences
        select (constructor, reference.GetSyntax(cancellationToken));

    private static bool IsGenerated(IMethodSymbol constructor) =>
        constructor.Parameters.Length == 1
        && constructor.Parameters[0] is { RefKind: RefKind.None, Type: { Name: "RouterOptions", ContainingNamespace: { Name: "RouterGen", ContainingNamespace.IsGlobalNamespace: true } } };

    // What ": base()" finds.
    private static bool HasPlainBase(INamedTypeSymbol type) => type.BaseType is not { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } @base
        || @base.InstanceConstructors.Any(constructor => IsAccessible(constructor, type) && constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams));

    private static bool IsAccessible(IMethodSymbol constructor, INamedTypeSymbol derived) => constructor.DeclaredAccessibility switch
    {
        Accessibility.Private => false,
        Accessibility.Internal or Accessibility.ProtectedAndInternal => SymbolEqualityComparer.Default.Equals(constructor.ContainingAssembly, derived.ContainingAssembly)
            || constructor.ContainingAssembly.GivesAccessTo(derived.ContainingAssembly),
        _ => true,
    };

    private static Location PlaceOf(SyntaxNode syntax) => syntax switch
    {
        ConstructorDeclarationSyntax constructor => constructor.Identifier.GetLocation(),
        TypeDeclarationSyntax { ParameterList: { } parameters } => parameters.GetLocation(),
        _ => syntax.GetLocation(),
    };
}
