using System.Globalization;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.PriceMaps;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Declarations.Specs;
using RouterGen.Tool.Assemblies;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Check;

/// <summary>All that declares model groups among what a command was given, and what it says.</summary>
/// <param name="Projects">What belongs together: each directory, and the files that were stated.</param>
/// <param name="Prices">The price maps.</param>
/// <param name="Notices">What is to be known of what was found, or not found: sentences.</param>
internal sealed record ProjectFiles(IReadOnlyList<DeclaringProject> Projects, IReadOnlyList<SourceFile> Prices, IReadOnlyList<string> Notices)
{
    /// <summary>What commands call the operand.</summary>
    public const string Operand = "PROJECT_DIRECTORY | FILE…";

    /// <summary>Gets the paths of all that was read.</summary>
    public IEnumerable<string> Paths => [.. Projects.SelectMany(project => project.Paths), .. Prices.Select(file => file.Path)];

    /// <summary>Gets how many files and assemblies with declarations there are.</summary>
    public int Count => Projects.Sum(project => project.Paths.Count());

    /// <summary>Finds files and assemblies. What is to be known of them is written to the standard error.</summary>
    /// <param name="operands">Directories of projects, files and assemblies; nothing for the current directory.</param>
    /// <param name="environment">All that is around.</param>
    /// <param name="isNeeded">Whether there must be something with declarations.</param>
    /// <exception cref="ToolException">There is no such file, or a directory has none.</exception>
    public static ProjectFiles Find(IReadOnlyList<string> operands, ToolEnvironment environment, bool isNeeded = true)
    {
        List<DeclaringProject> projects = [];
        List<SourceFile> models = [];
        List<AssemblyFile> assemblies = [];
        List<SourceFile> prices = [];
        List<string> notices = [];
        foreach (string path in operands.Count == 0 ? [environment.Directory] : operands.Select(environment.PathOf).Distinct())
        {
            if (Directory.Exists(path))
            {
                var directory = ProjectDirectory.Read(path, environment);
                projects.Add(directory.Project);
                prices.AddRange(directory.Prices);
                notices.AddRange(directory.Notices);
            }
            else if (!File.Exists(path))
            {
                throw ToolException.Usage($"{environment.Shown(path)} does not exist.");
            }
            else if (AssemblyFile.IsOne(path))
            {
                assemblies.Add(AssemblyFile.Read(path, environment));
            }
            else
            {
                models.Add(new(environment.Shown(path), File.ReadAllText(path)));
            }
        }

        var found = new ProjectFiles([new(models, assemblies), .. projects], prices, notices);
        if (isNeeded && found.Projects.All(project => project.IsEmpty)) throw Nothing(operands, environment, found);
        foreach (string notice in notices) environment.Error.WriteLine("routergen: " + notice);
        return found;
    }

    /// <summary>Returns what is declared, as the build reads it.</summary>
    /// <param name="asOf">The day with which dates of the catalog are compared.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ReadModels Read(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        PriceMapText[] maps = [.. Prices.Select(file => PriceMapReader.Read(file.Text))];
        ReadModels read = Read(PriceMap.Join([.. maps.Select(map => map.Map)]), asOf.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), cancellationToken);
        IEnumerable<DeclarationProblem> ofMaps = maps.Zip(Prices).SelectMany(pair => pair.First.ProblemsIn(pair.Second));
        return read with { Problems = [.. read.Problems, .. ofMaps] };
    }

    /// <summary>Returns what is declared, with other prices.</summary>
    /// <param name="prices">The prices.</param>
    /// <param name="asOf">The day with which dates of the catalog are compared, as <c>yyyy-MM-dd</c>; null to compare none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ReadModels Read(PriceMap prices, string? asOf, CancellationToken cancellationToken)
    {
        ModelCatalog catalog = ModelCatalog.Default.With(prices);
        ReadModels[] read = [.. Projects.Select(project => ModelsProject.Read(project.Models, [.. project.Assemblies.Select(assembly => assembly.Code)], catalog, asOf, cancellationToken))];
        return new([.. read.SelectMany(one => one.Classes)], [.. read.SelectMany(one => one.Problems)]);
    }

    /// <summary>Returns the groups of a project.</summary>
    /// <exception cref="ToolException">There are none, or something has an error.</exception>
    public static GroupSpec[] GroupsOf(IReadOnlyList<string> operands, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        ReadModels read = Find(operands, environment).Read(environment.Time.GetUtcNow(), cancellationToken);
        if (read.Problems.FirstOrDefault(problem => problem.Severity is ProblemSeverity.Error) is not { } error) return [.. read.Classes.SelectMany(@class => @class.Groups)];
        var first = CheckedProblem.Of(error);
        throw ToolException.Problem($"{first.Where}: error {first.Id}: {first.Message} See: routergen check");
    }

    private static ToolException Nothing(IReadOnlyList<string> operands, ToolEnvironment environment, ProjectFiles found)
    {
        if (found.Notices.Count > 0) return ToolException.Problem(string.Join(" ", found.Notices));
        string path = operands.Count == 0 ? environment.Directory : environment.PathOf(operands[0]);
        string place = environment.Shown(path);
        return ToolException.Problem(File.Exists(path)
            ? $"{place} declares no model groups: no class of it has [ModelGroup] or [Deployment]."
            : $"{(place is "." ? "This directory" : place)} has no models.json, no project with RouterModels files, and no project whose code declares model groups and was built: state the file, the .dll, or the directory of a project.");
    }
}

/// <summary>Files and assemblies that belong together: what both declare for one class is one.</summary>
/// <param name="Models">The files with declarations.</param>
/// <param name="Assemblies">The assemblies.</param>
internal sealed record DeclaringProject(IReadOnlyList<SourceFile> Models, IReadOnlyList<AssemblyFile> Assemblies)
{
    /// <summary>Whether nothing is declared.</summary>
    public bool IsEmpty => Models.Count == 0 && Assemblies.All(assembly => assembly.Code.IsEmpty);

    /// <summary>Gets the paths of what declares something.</summary>
    public IEnumerable<string> Paths => [.. Models.Select(file => file.Path), .. Assemblies.Where(assembly => !assembly.Code.IsEmpty).Select(assembly => assembly.Path)];
}
