using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Parsing;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.ModelsJson;

/// <summary>
/// Reads the models.json files of a project without its code, as a program does that reads them while it runs: what is wrong is
/// found at the same characters as by the compiler. Policies are types of the user's code, so that nothing is said of them.
/// </summary>
internal static class ModelsProject
{
    /// <summary>Reads files. Those that declare for the same class are read together, in the order of their paths.</summary>
    /// <param name="files">The files.</param>
    /// <param name="catalog">The known providers and models.</param>
    /// <param name="asOf">The day with which dates of the catalog are compared, as <c>yyyy-MM-dd</c>; null to compare none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="packages">The assemblies of RouterGen's packages that the program has; null where that is not known.</param>
    public static ReadModels Read(IEnumerable<SourceFile> files, ModelCatalog catalog, string? asOf, CancellationToken cancellationToken, EquatableArray<string>? packages = null)
    {
        ModelsFile[] read = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(ModelsReader.Read)];
        ParsedClass[] classes =
        [
            .. from file in read
               where !file.IsForeign
               group file.Declarations by file.ClassName into sources
               select ClassParser.Parse(MadeClass.FactsOf(sources.Key, packages: packages), sources, catalog, asOf, new ProblemList(), cancellationToken),
        ];
        return new(
            [.. classes.Select(parsed => parsed.Spec).OfType<ClassSpec>()],
            [.. read.SelectMany(file => file.Problems), .. classes.SelectMany(parsed => parsed.Problems)]);
    }
}

/// <summary>What files declare.</summary>
/// <param name="Classes">The classes, each with its groups.</param>
/// <param name="Problems">All that is wrong.</param>
internal sealed record ReadModels(IReadOnlyList<ClassSpec> Classes, IReadOnlyList<DeclarationProblem> Problems);
