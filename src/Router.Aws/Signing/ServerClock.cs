namespace RouterGen.Aws;

/// <summary>
/// How far the servers' clock is from this machine's. A signature holds for a few minutes, so a machine whose clock is wrong could sign nothing:
/// after a refusal, the time is taken over that the server stated in it. Thread-safe.
/// </summary>
internal sealed class ServerClock
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private long _offset; // ticks

    /// <summary>Returns the servers' time.</summary>
    /// <param name="time">This machine's clock.</param>
    public DateTimeOffset Now(TimeProvider time) => time.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _offset));

    /// <summary>Takes a server's time over where it differs by more than a minute.</summary>
    /// <param name="stated">The time that the server stated.</param>
    /// <param name="time">This machine's clock.</param>
    /// <returns>Whether it did.</returns>
    public bool Correct(DateTimeOffset stated, TimeProvider time)
    {
        if ((stated - Now(time)).Duration() <= Tolerance) return false;
        Volatile.Write(ref _offset, (stated - time.GetUtcNow()).Ticks);
        return true;
    }
}
