using RouterGen;

namespace RoutingLab;

/// <summary>What is between a fleet's instances and its store.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Latency">The median of an exchange, in seconds.</param>
/// <param name="Loss">The share of exchanges that are lost: half of them on the way there, half on the way back.</param>
/// <param name="SkewSeconds">How far the store's clock is ahead.</param>
/// <param name="GoneFrom">When it goes away, in seconds.</param>
/// <param name="GoneUntil">When it is back.</param>
internal sealed record StoreConditions(string Name, double Latency, double Loss = 0, double SkewSeconds = 0, double GoneFrom = 0, double GoneUntil = 0);

/// <summary>A store of a fleet behind a simulated network.</summary>
internal sealed class SimulatedStore(SimulatedTime time, StoreConditions conditions, Draws draws) : IRouterStore
{
    private readonly MemoryRouterStore _store = new(new SkewedTime(time, TimeSpan.FromSeconds(conditions.SkewSeconds)));

    public event Action? Changed
    {
        add => _store.Changed += value;
        remove => _store.Changed -= value;
    }

    /// <summary>How often it was asked.</summary>
    public int Exchanges { get; private set; }

    public async ValueTask<StoreAnswer> ExchangeAsync(StoreReport report, CancellationToken cancellationToken)
    {
        Exchanges++;
        double luck = draws.Next();
        double there = draws.NextLogNormal(conditions.Latency / 2, 0.5);
        double back = draws.NextLogNormal(conditions.Latency / 2, 0.5);
        double second = time.Now / (double)TimeSpan.TicksPerSecond;
        bool isGone = second >= conditions.GoneFrom && second < conditions.GoneUntil;
        await PassAsync(there, cancellationToken).ConfigureAwait(false);
        if (isGone || luck < conditions.Loss / 2) throw new IOException("The request was lost.");
        StoreAnswer answer = await _store.ExchangeAsync(report, cancellationToken).ConfigureAwait(false);
        await PassAsync(back, cancellationToken).ConfigureAwait(false);
        return luck < conditions.Loss ? throw new IOException("The answer was lost.") : answer;
    }

    public ValueTask<IReadOnlyList<FleetInstance>> InstancesAsync(string fleet, CancellationToken cancellationToken) => _store.InstancesAsync(fleet, cancellationToken);

    private Task PassAsync(double seconds, CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellationToken);

    private sealed class SkewedTime(TimeProvider time, TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + ahead;
    }
}
