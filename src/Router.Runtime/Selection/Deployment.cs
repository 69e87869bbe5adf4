using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// One deployment of a group at run time: its immutable definition, and its live state. Thread-safe.
/// </summary>
public sealed class Deployment
{
    private readonly RouterContext _context;
    private readonly Cooldown _cooldown;
    private readonly RateLimit? _requests;
    private readonly RateLimit? _tokens;
    private int _inFlight;

    internal Deployment(RouterContext context, GroupDefinition group, DeploymentDefinition definition, int index)
    {
        _context = context;
        _cooldown = new Cooldown(group.Cooldown, group.AllowedFails);
        _requests = definition.Rpm > 0 ? new RateLimit(definition.Rpm) : null;
        _tokens = definition.Tpm > 0 ? new RateLimit(definition.Tpm) : null;
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

    /// <summary>
    /// When a request of so many tokens may enter: <paramref name="now"/> or earlier, later,
    /// <see cref="CircuitBreaker.OnSignal"/>, or never (<see cref="long.MaxValue"/>).
    /// </summary>
    internal long ReturnsAt(long now, int tokens)
    {
        if (Credentials.Problem is not null) return long.MaxValue;
        long at = Breaker.ReturnsAt(now);
        if (_requests is not null) at = Math.Max(at, _requests.AdmitsAt(now, 1));
        if (_tokens is not null) at = Math.Max(at, _tokens.AdmitsAt(now, tokens));
        if (Definition.MaxConcurrency > 0 && Volatile.Read(ref _inFlight) >= Definition.MaxConcurrency) at = CircuitBreaker.OnSignal;
        return at;
    }

    /// <summary>Lets a request in, if it may. What was entered must be left through <see cref="Leave"/>.</summary>
    internal bool TryEnter(long now, int tokens, out Lease lease)
    {
        lease = default;
        int inFlight = Interlocked.Increment(ref _inFlight);
        if (Definition.MaxConcurrency > 0 && inFlight > Definition.MaxConcurrency) return Refuse();
        if (_requests is not null && !_requests.TryTake(now, 1)) return Refuse();
        if (_tokens is not null && !_tokens.TryTake(now, tokens))
        {
            _requests?.Adjust(-1);
            return Refuse();
        }

        if (!Breaker.TryEnter(now, out bool probe))
        {
            _requests?.Adjust(-1);
            _tokens?.Adjust(-tokens);
            return Refuse();
        }

        lease = new Lease(tokens, probe);
        return true;
    }

    /// <summary>Ends what <see cref="TryEnter"/> began, and learns from how it went.</summary>
    /// <param name="lease">What was entered.</param>
    /// <param name="failure">What went wrong; null for an answer.</param>
    /// <param name="tokensUsed">What the provider counted; null where it did not say.</param>
    /// <param name="abandoned">Whether the caller went away before there was a verdict.</param>
    internal void Leave(Lease lease, AttemptFailure? failure, long? tokensUsed = null, bool abandoned = false)
    {
        long now = _context.Clock.Now;
        if (_tokens is not null && tokensUsed is { } used) _tokens.Adjust(used - lease.Tokens);
        if (abandoned) Breaker.Abandon(lease.IsProbe);
        else if (failure is null || FailureRule.For(failure.Kind).Effect is HealthEffect.None) Breaker.Succeed(now, lease.IsProbe);
        else Fail(failure, lease.IsProbe, now);

        Interlocked.Decrement(ref _inFlight);
        if (lease.IsProbe || Definition.MaxConcurrency > 0) _context.Signal.Pulse();
    }

    private bool Refuse()
    {
        Interlocked.Decrement(ref _inFlight);
        return false;
    }

    private void Fail(AttemptFailure failure, bool probe, long now)
    {
        // Those that were under way when a deployment broke fail together: that is one failure, not as many in a row.
        bool counts = probe || Breaker.IsClosed;
        int failures = counts ? Breaker.CountFailure() : Breaker.FailuresInARow;
        if (!counts && failure.RetryAfter is null) return;

        TimeSpan cooldown = _cooldown.After(FailureRule.For(failure.Kind).Effect, Math.Max(1, failures), failure.RetryAfter, _context.Random);
        LastFailure = failure;
        if (cooldown == TimeSpan.Zero && !probe) return;
        Breaker.Fail(now + cooldown.Ticks, probe);
        RouterLog.CoolingDown(_context.Logger, Group, Name, cooldown.TotalSeconds);
    }
}
