using RouterGen.Tool.Commands;
using RouterGen.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RouterGen.Tool.Import;

/// <summary><c>routergen import</c>: a LiteLLM configuration as a models.json.</summary>
internal sealed class ImportCommand : Command
{
    public override string Name => "import";

    public override string Summary => "Writes a LiteLLM configuration (YAML or JSON) as a models.json";

    public override string Operands => "FILE";

    public override int MinOperands => 1;

    public override int MaxOperands => 1;

    public override CommandOption[] Options { get; } =
    [
        new("--output", "FILE", "where to write; models.json in this directory unless stated") { Short = "-o" },
        new("--force", null, "replaces a file that is there"),
        new("--strict", null, "exits with 1 where anything is not taken"),
    ];

    public override string Problems => "the configuration cannot be taken, or with --strict not all of it";

    public override async Task<CommandResult> RunAsync(ParsedArguments arguments, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        string source = environment.PathOf(arguments.Operands[0]);
        string target = environment.PathOf(arguments.Value("--output") ?? "models.json");
        if (!File.Exists(source)) throw ToolException.Usage($"{environment.Shown(source)} does not exist.");
        if (File.Exists(target) && !arguments.Has("--force")) throw ToolException.Problem($"{environment.Shown(target)} exists: state another file with --output, or --force to replace it.");
        Imported imported = Importer.Import(source, environment.Shown, cancellationToken);
        if (imported.Text is { } text) await FileReplacement.ReplaceAsync(target, text, cancellationToken).ConfigureAwait(false);
        string? written = imported.Text is null ? null : environment.Shown(target);
        bool isComplete = imported.Notes.All(note => note.Kind is ImportKind.Changed);
        int exitCode = written is null || (arguments.Has("--strict") && !isComplete) ? ExitCodes.Problems : ExitCodes.Ok;
        return new(exitCode, new { written, imported.Groups, imported.Notes }, View(imported, written));
    }

    private static Rows View(Imported imported, string? written)
    {
        List<IRenderable> rows = [];
        if (imported.Groups.Count > 0)
        {
            Table table = Tables.New("group", "deployments", "settings");
            foreach (ImportedGroup group in imported.Groups) table.AddRow(Tables.Text(group.Name), Tables.Text(string.Join('\n', group.Deployments)), Tables.Text(string.Join('\n', group.Settings).Replace("\"", "", StringComparison.Ordinal)));
            rows.Add(table);
        }

        AddNotes(rows, imported, ImportKind.Changed, "Under another name, or to look at:", "yellow");
        AddNotes(rows, imported, ImportKind.NotTaken, "Not taken:", "yellow");
        AddNotes(rows, imported, ImportKind.Error, "Errors:", "red");
        rows.Add(written is null
            ? new Markup("[red]Nothing was written.[/]")
            : new Markup($"[green]Wrote {Markup.Escape(written)}[/]: {Counted(imported.Groups.Count, "group")}, {Counted(imported.Groups.Sum(group => group.Deployments.Count), "deployment")}."));
        return new Rows(rows);
    }

    private static string Counted(int count, string thing) => $"{count} {thing}{(count == 1 ? "" : "s")}";

    private static void AddNotes(List<IRenderable> rows, Imported imported, ImportKind kind, string title, string color)
    {
        ImportNote[] notes = [.. imported.Notes.Where(note => note.Kind == kind)];
        if (notes.Length == 0) return;
        rows.Add(new Markup($"[{color}]{title}[/]"));
        rows.AddRange(notes.Select(note => new Markup($"  {Markup.Escape($"{note.File}({note.Line},{note.Column})")}: {(note.Id is null ? "" : note.Id + " ")}{Markup.Escape(note.Message)}")));
        rows.Add(Spectre.Console.Text.Empty);
    }
}
