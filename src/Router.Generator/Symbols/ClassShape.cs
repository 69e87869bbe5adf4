using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RouterGen.Declarations.Parsing;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;

namespace RouterGen.Generator.Symbols;

/// <summary>Whether members can be added to a class from another file.</summary>
internal static class ClassShape
{
    /// <summary>
    /// Whether members can be generated. They are for a class that merely lacks <c>partial</c>, so that its users are not
    /// told that the groups do not exist.
    /// </summary>
    public static bool CanGenerate(INamedTypeSymbol type) => type is { TypeKind: TypeKind.Class, ContainingType: null, Arity: 0, IsFileLocal: false };

    /// <summary>Reports what stands in the way of a class with groups.</summary>
    public static void Check(INamedTypeSymbol type, ProblemList problems, CancellationToken cancellationToken)
    {
        if (Check(type, ProblemKinds.ClassNotExtensible, [], problems, cancellationToken)) Constructors.Check(type, problems, cancellationToken);
    }

    /// <summary>Reports what stands in the way.</summary>
    /// <param name="type">The class.</param>
    /// <param name="kind">What it is reported as.</param>
    /// <param name="demands">What else it must be, and is not.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether nothing does.</returns>
    public static bool Check(INamedTypeSymbol type, ProblemKind kind, List<string> demands, ProblemList problems, CancellationToken cancellationToken)
    {
        List<TypeDeclarationSyntax> declarations =
            [.. type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>()];
        TypeDeclarationSyntax? bare = declarations.FirstOrDefault(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
        if (bare is not null) demands.Add("be partial");
        demands.AddRange(ClassDemands.Unmet(type.ContainingType is not null, type.Arity > 0, type.IsFileLocal));
        if (demands.Count == 0) return true;

        Place place = (bare ?? declarations.FirstOrDefault()) is { } declaration ? new CodePlace(declaration.Identifier.GetLocation()) : Place.None;
        problems.AddFixable(
            kind, place, DiagnosticProperties.Missing, bare is not null && demands.Count == 1 ? "partial" : null,
            type.Name, ClassDemands.Join(demands));
        return false;
    }
}
