namespace RouterGen;

/// <summary>
/// Where the instances of a fleet meet: what each has used and wants goes there in one message, and what it may use comes back. A store keeps all time by its own clock, so that clocks of
/// instances may be wrong. Thread-safe.
/// </summary>
public interface IRouterStore
{
    /// <summary>Raised when something may have changed that others should know soon. It is a hint: what it misses, the next exchange brings.</summary>
    event Action? Changed;

    /// <summary>
    /// Takes what an instance reports, and returns what it may use, all in one step. The same report (by <see cref="StoreReport.Instance"/> and <see cref="StoreReport.Sequence"/>) may come twice, because
    /// its answer was lost: it counts once, and is answered the same.
    /// </summary>
    /// <param name="report">What the instance reports.</param>
    /// <param name="cancellationToken">Cancels the exchange.</param>
    ValueTask<StoreAnswer> ExchangeAsync(StoreReport report, CancellationToken cancellationToken);

    /// <summary>Lists the instances that have reported lately.</summary>
    /// <param name="fleet">The fleet's name.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    ValueTask<IReadOnlyList<FleetInstance>> InstancesAsync(string fleet, CancellationToken cancellationToken);
}

/// <summary>An instance of a fleet.</summary>
/// <param name="Id">Its id, which it has for as long as it runs.</param>
/// <param name="LastSeen">When it reported last, by the store's clock.</param>
/// <param name="Summary">What it says of itself, as JSON: see <see cref="RouterFleet.Summary"/>; null where it says nothing.</param>
public sealed record FleetInstance(string Id, DateTimeOffset LastSeen, string? Summary);
