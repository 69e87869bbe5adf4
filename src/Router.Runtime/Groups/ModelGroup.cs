using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// A model group: one name, and the deployments that can serve it. Each call goes to one of them; when that one fails,
/// to the next. Thread-safe. What can be asked of it depends on its kind: see <see cref="ChatGroup"/>.
/// </summary>
public abstract class ModelGroup
{
    private const string LeftOutModel = "model: left out, the group's deployments are asked as if none was named";

    private readonly ConfigurationWatch? _configuration; // goes on reading for as long as it is referenced

    private protected ModelGroup(RouterContext context, GroupDefinition definition, IBackgroundCalls calls)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(definition);
        State = new GroupState(context, definition, calls, FallbackStates, CreatePolicy);
        _configuration = ConfigurationWatch.Start(context, definition.Name, State.Settings, State.Deployments);
    }

    /// <summary>Gets the group's name, as it was declared.</summary>
    public string Name => State.Name;

    /// <summary>Gets the group's deployments, in the order of their declaration.</summary>
    public IReadOnlyList<Deployment> Deployments => State.Deployments;

    /// <summary>Gets the group's deployment of that name.</summary>
    /// <param name="deployment">The name, as it was declared.</param>
    /// <exception cref="ArgumentException">The group has none of that name.</exception>
    public Deployment this[string deployment]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(deployment);
            return State.Find(deployment, nameof(deployment));
        }
    }

    /// <summary>Gets the state of each deployment at this moment.</summary>
    public IReadOnlyList<DeploymentStatus> Status => Array.ConvertAll(State.Deployments, static deployment => deployment.Status);

    /// <summary>
    /// Gets what is wrong in the configuration of the group (<see cref="RouterOptions.Configuration"/>), as of the last time that it was loaded: names that mean
    /// nothing, and values that are ignored, so that what held before still does. Empty where nothing is wrong. What concerns no single group, such as an
    /// unknown key of the section <c>RouterGen</c> itself, each group lists.
    /// </summary>
    public IReadOnlyList<ConfigurationProblem> ConfigurationProblems => _configuration?.Problems ?? [];

    /// <summary>Gets what calls have spent at all deployments of the group together, and may spend: without shadows, and without measurements.</summary>
    public BudgetStatus Spend => State.Spend.Status;

    /// <summary>
    /// Gets or sets a policy that chooses instead of the declared one, or of the strategy; null where none was set. May be set at any
    /// time, and set back to null; calls that have picked already are not affected. A call that asks for a strategy of its
    /// own (<see cref="CallOptions.Strategy"/>) gets that one.
    /// </summary>
    public SelectionPolicy? Policy
    {
        get => State.Policy.Set;
        set => State.Policy.Set = value;
    }

    /// <summary>Gets the groups that take over when no deployment of this one can answer.</summary>
    protected internal virtual ModelGroup[] Fallbacks => [];

    /// <summary>Gets the groups that take over when a request exceeds the context window.</summary>
    protected internal virtual ModelGroup[] ContextWindowFallbacks => [];

    /// <summary>Gets the groups that take over when a content filter refuses a request.</summary>
    protected internal virtual ModelGroup[] ContentPolicyFallbacks => [];

    /// <summary>Gets what calls go through.</summary>
    internal GroupState State { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {string.Join(", ", State.Deployments.Select(static deployment => deployment.Name))}";

    /// <summary>Makes the policy that <see cref="ModelGroupAttribute.Policy"/> names; null where it names none. Called at the first pick, and when <see cref="Policy"/> is set to null.</summary>
    protected internal virtual SelectionPolicy? CreatePolicy() => null;

    /// <summary>Refuses what the group does not have, before anything is sent.</summary>
    internal CallOptions Checked(CallOptions routing)
    {
        ArgumentNullException.ThrowIfNull(routing);
        if (routing.Deployment is { } name) State.Find(name, nameof(routing));
        if (routing.MockFailure is { } mock) CheckDrill(mock);
        return routing;
    }

    private void CheckDrill(MockFailure mock)
    {
        if (!State.Router.AllowsMockFailures) throw new ArgumentException("CallOptions.MockFailure is a drill, which this router does not allow: set RouterOptions.AllowMockFailures.", "routing");
        if (mock.Deployment is not { } name) return;
        HashSet<GroupState> groups = [State];
        var left = new Stack<GroupState>(groups);
        while (left.TryPop(out GroupState? group))
        {
            if (Array.Exists(group.Deployments, deployment => deployment.Name == name)) return;
            foreach (FallbackList list in Enum.GetValues<FallbackList>())
            {
                foreach (GroupState next in group.FallbacksFor(list))
                {
                    if (groups.Add(next)) left.Push(next);
                }
            }
        }

        throw new ArgumentException($"CallOptions.MockFailure names the deployment '{name}', which neither model group '{Name}' nor any that takes over from it has.", "routing");
    }

    /// <summary>
    /// Routes a call that names a model to those of the group's deployments that have it. One that none has is no reason to fail, for the caller
    /// may be a client in front of many groups.
    /// </summary>
    /// <param name="model">The model that the call's options name; null for none.</param>
    /// <param name="routing">How the call is routed.</param>
    /// <returns>What of the options has no effect, for the answer to list; null where all has.</returns>
    private protected string? Choose(string? model, ref CallOptions routing)
    {
        if (model is not { Length: > 0 } || model == Name) return null;
        string? chosen = routing.Deployment;
        if (!Array.Exists(State.Deployments, deployment => !deployment.IsShadow && Demands.IsCalled(deployment, model) && (chosen is null || chosen == deployment.Name))) return LeftOutModel;
        if (chosen is null) routing = routing.For(model);
        return null;
    }

    private GroupState[] FallbackStates(FallbackList list)
    {
        ModelGroup[] groups = list switch
        {
            FallbackList.ContextWindow => ContextWindowFallbacks,
            FallbackList.ContentPolicy => ContentPolicyFallbacks,
            _ => Fallbacks,
        };
        return groups.Length == 0 ? [] : Array.ConvertAll(groups, static group => group.State);
    }
}
