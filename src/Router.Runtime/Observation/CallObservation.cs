namespace RouterGen;

/// <summary>Observers of single calls.</summary>
public static class CallObservation
{
    /// <summary>
    /// Returns the same options for a call that has an observer of its own. It is told of the call and its attempts after the router's observers
    /// (<see cref="RouterOptions.Observers"/>); of changes of deployments, and of what the router sends by itself, it is not told.
    /// </summary>
    /// <param name="routing">How the call is routed; null for the defaults.</param>
    /// <param name="observer">The observer, which replaces one that the options had.</param>
    /// <exception cref="ArgumentNullException"><paramref name="observer"/> is null.</exception>
    public static CallOptions WithObserver(this CallOptions? routing, IRouterObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return (routing ?? CallOptions.None).ObservedBy(observer);
    }
}
