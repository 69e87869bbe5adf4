using System.Globalization;
using RouterGen.Tool.Commands;
using RouterGen.Tool.Output;
using Spectre.Console;

namespace RouterGen.Tool.Top;

/// <summary><c>routergen top</c>: watches a running router.</summary>
internal sealed class TopCommand : Command
{
    private const string ClearScreen = "\u001b[H\u001b[J";

    public override string Name => "top";

    public override string Summary => "Watches the router of a running process; without a process, lists those that have one";

    public override CommandOption[] Options { get; } =
    [
        new("--process-id", "N", "the process") { Short = "-p" },
        new("--name", "NAME", "the process by its name") { Short = "-n" },
        new("--interval", "SECONDS", "how often figures are taken; 1 unless stated"),
        new("--once", null, "prints one interval and ends, as --json does"),
    ];

    public override string Problems => "there is no such process, or it ended";

    public override async Task<CommandResult> RunAsync(ParsedArguments arguments, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        double interval = arguments.Number("--interval", 1, 0.1, 3600);
        bool isOnce = arguments.Has("--once") || arguments.Has("--json");
        if (!arguments.Has("--process-id") && !arguments.Has("--name")) return await ListAsync(environment, cancellationToken).ConfigureAwait(false);
        RouterProcess process = ProcessOf(arguments, environment);
        var state = new TopState(interval);
        bool isFirst = true;
        await foreach (MetricEvent happened in environment.Processes.WatchAsync(process.Id, interval, cancellationToken).ConfigureAwait(false))
        {
            if (happened.Kind is MetricKind.Fault) throw ToolException.Problem(happened.Instrument + ".");
            if (state.Apply(happened) is not { } snapshot) continue;

            // The first interval began before the watch did, and has no rates.
            if (isOnce && !isFirst) return new(ExitCodes.Ok, new { process, snapshot.Groups, snapshot.Deployments, snapshot.Models }, TopView.Of(process, snapshot));
            if (!isOnce) Show(process, snapshot, environment);
            isFirst = false;
        }

        throw ToolException.Problem($"process {process.Id.ToString(CultureInfo.InvariantCulture)} has ended.");
    }

    private static void Show(RouterProcess process, TopSnapshot snapshot, ToolEnvironment environment)
    {
        if (environment.IsTerminal) environment.Out.Write(ClearScreen);
        environment.Console(environment.Out).Write(new Rows(TopView.Of(process, snapshot)));
    }

    private static RouterProcess ProcessOf(ParsedArguments arguments, ToolEnvironment environment)
    {
        if (arguments.Value("--name") is not { } name)
        {
            int id = (int)arguments.Number("--process-id", 0, 1, int.MaxValue);
            return new(id, environment.Processes.NameOf(id));
        }

        IReadOnlyList<RouterProcess> named = environment.Processes.Named(name);
        return named.Count switch
        {
            1 => named[0],
            0 => throw ToolException.Problem($"no .NET process is called '{name}'. See: routergen top"),
            _ => throw ToolException.Usage($"several processes are called '{name}': state one with --process-id: {string.Join(", ", named.Select(process => process.Id.ToString(CultureInfo.InvariantCulture)))}."),
        };
    }

    private static async Task<CommandResult> ListAsync(ToolEnvironment environment, CancellationToken cancellationToken)
    {
        IReadOnlyList<RouterProcess> processes = await environment.Processes.ListAsync(cancellationToken).ConfigureAwait(false);
        if (processes.Count == 0) return new(ExitCodes.Problems, new { processes }, new Text("No process with a router runs: start it, or state --process-id."));
        Table table = Tables.New("process", "name");
        foreach (RouterProcess process in processes) table.AddRow(Tables.Text(process.Id.ToString(CultureInfo.InvariantCulture)), Tables.Text(process.Name));
        return new(ExitCodes.Ok, new { processes }, new Rows(table, new Text("Watch one with: routergen top --process-id N")));
    }
}
