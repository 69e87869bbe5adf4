namespace RoutingLab;

/// <summary>
/// One router's connections to one provider, as HTTP/1.1 uses them: one request at a time each, the last one used first, and
/// closed when it has been idle for a minute.
/// </summary>
internal sealed class ConnectionPool
{
    private const long IdleTimeout = TimeSpan.TicksPerMinute;

    private readonly Stack<long> _idle = []; // since when

    /// <summary>Whether a request would find a connection that is open.</summary>
    public bool HasOpen(long now) => _idle.TryPeek(out long since) && now - since < IdleTimeout;

    /// <summary>Takes a connection; opens one where none is idle.</summary>
    public void Take(long now)
    {
        if (HasOpen(now)) _idle.Pop();
        else _idle.Clear(); // those below have been idle for longer
    }

    /// <summary>Gives a connection back whose answer was read to its end.</summary>
    public void Return(long now) => _idle.Push(now);
}
