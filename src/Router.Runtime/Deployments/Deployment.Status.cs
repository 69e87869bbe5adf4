namespace RouterGen;

// The snapshot of a deployment's state.
public sealed partial class Deployment
{
    /// <summary>Gets the deployment's state at this moment.</summary>
    public DeploymentStatus Status
    {
        get
        {
            long now = _context.Clock.Now;
            DeploymentSettings settings = _settings;
            TimeSpan cooling = Breakers.IsClosed || Breakers.CoolUntil <= now ? TimeSpan.Zero : new TimeSpan(Breakers.CoolUntil - now);
            int inFlight = InFlight;
            return new DeploymentStatus
            {
                Name = Name,
                Health = HealthOf(settings.State, inFlight, cooling, isFunded: FundedAt(now) <= now),
                InFlight = inFlight,
                FailuresInARow = Breakers.FailuresInARow,
                CooldownRemaining = cooling,
                CooldownUntil = cooling > TimeSpan.Zero ? RouterClock.Later(_context.Clock.Provider.GetUtcNow(), cooling) : null,
                Headroom = HeadroomAt(now),
                Spend = _spend.Status,
                Weight = settings.Weight,
                Order = settings.Order,
                Rpm = settings.Requests?.PerMinute,
                Tpm = settings.Tokens?.PerMinute,
                MaxConcurrency = settings.MaxConcurrency > 0 ? settings.MaxConcurrency : null,
                TimeToFirstTokenP50 = LatencyOf(streaming: true).Recent.Quantile(0.5),
                TimeToFirstTokenP95 = LatencyOf(streaming: true).Recent.Quantile(0.95),
                LatencyP50 = LatencyOf(streaming: false).Recent.Quantile(0.5),
                LatencyP95 = LatencyOf(streaming: false).Recent.Quantile(0.95),
                LatencyProbes = Volatile.Read(ref _latencyProbes),
                LatencyProbeCost = Volatile.Read(ref _latencyProbeCost) / CostUnitsPerDollar,
                Calls = Interlocked.Read(ref _calls),
                Failures = Interlocked.Read(ref _failures),
                UnrecognizedRefusals = Interlocked.Read(ref _unrecognized),
                LastFailure = LastFailure?.Kind ?? FailureKind.None,
                Problem = Credentials.Problem,
                IsVariableMissing = Credentials.IsVariableMissing,
                IsShadow = IsShadow,
            };
        }
    }

    private DeploymentHealth HealthOf(ServiceState state, int inFlight, TimeSpan cooling, bool isFunded) =>
        state is ServiceState.Disabled ? DeploymentHealth.Disabled
        : state is ServiceState.Draining ? (inFlight > 0 ? DeploymentHealth.Draining : DeploymentHealth.Drained)
        : Credentials.Problem is not null ? DeploymentHealth.NotConfigured
        : Breakers.IsProbing ? DeploymentHealth.Probing
        : cooling > TimeSpan.Zero ? DeploymentHealth.CoolingDown
        : !isFunded ? DeploymentHealth.OutOfBudget
        : DeploymentHealth.Healthy;
}
