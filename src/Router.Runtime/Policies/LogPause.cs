namespace RouterGen;

/// <summary>Lets something be logged once a minute: what goes wrong with each call would fill the log.</summary>
internal sealed class LogPause
{
    private long _until = long.MinValue;

    /// <summary>Whether a minute has passed since something was logged; another one begins then.</summary>
    public bool IsOver(long now)
    {
        long until = Volatile.Read(ref _until);
        return now >= until && Interlocked.CompareExchange(ref _until, now + TimeSpan.TicksPerMinute, until) == until;
    }
}
