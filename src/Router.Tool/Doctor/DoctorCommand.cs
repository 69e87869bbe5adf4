using RouterGen.Declarations.Model;
using RouterGen.Declarations.Specs;
using RouterGen.Tool.Check;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Doctor;

/// <summary><c>routergen doctor</c>: asks the providers of a project's groups whether calls would work.</summary>
internal sealed class DoctorCommand : Command
{
    public override string Name => "doctor";

    public override string Summary => "Asks the providers of your groups: keys, identities, models, retirement, clock, TLS, latency";

    public override string Operands => ProjectFiles.Operand;

    public override int MaxOperands => int.MaxValue;

    public override CommandOption[] Options { get; } =
    [
        new("--group", "NAME", "checks this group only; may be repeated") { Repeats = true },
        new("--no-spend", null, "makes no calls: costs nothing, measures no latency, checks no identity"),
    ];

    public override string Problems => "there are findings";

    public override async Task<CommandResult> RunAsync(ParsedArguments arguments, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        GroupSpec[] groups = Selected(ProjectFiles.GroupsOf(arguments.Operands, environment, cancellationToken), arguments.Values("--group"));
        DoctorReport report = await RunAsync(groups, spends: !arguments.Has("--no-spend"), environment, cancellationToken).ConfigureAwait(false);
        return new(report.Worst is FindingLevel.Ok ? ExitCodes.Ok : ExitCodes.Problems, report, DoctorView.Of(report));
    }

    /// <summary>Checks groups, all side by side.</summary>
    public static async Task<DoctorReport> RunAsync(IReadOnlyCollection<GroupSpec> groups, bool spends, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        Place[] places = [.. groups.SelectMany(group => group.Deployments.Select(deployment => new Place(group.Name, deployment, deployment.Client is null ? ProviderAddress.Of(deployment.Connection, environment.Variable) : null)))];
        Dictionary<ConnectionKey, Task<(ConnectionReport Report, Dictionary<string, DateTimeOffset?>? Models)>> connections = places.Where(place => place.Key is not null)
            .GroupBy(place => place.Key!)
            .ToDictionary(same => same.Key, same => ConnectionCheck.RunAsync(same.First().Deployment, same.First().Address!, environment, cancellationToken));
        (DeploymentReport Report, CallOutcome? Call)[] asked = await Task.WhenAll(places.Select(place => CheckAsync(place, place.Key is { } key ? connections[key] : null, spends, environment, cancellationToken))).ConfigureAwait(false);
        ILookup<ConnectionKey, CallOutcome> calls = places.Zip(asked).Where(pair => pair.First.Key is not null && pair.Second.Call is not null).ToLookup(pair => pair.First.Key!, pair => pair.Second.Call!);
        List<ConnectionReport> reports = [];
        foreach ((ConnectionKey key, Task<(ConnectionReport Report, Dictionary<string, DateTimeOffset?>? Models)> connection) in connections)
        {
            reports.Add(ConnectionCheck.With((await connection.ConfigureAwait(false)).Report, [.. calls[key]], environment.Time.GetUtcNow()));
        }

        return new(reports, [.. asked.Select(one => one.Report)]);
    }

    private static async Task<(DeploymentReport Report, CallOutcome? Call)> CheckAsync(Place place, Task<(ConnectionReport Report, Dictionary<string, DateTimeOffset?>? Models)>? connection, bool spends, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        DeploymentSpec deployment = place.Deployment;
        Task<CallOutcome>? calling = spends && place.Address is { CanAsk: true } address ? DeploymentCall.RunAsync(deployment, address, environment, cancellationToken) : null;
        Dictionary<string, DateTimeOffset?>? models = connection is null ? null : (await connection.ConfigureAwait(false)).Models;
        (bool? listed, List<Finding> findings) = DeploymentCheck.Compare(deployment, models, environment.Time.GetUtcNow());
        if (connection is null) findings.Add(new(FindingLevel.Ok, "client", "asked through a client of the program, which is not checked here"));
        CallOutcome? call = calling is null ? null : await calling.ConfigureAwait(false);
        if (call?.Finding is { } finding) findings.Add(finding);
        Dictionary<string, string> limits = call?.Seen?.Limits ?? [];
        return (new(place.Group, deployment.Name, deployment.ModelName, place.Address?.KeyVariable, listed, call?.Milliseconds, limits, findings), call);
    }

    private static GroupSpec[] Selected(GroupSpec[] groups, IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => Array.TrueForAll(groups, group => group.Name != name)) is { } unknown) throw ToolException.Usage($"There is no group '{unknown}'. There are: {string.Join(", ", groups.Select(group => group.Name))}.");
        return names.Count == 0 ? groups : Array.FindAll(groups, group => names.Contains(group.Name));
    }

    private sealed record Place(string Group, DeploymentSpec Deployment, ProviderAddress? Address)
    {
        public ConnectionKey? Key { get; } = Address is null ? null : new(Deployment.Provider, Address.Endpoint, Address.KeyVariable, Deployment.Dialect, Deployment.Connection.Platform);
    }

    // What deployments share that are asked in one place with one key.
    private sealed record ConnectionKey(string Provider, string? Endpoint, string? KeyVariable, Dialect Dialect, string? Platform);
}

/// <summary>What was found of all groups.</summary>
internal sealed record DoctorReport(IReadOnlyList<ConnectionReport> Connections, IReadOnlyList<DeploymentReport> Deployments)
{
    /// <summary>The worst of all findings.</summary>
    public FindingLevel Worst => Connections.SelectMany(connection => connection.Findings).Concat(Deployments.SelectMany(deployment => deployment.Findings)).Select(finding => finding.Level).DefaultIfEmpty().Max();
}
