using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.LiteLLM.Yaml;

namespace RouterGen.Tool.Import;

/// <summary>Turns a LiteLLM configuration, in YAML or JSON, into a models.json in RouterGen's own words.</summary>
internal sealed class Importer
{
    // What a LiteLLM configuration states that is not taken over, by the diagnostic that says so.
    private static readonly string[] NotTaken = [DiagnosticIds.SettingWithoutEffect, DiagnosticIds.MisspeltSetting, DiagnosticIds.DroppedParameter, DiagnosticIds.ProviderNotThere];

    private readonly List<ImportNote> _notes = [];
    private readonly string _shown;
    private YamlJson? _yaml;

    private Importer(string shown) => _shown = shown;

    /// <summary>Imports a file.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="shown">Returns a path as messages say it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Imported Import(string path, Func<string, string> shown, CancellationToken cancellationToken)
    {
        var importer = new Importer(shown(path));
        try
        {
            return importer.Read(importer.JsonOf(path, shown), cancellationToken);
        }
        catch (YamlFault fault)
        {
            importer._notes.Add(new(ImportKind.Error, fault.Mark, null, fault.Message));
            return new([], importer._notes, null);
        }
    }

    private string JsonOf(string path, Func<string, string> shown)
    {
        if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase)) return File.ReadAllText(path);
        List<YamlMark> comments = [];
        _yaml = YamlJson.Write(YamlIncludes.Read(path, shown, comments));
        if (comments.Count > 0) _notes.Add(new(ImportKind.NotTaken, comments[0], null, comments.Count == 1 ? "the comment here" : $"{comments.Count} comments, the first of them here"));
        return _yaml.Text;
    }

    private Imported Read(string json, CancellationToken cancellationToken)
    {
        var file = new SourceFile(_shown, json);
        ModelsFile models = ModelsReader.Read(file);
        if (models.IsForeign || models.Declarations.Groups.Count == 0 || !models.Declarations.Deployments.Any(deployment => deployment.IsTrue(FileProperties.IsLiteLLM)))
        {
            return Failed(models.IsForeign || models.Problems.IsEmpty ? [] : models.Problems);
        }

        ReadModels read = ModelsProject.Read([file], ModelCatalog.Default, asOf: null, cancellationToken);
        foreach (DeclarationProblem problem in read.Problems)
        {
            if (problem.Severity is ProblemSeverity.Error) _notes.Add(NoteOf(ImportKind.Error, problem));
            else if (NotTaken.Contains(problem.Kind.Id)) _notes.Add(NoteOf(ImportKind.NotTaken, problem));
        }

        HashSet<Place> left = [.. read.Problems.Where(problem => problem.Kind.Id == DiagnosticIds.ProviderNotThere).Select(problem => problem.Place)];
        List<(DeclaredArguments Group, IReadOnlyList<DeclaredArguments> Deployments)> groups =
        [
            .. models.Declarations.Groups.Select(group =>
                (group, (IReadOnlyList<DeclaredArguments>)[.. models.Declarations.Deployments.Where(deployment => deployment.Text("Group") == group.Text("Name") && !left.Contains(deployment.PlaceOf("Model")))])),
        ];
        NoteChanges(groups);
        foreach ((ImportKind kind, string message, int at) in ProxySettings.Read(json)) _notes.Add(new(kind, MarkOf(json, at), null, message));
        bool isWhole = _notes.TrueForAll(note => note.Kind is not ImportKind.Error);
        return new(
            [.. groups.Select(pair => new ImportedGroup(pair.Group.Text("Name")!, [.. pair.Deployments.Select(deployment => deployment.Text("Model")!)], [.. ModelsWriter.Members(DeclarationKind.Group, pair.Group)]))],
            [.. _notes.OrderBy(note => note.Kind).ThenBy(note => note.Line)],
            isWhole ? ModelsWriter.Write(groups) : null);
    }

    private Imported Failed(IEnumerable<DeclarationProblem> problems)
    {
        _notes.AddRange(problems.Where(problem => problem.Severity is ProblemSeverity.Error).Select(problem => NoteOf(ImportKind.Error, problem)));
        if (_notes.TrueForAll(note => note.Kind is not ImportKind.Error))
        {
            _notes.Add(new(ImportKind.Error, _shown, 1, 1, null, "this is no LiteLLM configuration: it has no 'model_list' with a deployment"));
        }

        return new([], _notes, null);
    }

    // What is called otherwise, once for each pair of names.
    private void NoteChanges(List<(DeclaredArguments Group, IReadOnlyList<DeclaredArguments> Deployments)> groups)
    {
        IEnumerable<(string Text, Place Place)> renamed =
            from declared in groups.SelectMany(pair => pair.Deployments.Prepend(pair.Group))
            from stated in declared.Stated.Values
            let name = declared.NameOf(stated.Property)
            where name != stated.Property
            let property = PropertyOf(stated.Property)
            where property is not null && property.JsonName != name
            select (Text: $"{name} is {property.JsonName}", Place: declared.PlaceOf(stated.Property));
        foreach (IGrouping<string, (string Text, Place Place)> same in renamed.GroupBy(stated => stated.Text))
        {
            _notes.Add(new(ImportKind.Changed, MarkOf(same.First().Place), null, same.Key + (same.Count() > 1 ? $" ({same.Count()} times)" : "")));
        }

        foreach (DeclaredArguments deployment in groups.SelectMany(group => group.Deployments).Where(deployment => deployment.Has(FileProperties.EndpointSuffix)))
        {
            _notes.Add(new(ImportKind.Changed, MarkOf(deployment.PlaceOf("EndpointEnv")), null, $"{deployment.Text("EndpointEnv")} must hold the whole base URL, which ends in {deployment.Text(FileProperties.EndpointSuffix)}: LiteLLM adds that"));
        }
    }

    private YamlMark MarkOf(string json, int at)
    {
        if (_yaml is not null) return _yaml.MarkAt(at);
        int line = json.AsSpan(0, at).Count('\n') + 1;
        return new(_shown, line, at - (json.LastIndexOf('\n', Math.Max(at - 1, 0)) + 1) + 1);
    }

    private static DeclaredProperty? PropertyOf(string name) => DeclarationKind.Deployment.JsonProperties.Concat(DeclarationKind.Group.JsonProperties).FirstOrDefault(property => property.Name == name);

    private ImportNote NoteOf(ImportKind kind, DeclarationProblem problem) => new(kind, MarkOf(problem.Place), problem.Kind.Id, problem.Message);

    private YamlMark MarkOf(Place place)
    {
        if (place is not FilePlace known) return new(_shown, 1, 1);
        return _yaml?.MarkAt(known.Span.Start) ?? new(_shown, known.Start.Line + 1, known.Start.Column + 1);
    }
}
