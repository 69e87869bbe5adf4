using System.Globalization;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.PriceMaps;
using RouterGen.Declarations.Sources;
using RouterGen.Tool.Check;
using RouterGen.Tool.Commands;
using RouterGen.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RouterGen.Tool.Prices;

/// <summary><c>routergen prices update</c> and <c>routergen prices diff</c>: a newer price map, and what it changes.</summary>
/// <param name="writes">Whether the file is replaced; else the difference is shown alone.</param>
internal sealed class PricesCommand(bool writes) : Command
{
    private const string Usual = "model_prices.json";

    public override string Name => writes ? "prices update" : "prices diff";

    public override string Summary => writes ? "Replaces a price map by the newest, and shows what changes for your models" : "Shows what the newest price map would change for your models";

    public override string Operands => ProjectFiles.Operand;

    public override int MaxOperands => int.MaxValue;

    public override CommandOption[] Options { get; } =
    [
        new("--output", "FILE", $"the price map; the project's (RouterPrices), else {Usual}, unless stated") { Short = "-o" },
        new("--from", "URL|FILE", "where the newest is; LiteLLM's on GitHub unless stated"),
    ];

    public override string Problems => writes ? "the newest cannot be had, or is no price map" : "prices differ, or the newest cannot be had";

    public override async Task<CommandResult> RunAsync(ParsedArguments arguments, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var files = ProjectFiles.Find(arguments.Operands, environment, isNeeded: false);
        string target = environment.PathOf(arguments.Value("--output") ?? files.Prices.FirstOrDefault()?.Path ?? Usual);
        string from = arguments.Value("--from") ?? PriceSource.Default;
        FetchedPrices? fetched = await PriceSource.ReadAsync(from, target, environment, cancellationToken).ConfigureAwait(false);
        string shown = environment.Shown(target);
        if (fetched is null) return Result(ExitCodes.Ok, [], shown, isWritten: false, files, $"{shown} is the newest already.", cancellationToken);
        PriceMap fresh = MapOf(fetched.Text, from);
        PriceMap[] others = [.. files.Prices.Where(file => file.Path != shown).Select(file => PriceMapReader.Read(file.Text).Map)];
        PriceMap now = File.Exists(target) ? PriceMapReader.Read(await File.ReadAllTextAsync(target, cancellationToken).ConfigureAwait(false)).Map : PriceMap.None;
        PriceChange[] changes = PriceChange.Between(PriceMap.Join([now, .. others]), PriceMap.Join([fresh, .. others]), files, cancellationToken);
        if (!writes) return Result(changes.Length == 0 ? ExitCodes.Ok : ExitCodes.Problems, changes, shown, isWritten: false, files, $"{shown} was not changed: routergen prices update", cancellationToken);
        await FileReplacement.ReplaceAsync(target, fetched.Text, cancellationToken).ConfigureAwait(false);
        await PriceSource.RememberAsync(target, from, fetched, cancellationToken).ConfigureAwait(false);
        return Result(ExitCodes.Ok, changes, shown, isWritten: true, files, $"Wrote {shown}.", cancellationToken);
    }

    private static PriceMap MapOf(string text, string from)
    {
        PriceMapText read = PriceMapReader.Read(text);
        if (!read.SyntaxErrors.IsEmpty)
        {
            SourcePosition at = new SourceFile(from, text).PositionOf(read.SyntaxErrors[0].Span.Start);
            throw ToolException.Problem(string.Create(CultureInfo.InvariantCulture, $"{from}({at.Line + 1},{at.Column + 1}): this is no JSON: {read.SyntaxErrors[0].Message}. No file was changed."));
        }

        return read.Map.IsEmpty ? throw ToolException.Problem($"{from} prices no model: it is no price map. No file was changed.") : read.Map;
    }

    private static CommandResult Result(int exitCode, PriceChange[] changes, string file, bool isWritten, ProjectFiles files, string last, CancellationToken cancellationToken)
    {
        int models = PriceChange.CountModels(files, cancellationToken);
        List<IRenderable> rows = [];
        if (changes.Length > 0)
        {
            Table table = Tables.New("model", "USD per million tokens", "now", "new", "change").RightAligned(2);
            foreach (PriceChange change in changes) table.AddRow(Tables.Text(change.Model), Tables.Text(change.Price), Tables.Text(Shown(change.Old)), Tables.Text(Shown(change.New)), Difference(change));
            rows.Add(table);
        }

        rows.Add(new Text(models == 0
            ? "No model groups were found, so that no model in use is compared."
            : string.Create(CultureInfo.InvariantCulture, $"{changes.Select(change => change.Model).Distinct().Count()} of {models} models in use change their prices.")));
        rows.Add(new Text(last));
        return new(exitCode, new { file, written = isWritten, modelsInUse = models, changes }, new Rows(rows));
    }

    private static string Shown(decimal? price) => price is { } known ? known.ToString("0.######", CultureInfo.InvariantCulture) : "-";

    private static Text Difference(PriceChange change)
    {
        if (change is not { Old: > 0 and var old, New: { } price }) return Tables.Text("");
        string text = string.Create(CultureInfo.InvariantCulture, $"{(price / old - 1) * 100:+0;-0;0} %");
        return Tables.Text(text, price > old ? Color.Red : Color.Green);
    }
}
