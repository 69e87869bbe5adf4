using System.Xml;
using System.Xml.Linq;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Sources;
using RouterGen.Tool.Assemblies;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Check;

/// <summary>What a project's directory has that declares model groups, found as the build finds it: files, and what was built of its code.</summary>
internal sealed class ProjectDirectory
{
    private const string Usual = "models.json";

    private readonly string _directory;
    private readonly ToolEnvironment _environment;
    private readonly List<SourceFile> _models = [];
    private readonly List<SourceFile> _prices = [];
    private readonly List<AssemblyFile> _assemblies = [];
    private readonly List<string> _notices = [];

    private ProjectDirectory(string directory, ToolEnvironment environment) => (_directory, _environment) = (directory, environment);

    /// <summary>Gets what declares.</summary>
    public DeclaringProject Project => new(_models, _assemblies);

    public IReadOnlyList<SourceFile> Prices => _prices;

    /// <summary>Gets what is to be known of what was found, or not found: sentences.</summary>
    public IReadOnlyList<string> Notices => _notices;

    /// <summary>Reads a directory.</summary>
    /// <exception cref="ToolException">A project file is no XML.</exception>
    public static ProjectDirectory Read(string directory, ToolEnvironment environment)
    {
        var read = new ProjectDirectory(directory, environment);
        (string Path, XElement Xml)[] projects = [.. Directory.EnumerateFiles(directory, "*.csproj").Order(StringComparer.Ordinal).Select(path => (path, Load(path, environment)))];
        read.AddFiles([.. projects.Select(project => project.Xml)]);
        foreach ((string path, XElement xml) in projects) read.AddCode(path, xml);
        return read;
    }

    private void AddFiles(XElement[] projects)
    {
        string usual = Path.Combine(_directory, Usual);
        if (File.Exists(usual) && !projects.Any(project => project.Descendants().Any(IsSwitchedOff))) _models.Add(ReadText(usual));
        foreach (XElement item in projects.SelectMany(project => project.Descendants()).Where(element => element.Name.LocalName is "AdditionalFiles"))
        {
            List<SourceFile>? target = IsTrue(item, "RouterModels") ? _models : IsTrue(item, "RouterPrices") ? _prices : null;
            if (target is null || item.Attribute("Include") is not { } include) continue;
            foreach (string path in Matches(include.Value).Where(path => path != usual && target.TrueForAll(known => known.Path != _environment.Shown(path)))) target.Add(ReadText(path));
        }
    }

    private void AddCode(string path, XElement xml)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string assembly = StatedOf(xml, "AssemblyName", name);
        string? built = ProjectOutput.Find(_directory, assembly);
        SourceCode code = SourceCode.Newer(_directory, built is null ? null : File.GetLastWriteTimeUtc(built));
        if (built is null)
        {
            if (code.Declaring is { } declaring) _notices.Add($"{_environment.Shown(declaring)} seems to declare model groups, which are read from {assembly}.dll, and there is none in bin/Debug or bin/Release: build {_environment.Shown(path)} first, or state the path of the .dll.");
            return;
        }

        try
        {
            var read = AssemblyFile.Read(built, _environment, Identifiers.Namespace(StatedOf(xml, "RootNamespace", name)));
            _assemblies.Add(read);
            if ((read.Code.IsEmpty ? code.Declaring : code.Newest) is { } newer) _notices.Add($"{_environment.Shown(newer)} is newer than {read.Path}, from which the groups in code are read: build {_environment.Shown(path)} first.");
        }
        catch (ToolException exception)
        {
            _notices.Add($"The groups that {_environment.Shown(path)} may declare in code are not seen: {exception.Message}");
        }
    }

    // A property of the project file, where it says it without others; the last one holds.
    private static string StatedOf(XElement xml, string property, string usual)
    {
        string? stated = xml.Descendants().LastOrDefault(element => element.Name.LocalName == property)?.Value.Trim().Replace("$(MSBuildProjectName)", usual, StringComparison.Ordinal);
        return stated is null || stated.Contains("$(", StringComparison.Ordinal) ? usual : stated;
    }

    private static bool IsSwitchedOff(XElement element) => element.Name.LocalName is "RouterGenModelsJson" && element.Value.Trim().Equals("false", StringComparison.OrdinalIgnoreCase);

    private static bool IsTrue(XElement item, string metadata) =>
        (item.Attribute(metadata)?.Value ?? item.Elements().FirstOrDefault(element => element.Name.LocalName == metadata)?.Value)?.Trim().Equals("true", StringComparison.OrdinalIgnoreCase) is true;

    // Of MSBuild's patterns, those in the name of the file.
    private IEnumerable<string> Matches(string include) =>
        from part in include.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let path = Path.GetFullPath(part.Replace('\\', '/').Replace("$(MSBuildProjectDirectory)", _directory, StringComparison.Ordinal), _directory)
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

    private SourceFile ReadText(string path) => new(_environment.Shown(path), File.ReadAllText(path));
}
