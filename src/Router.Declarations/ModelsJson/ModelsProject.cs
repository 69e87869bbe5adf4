using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Parsing;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.ModelsJson;

/// <summary>
/// Reads the models.json files of a project without the compiler, as a program does that reads them while it runs: what is wrong is
/// found at the same characters as by the compiler. Policies are types of the user's code, so that nothing is said of them.
/// </summary>
internal static class ModelsProject
{
    /// <summary>Reads files. Those that declare for the same class are read together, in the order of their paths.</summary>
    /// <param name="files">The files.</param>
    /// <param name="catalog">The known providers and models.</param>
    /// <param name="asOf">The day with which dates of the catalog are compared, as <c>yyyy-MM-dd</c>; null to compare none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static ReadModels Read(IEnumerable<SourceFile> files, ModelCatalog catalog, string? asOf, CancellationToken cancellationToken) =>
        Read(files, [], catalog, asOf, cancellationToken);

    /// <summary>Reads files and what code declares. A class that both declare for is read once, code first, as by the compiler.</summary>
    /// <param name="files">The files.</param>
    /// <param name="code">What the assemblies of the project declare; nothing where there is none.</param>
    /// <param name="catalog">The known providers and models.</param>
    /// <param name="asOf">The day with which dates of the catalog are compared, as <c>yyyy-MM-dd</c>; null to compare none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="made">What is known of the program that makes the classes which only files declare; null where nothing is.</param>
    public static ReadModels Read(
        IEnumerable<SourceFile> files, IReadOnlyList<DeclaredCode> code, ModelCatalog catalog, string? asOf, CancellationToken cancellationToken, MakingProgram? made = null)
    {
        ModelsFile[] read = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(ModelsReader.Read)];
        ILookup<string, DeclarationSource> inFiles = read.Where(file => !file.IsForeign).ToLookup(file => FullNameOf(file.ClassName, code), file => file.Declarations);
        HashSet<string> inCode = [.. code.SelectMany(one => one.Classes).Select(declared => declared.FullName)];
        EquatableArray<ArgumentsSnapshot> providers = code.Count == 0 ? default : code[0].ProviderSnapshots;
        ParsedClass[] classes =
        [
            .. from one in code
               from declared in one.Classes
               select Parse(declared.Facts, [declared.Declarations, .. inFiles[declared.FullName]], declared),
            .. from sources in inFiles
               where !inCode.Contains(sources.Key)
               select Parse(FactsOf(sources.Key, sources), sources, declared: null),
        ];
        return new(
            [.. classes.Select(parsed => parsed.Spec).OfType<ClassSpec>()],
            [
                .. read.SelectMany(file => file.Problems),
                .. code.SelectMany(one => ProviderTable.Check(one.Providers).ToImmutable()),
                .. classes.SelectMany(parsed => parsed.Problems),
            ]);

        ClassFacts FactsOf(string name, IEnumerable<DeclarationSource> sources)
        {
            ClassFacts facts = MadeClass.FactsOf(name, assemblyProviders: providers, packages: made?.Packages);
            return made is null ? facts : facts.With(sources.SelectMany(source => source.UserTypes).Select(named => new UserType(named, made.ObjectionToTypes)));
        }

        ParsedClass Parse(ClassFacts facts, IEnumerable<DeclarationSource> sources, DeclaredClass? declared)
        {
            var problems = new ProblemList();
            if (declared?.Demands.Count > 0 && sources.Any(source => source.Groups.Count > 0))
            {
                problems.Add(ProblemKinds.ClassNotExtensible, declared.Place, facts.Name, ClassDemands.Join(declared.Demands));
            }

            return ClassParser.Parse(facts, sources, catalog, asOf, problems, cancellationToken);
        }
    }

    // The class that a file means: in the project's namespace or else in none, and where neither is there, the one that is made.
    private static string FullNameOf(string name, IReadOnlyList<DeclaredCode> code)
    {
        IEnumerable<string> candidates = [.. code.Select(one => MadeClass.Qualify(name, one.RootNamespace)), name];
        return candidates.FirstOrDefault(candidate => code.Any(one => one.Classes.Any(declared => declared.FullName == candidate))) ?? candidates.First();
    }
}

/// <summary>What files and code declare.</summary>
/// <param name="Classes">The classes, each with its groups.</param>
/// <param name="Problems">All that is wrong.</param>
internal sealed record ReadModels(IReadOnlyList<ClassSpec> Classes, IReadOnlyList<DeclarationProblem> Problems);

/// <summary>A program that makes groups of files while it runs.</summary>
/// <param name="Packages">The assemblies of RouterGen's packages that it has.</param>
/// <param name="ObjectionToTypes">Why it cannot use a type that a file names.</param>
internal sealed record MakingProgram(EquatableArray<string> Packages, string ObjectionToTypes);
