using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// One deployment of a group at run time: its immutable definition, and its live state. Thread-safe.
/// </summary>
public sealed partial class Deployment : ISharer, IKeyUser, IFleetEndpoint, IFleetDeployment
{
    private readonly RouterContext _context;
    private readonly EndpointState _endpoint;

    private Deployment(RouterContext context, GroupDefinition group, int index, DeploymentTable table, IAvailabilityListener? queue, BudgetMeter? groupSpend, LiveGroupSettings settings)
    {
        DeploymentDefinition definition = group.Deployments[index];
        _context = context;
        _queue = queue;
        GroupSettings = settings;
        _spend = new BudgetMeter(definition.Budget, definition.BudgetPeriod, context.Clock.Provider, ShareOfBudget(context.Fleet, FleetScopes.Of(group.Name, definition.Name) + "/budget", definition.BudgetPeriod));
        if (definition.MirrorShare > 0) groupSpend = null; // What copies cost must not end callers' calls.
        _groupSpend = groupSpend;
        _budget = definition.Budget is null ? null : _spend;
        _groupBudget = group.Budget is null ? null : groupSpend;
        Group = group.Name;
        Index = index;
        Table = table;
        Definition = definition;
        Framing = definition.Platform.FramingOf(definition.Codec);
        ModelUsed = definition.Provider + "/" + definition.Model;
        NameHash = StableHash.Of(definition.Name);
        _credentials = Credentials.Resolve(definition, context.Platforms, context.Clients, group.Name);
        _endpoint = EndpointOf(group);
        _endpoint.Sharers.Join(this);
        _limits = definition.LimitGroup is { } shared ? context.SharedStates.Limits(shared) : null;
        _settings = DeploymentSettings.Of(definition, ShareOfLimits());
        JoinLimits();
        if (Credentials.Problem is { } problem) RouterLog.NotConfigured(context.Logger, group.Name, definition.Name, problem);
        _key = JoinKey();
    }

    /// <summary>Makes of a limit this instance's part of a budget; null where there is no fleet.</summary>
    internal static Func<long, QuotaLease>? ShareOfBudget(RouterFleet? fleet, string scope, BudgetPeriod period) => fleet is null ? null : cap => fleet.Quota(scope, cap, period, isMoney: true);

    /// <summary>Makes the deployments of a group.</summary>
    /// <param name="context">What the groups of the class share.</param>
    /// <param name="group">What was declared.</param>
    /// <param name="queue">Learns when they may have become available; null where no call waits.</param>
    /// <param name="groupSpend">What all of them spend; null where it is not asked for.</param>
    /// <param name="settings">What of the group can be changed at run time; null where nothing is.</param>
    internal static Deployment[] Create(RouterContext context, GroupDefinition group, IAvailabilityListener? queue = null, BudgetMeter? groupSpend = null, LiveGroupSettings? settings = null)
    {
        settings ??= new LiveGroupSettings(group);
        var table = new DeploymentTable(group.Deployments);
        var deployments = new Deployment[group.Deployments.Length];
        for (int i = 0; i < deployments.Length; i++) deployments[i] = new Deployment(context, group, i, table, queue, groupSpend, settings);
        foreach (Deployment deployment in deployments) deployment.JoinFleet();
        return deployments;
    }

    /// <summary>Gets how its streamed answers are divided into events.</summary>
    internal StreamFraming Framing { get; }

    /// <summary>Gets the deployment's name, unique in its group.</summary>
    public string Name => Definition.Name;

    /// <summary>Gets the provider's name, for example <c>anthropic</c>.</summary>
    public string Provider => Definition.Provider;

    /// <summary>Gets what spans and metrics call its provider.</summary>
    internal string TelemetryProvider => Definition.TelemetryProvider ?? Provider;

    /// <summary>Gets the model as the provider knows it.</summary>
    public string Model => Definition.Model;

    /// <summary>
    /// Gets what its model can do, as declared or as the catalog knows it. A model that the catalog does not list has all that its provider's
    /// endpoint takes.
    /// </summary>
    public ModelCapabilities Capabilities => Definition.Codec.Profile.Capabilities;

    /// <summary>Gets the tokens that its model can read and write, as declared or as the catalog knows them.</summary>
    public ModelLimits ModelLimits => Definition.ModelLimits;

    /// <summary>Gets what tokens cost; null where it is not known.</summary>
    public ModelPrices? Prices => Definition.Prices;

    /// <summary>Gets where it is; null where that was not declared.</summary>
    public string? Region => Definition.Region;

    /// <summary>Gets its marks.</summary>
    public IReadOnlyList<string> Tags => Definition.Tags;

    /// <summary>Gets whether it gets copies of calls, and answers none.</summary>
    internal bool IsShadow => Definition.MirrorShare > 0;

    internal RouterContext Router => _context;

    /// <summary>Gets what of its group can be changed at run time.</summary>
    internal LiveGroupSettings GroupSettings { get; }

    internal string Group { get; }

    internal int Index { get; }

    /// <summary>Gets what picks read of all deployments of its group.</summary>
    internal DeploymentTable Table { get; }

    internal DeploymentDefinition Definition { get; }

    /// <summary>Gets the provider and model in one.</summary>
    internal string ModelUsed { get; }

    /// <summary>Gets where sticky routing finds it; see <see cref="StickyChoice"/>.</summary>
    internal ulong NameHash { get; }

    /// <summary>Gets the configured key, and the address.</summary>
    internal Credentials Credentials => _credentials;

    /// <summary>What a call authenticates itself with: the caller's own key where it brought one for this provider.</summary>
    internal Credentials CredentialsFor(CallOptions routing) => KeyOf(routing) is { } key ? Credentials.WithKey(key, Definition, _context.Platforms) : Credentials;

    /// <summary>The key that a call brings for it; null where it brings none, or no request is sent, such as where a client is asked, which has its own.</summary>
    internal string? KeyOf(CallOptions routing) => Credentials.SendsRequests ? routing.KeyFor(Provider) : null;

    /// <summary>Gets what it shares with deployments of the same endpoint, key and model.</summary>
    internal EndpointState Endpoint => _endpoint;

    internal EndpointBreakers Breakers => _endpoint.Breakers;

    /// <summary>Gets why requests are kept out there, or else the last failure; null where there was none.</summary>
    internal AttemptFailure? LastFailure => Breakers.LastFailure;

    /// <inheritdoc/>
    public override string ToString() => $"{Group}: {Name}";

    /// <summary>
    /// The state of its endpoint, key, model and service tier. A shadow has one of its own: calls are to notice nothing of it. So has a
    /// deployment without an address, which one that is asked through a client is too: what is behind it is not known.
    /// </summary>
    private EndpointState EndpointOf(GroupDefinition group) => Credentials.Address is { } address && !IsShadow
        ? _context.SharedStates.Endpoint(address, Credentials.SharingIdentity(Definition), (Model, Definition.Codec.Profile.ServiceTier), group.LatencyTtl.Ticks)
        : new EndpointState(group.LatencyTtl.Ticks);
}
