namespace RouterGen;

/// <summary>
/// The declared limits that several deployments of a router share (<c>LimitGroup</c>): one bucket of requests, one of tokens,
/// and one count of calls in flight. What holds is the same in the settings of each; a change of it is made under
/// <see cref="Changing"/> in all of them.
/// </summary>
internal sealed class LimitGroup
{
    private int _inFlight;

    /// <summary>Gets the lock that is taken by whatever changes the limits, or joins.</summary>
    public Lock Changing { get; } = new();

    /// <summary>Gets the deployments with these limits.</summary>
    public Sharers Sharers { get; } = new();

    /// <summary>Gets the calls under way at all of them, streams included.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>A call is under way.</summary>
    /// <returns>How many are, with it.</returns>
    public int Enter() => Interlocked.Increment(ref _inFlight);

    /// <summary>A call has ended.</summary>
    public void Leave() => Interlocked.Decrement(ref _inFlight);
}
