using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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

    /// <summary>Reports what stands in the way.</summary>
    public static void Check(INamedTypeSymbol type, ProblemList problems, CancellationToken cancellationToken)
    {
        List<TypeDeclarationSyntax> declarations =
            [.. type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>()];
        List<string> demands = [];
        TypeDeclarationSyntax? bare = declarations.FirstOrDefault(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
        if (bare is not null) demands.Add("be partial");
        if (type.ContainingType is not null) demands.Add("not be nested in another type");
        if (type.Arity > 0) demands.Add("not be generic");
        if (type.IsFileLocal) demands.Add("not be local to its file");
        if (demands.Count == 0)
        {
            Constructors.Check(type, problems, cancellationToken);
            return;
        }

        Place place = (bare ?? declarations.FirstOrDefault()) is { } declaration ? new CodePlace(declaration.Identifier.GetLocation()) : Place.None;
        problems.AddFixable(
            ProblemKinds.ClassNotExtensible, place, DiagnosticProperties.Missing, bare is not null && demands.Count == 1 ? "partial" : null,
            type.Name, string.Join(" and ", demands));
    }
}
