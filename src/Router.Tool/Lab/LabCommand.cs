using System.Globalization;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Specs;
using RouterGen.Tool.Check;
using RouterGen.Tool.Commands;
using RoutingLab;

namespace RouterGen.Tool.Lab;

/// <summary><c>routergen lab</c>: a group under a load, in simulated time.</summary>
internal sealed class LabCommand : Command
{
    private const double MaxCalls = 5_000_000;
    private const double UsualLatency = 0.4;
    private const double UsualSpeed = 80;

    public override string Name => "lab";

    public override string Summary => "Simulates a group of yours under a load that you describe";

    public override string Operands => ProjectFiles.Operand;

    public override int MaxOperands => int.MaxValue;

    public override CommandOption[] Options { get; } =
    [
        new("--group", "NAME", "the group; needed where there are several"),
        new("--calls-per-second", "N", "how many calls arrive; 10 unless stated"),
        new("--minutes", "N", "for how long; 10 unless stated"),
        new("--latency", "[DEPLOYMENT=]SECONDS", "the median time to the first token, of one deployment or of all; 0.4 unless stated; may be repeated") { Repeats = true },
        new("--tokens-per-second", "[DEPLOYMENT=]N", "how fast answers are written; 80 unless stated; may be repeated") { Repeats = true },
        new("--input-tokens", "N", "the median length of prompts; 400 unless stated"),
        new("--output-tokens", "N", "the median limit of answers; 300 unless stated"),
        new("--outage", "DEPLOYMENT@START+LENGTH", "the deployment answers 503, as in openai/gpt-6-luna@2m+30s; may be repeated") { Repeats = true },
        new("--strategy", "NAME", "instead of the group's; repeated, strategies are compared") { Repeats = true },
        new("--whole", null, "calls wait for whole answers instead of the first token"),
        new("--seed", "N", "of all draws; 101 unless stated"),
    ];

    public override string Problems => "the declarations have errors";

    public override Task<CommandResult> RunAsync(ParsedArguments arguments, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        GroupSpec spec = GroupOf(arguments, environment, cancellationToken);
        DescribedGroup group = Describe(spec, arguments);
        string[] known = [.. DescribedRun.Strategies];
        string[] strategies = [.. arguments.Values("--strategy")];
        if (Array.Find(strategies, strategy => !known.Contains(strategy, StringComparer.OrdinalIgnoreCase)) is { } unknown) throw ToolException.Usage($"There is no strategy '{unknown}'. There are: {string.Join(", ", known)}.");
        if (strategies.Length == 0) strategies = [StrategyOf(spec)];
        List<RunResult> results = [];
        foreach (string strategy in strategies)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(DescribedRun.Run(group, strategy));
        }

        LabOutcome[] outcomes = [.. results.Select(result => LabOutcome.Of(result, group))];
        return Task.FromResult(new CommandResult(ExitCodes.Ok, new { group = group.Name, group.CallsPerSecond, minutes = group.Seconds / 60, group.Seed, outcomes }, LabView.Of(group, outcomes)));
    }

    private static GroupSpec GroupOf(ParsedArguments arguments, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        GroupSpec[] groups = ProjectFiles.GroupsOf(arguments.Operands, environment, cancellationToken);
        string names = string.Join(", ", groups.Select(group => group.Name));
        if (arguments.Value("--group") is not { } name) return groups.Length == 1 ? groups[0] : throw ToolException.Usage($"State one of the groups with --group: {names}.");
        return Array.Find(groups, group => group.Name == name) ?? throw ToolException.Usage($"There is no group '{name}'. There are: {names}.");
    }

    private static DescribedGroup Describe(GroupSpec group, ParsedArguments arguments)
    {
        DeploymentSpec[] deployments = [.. group.Deployments.Where(deployment => !deployment.Settings.IsShadow)];
        string[] names = [.. deployments.Select(deployment => deployment.Name)];
        LabOutage[] outages = [.. arguments.Values("--outage").Select(LabOutage.Parse)];
        foreach (LabOutage outage in outages) RequireKnown(outage.Deployment, names);
        Dictionary<string, double> latencies = ByDeployment("--latency", arguments, names, UsualLatency, 0.001, 600);
        Dictionary<string, double> speeds = ByDeployment("--tokens-per-second", arguments, names, UsualSpeed, 0.1, 1_000_000);
        double rate = arguments.Number("--calls-per-second", 10, 0.001, 100_000);
        double minutes = arguments.Number("--minutes", 10, 0.01, 100_000);
        if (rate * minutes * 60 > MaxCalls) throw ToolException.Usage(string.Create(CultureInfo.InvariantCulture, $"That is {rate * minutes * 60:N0} calls, and at most {MaxCalls:N0} are simulated: state fewer with --calls-per-second or --minutes."));
        return new(group.Name, [.. deployments.Select(DeploymentOf)])
        {
            CallsPerSecond = rate,
            Seconds = minutes * 60,
            InputTokens = arguments.Number("--input-tokens", 400, 1, 1_000_000),
            OutputTokens = arguments.Number("--output-tokens", 300, 1, 1_000_000),
            TimeoutSeconds = group.Settings.Number(GroupProperties.TimeoutSeconds) ?? GroupProperties.DefaultTimeoutSeconds,
            MaxAttempts = group.Settings.Integer(GroupProperties.MaxAttempts) ?? 0,
            WholeCalls = arguments.Has("--whole"),
            Seed = (ulong)arguments.Number("--seed", 101, 0, uint.MaxValue),
        };

        DescribedDeployment DeploymentOf(DeploymentSpec deployment) => new(deployment.Name, latencies[deployment.Name])
        {
            TokensPerSecond = speeds[deployment.Name],
            Weight = deployment.Settings.Weight ?? 1,
            Order = deployment.Settings.Order ?? 0,
            Rpm = deployment.Settings.Rpm ?? 0,
            Tpm = deployment.Settings.Tpm ?? 0,
            MaxConcurrency = deployment.Settings.MaxConcurrency ?? 0,
            InputPrice = deployment.Prices?.Standard.Input ?? 0,
            OutputPrice = deployment.Prices?.Standard.Output ?? 0,
            Outages = [.. outages.Where(outage => outage.Deployment == deployment.Name).Select(outage => (outage.From, outage.To))],
        };
    }

    // "0.5" is all deployments', "openai/gpt-6-luna=0.5" is one's.
    private static Dictionary<string, double> ByDeployment(string option, ParsedArguments arguments, string[] names, double usual, double least, double most)
    {
        Dictionary<string, double> values = names.ToDictionary(name => name, _ => usual, StringComparer.Ordinal);
        foreach (string text in arguments.Values(option).OrderBy(text => text.Contains('=', StringComparison.Ordinal)))
        {
            int equals = text.LastIndexOf('=');
            if (!double.TryParse(text[(equals + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || value < least || value > most)
            {
                throw ToolException.Usage(string.Create(CultureInfo.InvariantCulture, $"{option} must be a number from {least} to {most}, with or without 'DEPLOYMENT=' before it, and is '{text}'."));
            }

            if (equals >= 0) RequireKnown(text[..equals], names);
            foreach (string name in equals < 0 ? names : [text[..equals]]) values[name] = value;
        }

        return values;
    }

    private static void RequireKnown(string name, string[] names)
    {
        if (!names.Contains(name)) throw ToolException.Usage($"There is no deployment '{name}' in the group. There are: {string.Join(", ", names)}.");
    }

    private static string StrategyOf(GroupSpec group) =>
        group.Settings[GroupProperties.Strategy] is int number && (RoutingStrategy)number is not RoutingStrategy.Default ? ((RoutingStrategy)number).ToString() : nameof(RoutingStrategy.Adaptive);
}
