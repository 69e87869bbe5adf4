using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Parsing;
using RouterGen.Declarations.Problems;

namespace RouterGen.Generator.Symbols;

/// <summary>Reads all that is declared for a class of the user's, with the places of what is wrong.</summary>
internal static class SymbolParser
{
    /// <summary>Whether a class declares anything that is read.</summary>
    public static bool DeclaresAnything(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Class
        && (type.GetAttributes().WithName(AttributeNames.ModelGroup).Any()
            || type.GetAttributes().WithName(AttributeNames.Deployment).Any()
            || type.GetAttributes().WithName(AttributeNames.Provider).Any());

    /// <summary>The first declaration of a class that has a [ModelGroup]: the one on whose account the class is generated.</summary>
    public static SyntaxNode? FirstDeclaration(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.GetAttributes().WithName(AttributeNames.ModelGroup).FirstOrDefault()?.ApplicationSyntaxReference?.GetSyntax(cancellationToken).Parent?.Parent;

    /// <summary>Reads a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="files">What files declare for it.</param>
    /// <param name="catalog">The known providers and models.</param>
    /// <param name="asOf">The day with which dates of the catalog are compared, as <c>yyyy-MM-dd</c>; null to compare none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static ParsedClass Parse(INamedTypeSymbol type, IEnumerable<DeclarationSource> files, ModelCatalog catalog, string? asOf, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        List<DeclarationSource> inFiles = [.. files];
        List<DeclarationSource> sources = [new AttributeReader(type, cancellationToken).ReadAll(), .. inFiles];
        if (sources.Any(source => source.Groups.Count > 0)) ClassShape.Check(type, problems, cancellationToken);
        ClassFacts facts = ClassReader.ReadFacts(type, cancellationToken)
            .With(UserTypes.Find(inFiles.SelectMany(file => file.UserTypes), type.ContainingAssembly, type));
        return ClassParser.Parse(facts, sources, catalog, asOf, problems, cancellationToken);
    }

    public static ParsedClass Parse(INamedTypeSymbol type, ModelCatalog catalog, CancellationToken cancellationToken) =>
        Parse(type, [], catalog, asOf: null, cancellationToken);

    /// <summary>What is wrong with the providers that an assembly declares.</summary>
    public static ProblemList CheckAssembly(IAssemblySymbol assembly, CancellationToken cancellationToken) =>
        ProviderTable.Check(new AttributeReader(assembly, cancellationToken).Read(DeclarationKind.Provider));
}
