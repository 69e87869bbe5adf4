namespace RouterGen;

/// <summary>
/// How many connections to a deployment are likely to be open: as many as calls were answered at once within the last half
/// to one minute, which is how long an idle connection stays open. A call beyond those opens one, and what that takes is no
/// latency of the deployment. Lock-free: both halves are one number.
/// </summary>
internal struct WarmConnections
{
    // With more calls in flight than so many a new connection is one of many, and a slow answer is a sign of load.
    private const int Few = 16;

    private const int HalfShift = 28; // of ticks of 100 ns: 26.8 s
    private const int CountBits = 8;
    private const int CountMask = (1 << CountBits) - 1;

    private long _state; // the number of the half above, then what was open in it, then in the one before

    /// <summary>Whether a call has to open a connection.</summary>
    /// <param name="inFlight">The calls in flight with it.</param>
    /// <param name="now">The time.</param>
    public readonly bool MustOpen(int inFlight, long now)
    {
        if (inFlight > Few) return false;
        long state = Volatile.Read(in _state);
        return inFlight > Math.Max(In(state, Half(now)), In(state, Half(now) - 1));
    }

    /// <summary>A call was answered.</summary>
    /// <param name="inFlight">The calls in flight when it was made.</param>
    /// <param name="now">The time.</param>
    public void Note(int inFlight, long now)
    {
        int open = Math.Min(inFlight, CountMask);
        while (true)
        {
            long state = Volatile.Read(ref _state);
            long half = Half(now);
            if (In(state, half) >= open) return;
            long next = half << (2 * CountBits) | (long)open << CountBits | (uint)In(state, half - 1);
            if (Interlocked.CompareExchange(ref _state, next, state) == state) return;
        }
    }

    private static long Half(long now) => now >> HalfShift;

    private static int In(long state, long half)
    {
        long newest = state >> (2 * CountBits);
        return newest == half ? (int)(state >> CountBits) & CountMask : newest == half + 1 ? (int)state & CountMask : 0;
    }
}
