using System.Xml;
using System.Xml.Linq;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.PriceMaps;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Declarations.Specs;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Check;

/// <summary>The files of a project that declare model groups, found as the build finds them, and what they say.</summary>
/// <param name="Models">The files with declarations.</param>
/// <param name="Prices">The price maps.</param>
internal sealed record ProjectFiles(IReadOnlyList<SourceFile> Models, IReadOnlyList<SourceFile> Prices)
{
    /// <summary>What commands call the operand.</summary>
    public const string Operand = "PROJECT_DIRECTORY | FILE…";

    private const string Usual = "models.json";

    /// <summary>Finds files.</summary>
    /// <param name="operands">Directories of projects and files; nothing for the current directory.</param>
    /// <param name="environment">All that is around.</param>
    /// <param name="isNeeded">Whether there must be a file with declarations.</param>
    /// <exception cref="ToolException">There is no such file, or a directory has none.</exception>
    public static ProjectFiles Find(IReadOnlyList<string> operands, ToolEnvironment environment, bool isNeeded = true)
    {
        List<SourceFile> models = [];
        List<SourceFile> prices = [];
        foreach (string path in operands.Count == 0 ? [environment.Directory] : operands.Select(environment.PathOf))
        {
            if (Directory.Exists(path)) AddProject(path, environment, models, prices);
            else if (File.Exists(path)) models.Add(Read(path, environment));
            else throw ToolException.Usage($"{environment.Shown(path)} does not exist.");
        }

        if (models.Count > 0 || !isNeeded) return new(models, prices);
        string place = environment.Shown(operands.Count == 0 ? environment.Directory : environment.PathOf(operands[0]));
        throw ToolException.Problem($"{(place is "." ? "This directory" : place)} has no models.json, and no project with RouterModels files: state the file, or the directory of a project. Groups that attributes declare are checked by the build.");
    }

    /// <summary>Returns what the files say, as the build reads them.</summary>
    /// <param name="asOf">The day with which dates of the catalog are compared.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ReadModels Read(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        PriceMapText[] maps = [.. Prices.Select(file => PriceMapReader.Read(file.Text))];
        ModelCatalog catalog = ModelCatalog.Default.With(PriceMap.Join([.. maps.Select(map => map.Map)]));
        ReadModels read = ModelsProject.Read(Models, catalog, asOf.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
        IEnumerable<DeclarationProblem> ofMaps = maps.Zip(Prices).SelectMany(pair => pair.First.ProblemsIn(pair.Second));
        return read with { Problems = [.. read.Problems, .. ofMaps] };
    }

    /// <summary>Returns the groups of a project's files.</summary>
    /// <exception cref="ToolException">There are none, or the files have an error.</exception>
    public static GroupSpec[] GroupsOf(IReadOnlyList<string> operands, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        ReadModels read = Find(operands, environment).Read(environment.Time.GetUtcNow(), cancellationToken);
        if (read.Problems.FirstOrDefault(problem => problem.Severity is ProblemSeverity.Error) is not { } error) return [.. read.Classes.SelectMany(@class => @class.Groups)];
        var first = CheckedProblem.Of(error);
        throw ToolException.Problem($"{first.File}({first.Line},{first.Column}): error {first.Id}: {first.Message} See: routergen check");
    }

    private static void AddProject(string directory, ToolEnvironment environment, List<SourceFile> models, List<SourceFile> prices)
    {
        XElement[] projects = [.. Directory.EnumerateFiles(directory, "*.csproj").Order(StringComparer.Ordinal).Select(path => Load(path, environment))];
        string usual = Path.Combine(directory, Usual);
        if (File.Exists(usual) && !projects.Any(project => project.Descendants().Any(IsSwitchedOff))) models.Add(Read(usual, environment));
        foreach (XElement item in projects.SelectMany(project => project.Descendants()).Where(element => element.Name.LocalName is "AdditionalFiles"))
        {
            List<SourceFile>? target = IsTrue(item, "RouterModels") ? models : IsTrue(item, "RouterPrices") ? prices : null;
            if (target is null || item.Attribute("Include") is not { } include) continue;
            foreach (string path in Matches(directory, include.Value).Where(path => path != usual && target.TrueForAll(known => known.Path != environment.Shown(path)))) target.Add(Read(path, environment));
        }
    }

    private static bool IsSwitchedOff(XElement element) => element.Name.LocalName is "RouterGenModelsJson" && element.Value.Trim().Equals("false", StringComparison.OrdinalIgnoreCase);

    private static bool IsTrue(XElement item, string metadata) =>
        (item.Attribute(metadata)?.Value ?? item.Elements().FirstOrDefault(element => element.Name.LocalName == metadata)?.Value)?.Trim().Equals("true", StringComparison.OrdinalIgnoreCase) is true;

    // Of MSBuild's patterns, those in the name of the file.
    private static IEnumerable<string> Matches(string directory, string include) =>
        from part in include.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let path = Path.GetFullPath(part.Replace('\\', '/').Replace("$(MSBuildProjectDirectory)", directory, StringComparison.Ordinal), directory)
        where Directory.Exists(Path.GetDirectoryName(path))
        from found in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path)).Order(StringComparer.Ordinal)
        select found;

    private static XElement Load(string path, ToolEnvironment environment)
    {
        try
        {
            return XElement.Load(path);
        }
        catch (XmlException exception)
        {
            throw ToolException.Problem($"{environment.Shown(path)}({exception.LineNumber},{exception.LinePosition}): this is no XML: {exception.Message}");
        }
    }

    private static SourceFile Read(string path, ToolEnvironment environment) => new(environment.Shown(path), File.ReadAllText(path));
}
