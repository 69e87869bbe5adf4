namespace RouterGen;

/// <summary>
/// Places that all instances of a fleet have together, for what is under way at a time; from <see cref="RouterFleet.Places(string, int)"/>. No method waits for the store: an instance holds some places, and while the store cannot be reached its part of
/// them, at least one. Thread-safe.
/// </summary>
public sealed class FleetPlaces
{
    private readonly RouterFleet _fleet;
    private readonly PlaceLease _lease;
    private int _taken;

    internal FleetPlaces(RouterFleet fleet, PlaceLease lease)
    {
        _fleet = fleet;
        _lease = lease;
        lease.Join(() => Taken);
    }

    /// <summary>Gets how many places are taken here.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes a place, where there is one. It must be given back through <see cref="Return"/>.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= _lease.PlacesAt(_fleet.Now)) return true;
        Interlocked.Decrement(ref _taken);
        _lease.Miss();
        return false;
    }

    /// <summary>Takes a place whether or not there is one, for what is under way already. It must be given back through <see cref="Return"/>.</summary>
    public void Take() => Interlocked.Increment(ref _taken);

    /// <summary>Gives a place back.</summary>
    public void Return() => Interlocked.Decrement(ref _taken);
}
