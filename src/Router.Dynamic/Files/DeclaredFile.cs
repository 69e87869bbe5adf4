using System.Globalization;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Declarations.Specs;
using RouterGen.Dynamic.Definitions;

namespace RouterGen.Dynamic.Files;

/// <summary>What a file declares, as the build reads it.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="Problems">All that is wrong, in the order of the file.</param>
internal sealed record DeclaredFile(IReadOnlyList<GroupSpec> Groups, IReadOnlyList<ModelsFileProblem> Problems)
{
    // A build has the types that a file names; a program that reads the file while it runs does not look for them.
    private static readonly MakingProgram Program = new(PlatformTable.Packages.ToEquatableArray(), "a file that is read while the program runs cannot name a type of C#");

    /// <summary>Reads a file.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="text">What it says.</param>
    /// <param name="asOf">The day with which dates of the catalog are compared.</param>
    /// <param name="placeOf">Returns where a character of the text comes from; null where it is the file's own.</param>
    public static DeclaredFile Read(string path, string text, DateTimeOffset asOf, Func<int, ModelsFilePlace>? placeOf = null)
    {
        string day = asOf.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        ReadModels read = ModelsProject.Read([new SourceFile(path, text)], [], ModelCatalog.Default, day, CancellationToken.None, Program);
        IEnumerable<ModelsFileProblem> problems = read.Problems.Select(problem => Of(path, problem, placeOf)).OfType<ModelsFileProblem>();
        return new([.. read.Classes.SelectMany(declared => declared.Groups)], [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
    }

    private static ModelsFileProblem? Of(string path, DeclarationProblem problem, Func<int, ModelsFilePlace>? placeOf)
    {
        // A build passes over a file that may be another program's; here it was asked for.
        if (problem.Kind == ProblemKinds.ForeignFile) return new(problem.Kind.Id, true, path, 1, 1, "This file has none of the members of one that declares model groups, for example 'groups' or 'model_list'.");
        if (problem.Severity < ProblemSeverity.Warning) return null;
        var place = new ModelsFilePlace(path, 0, 0);
        if (problem.Place is FilePlace known) place = placeOf?.Invoke(known.Span.Start) ?? place with { Line = known.Start.Line + 1, Column = known.Start.Column + 1 };
        return new(problem.Kind.Id, problem.Severity is ProblemSeverity.Error, place.Path, place.Line, place.Column, problem.Message);
    }
}
