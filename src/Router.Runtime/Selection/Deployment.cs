using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// One deployment of a group at run time: its immutable definition, and its live state. Thread-safe.
/// </summary>
public sealed partial class Deployment
{
    private readonly RouterContext _context;

    internal Deployment(RouterContext context, GroupDefinition group, DeploymentDefinition definition, int index)
    {
        _context = context;
        _cooldown = new Cooldown(group.Cooldown, group.AllowedFails);
        _requests = definition.Rpm > 0 ? new RateLimit(definition.Rpm) : null;
        _tokens = definition.Tpm > 0 ? new RateLimit(definition.Tpm) : null;
        _group = group;
        Group = group.Name;
        Index = index;
        Definition = definition;
        ModelUsed = definition.Provider + "/" + definition.Model;
        Credentials = Credentials.Resolve(definition, context.Variables);
        if (Credentials.Problem is { } problem) RouterLog.NotConfigured(context.Logger, group.Name, definition.Name, problem);
    }

    /// <summary>The deployment's name, unique in its group.</summary>
    public string Name => Definition.Name;

    /// <summary>The provider's name, for example <c>anthropic</c>.</summary>
    public string Provider => Definition.Provider;

    /// <summary>The model as the provider knows it.</summary>
    public string Model => Definition.Model;

    /// <summary>What tokens cost; null where it is not known.</summary>
    public TokenPrices? Prices => Definition.Prices;

    /// <summary>Where it is; null where that was not declared.</summary>
    public string? Region => Definition.Region;

    /// <summary>Its marks.</summary>
    public IReadOnlyList<string> Tags => Definition.Tags;

    /// <summary>Its share of the calls, relative to the weights of the others.</summary>
    public double Weight => Definition.Weight;

    /// <summary>Calls under way, streams included.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>The deployment's state at this moment.</summary>
    public DeploymentStatus Status
    {
        get
        {
            long now = _context.Clock.Now;
            long cooling = Breaker.CoolUntil - now;
            DeploymentHealth health =
                Credentials.Problem is not null ? DeploymentHealth.NotConfigured
                : Breaker.IsProbing ? DeploymentHealth.Probing
                : Breaker.IsClosed || cooling <= 0 ? DeploymentHealth.Healthy
                : DeploymentHealth.CoolingDown;
            return new DeploymentStatus
            {
                Name = Name,
                Health = health,
                InFlight = Volatile.Read(ref _inFlight),
                FailuresInARow = Breaker.FailuresInARow,
                CooldownRemaining = health is DeploymentHealth.CoolingDown ? new TimeSpan(cooling) : TimeSpan.Zero,
                Problem = Credentials.Problem,
            };
        }
    }

    internal string Group { get; }

    internal int Index { get; }

    internal DeploymentDefinition Definition { get; }

    /// <summary>Provider and model in one.</summary>
    internal string ModelUsed { get; }

    internal Credentials Credentials { get; }

    internal CircuitBreaker Breaker { get; } = new();

    /// <summary>What it failed of the last time; null where it never did.</summary>
    internal AttemptFailure? LastFailure { get; private set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Group}: {Name}";

    internal double HeadroomAt(long now) => 1;
}
