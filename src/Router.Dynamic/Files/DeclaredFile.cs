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
    /// <summary>Reads a file.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="text">What it says.</param>
    /// <param name="asOf">The day with which dates of the catalog are compared.</param>
    public static DeclaredFile Read(string path, string text, DateTimeOffset asOf)
    {
        string day = asOf.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        ReadModels read = ModelsProject.Read([new SourceFile(path, text)], ModelCatalog.Default, day, CancellationToken.None, PlatformTable.Packages.ToEquatableArray());
        GroupSpec[] groups = [.. read.Classes.SelectMany(declared => declared.Groups)];
        IEnumerable<ModelsFileProblem> problems = read.Problems.Where(problem => problem.Severity >= ProblemSeverity.Warning).Select(problem => Of(path, problem));
        return new(groups, [.. problems.Concat(groups.SelectMany(group => OfTypes(path, group))).OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
    }

    private static ModelsFileProblem Of(string path, DeclarationProblem problem)
    {
        bool isError = problem.Severity is ProblemSeverity.Error;
        return problem.Place is FilePlace { Start: var start }
            ? new(problem.Kind.Id, isError, path, start.Line + 1, start.Column + 1, problem.Message)
            : new(problem.Kind.Id, isError, path, 0, 0, problem.Message);
    }

    // A build has the types that a file names; a running program that reads it has not.
    private static IEnumerable<ModelsFileProblem> OfTypes(string path, GroupSpec group)
    {
        if (group.Policy is not null) yield return new("", true, path, 0, 0, $"Model group '{group.Name}' has a policy that is a type of C#: a file that is read while a program runs cannot name one. Use a strategy, or compile the groups.");
        foreach (DeploymentSpec deployment in group.Deployments.Where(deployment => deployment.Client is not null))
        {
            yield return new("", true, path, 0, 0, $"Deployment '{deployment.Name}' of '{group.Name}' has a client that is a type of C#: a file that is read while a program runs cannot name one. State an endpoint, or compile the groups.");
        }
    }
}
