namespace RouterGen;

/// <summary>
/// The router's time: ticks of 100 ns since it was made, from an injected <see cref="TimeProvider"/>. Monotonic; not
/// the time of day.
/// </summary>
internal sealed class RouterClock(TimeProvider provider)
{
    private readonly long _origin = provider.GetTimestamp();

    public TimeProvider Provider { get; } = provider;

    /// <summary>Ticks since the router was made.</summary>
    public long Now => Provider.GetElapsedTime(_origin).Ticks;

    public TimeSpan Since(long then) => new(Now - then);

    public void Post(Action<object?> action, object? state) => ThreadPool.UnsafeQueueUserWorkItem(action, state, preferLocal: false);
}
