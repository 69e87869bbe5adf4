using System.Collections.Concurrent;

namespace RouterGen.Benchmarks.Soak;

/// <summary>How a call may end.</summary>
internal enum End
{
    Answered,
    Filtered,
    LeftEarly,
    Cancelled,
    Broken,
    Failed,
    NeverTried,

    /// <summary>None of these: an exception that is no typed failure, or another call's answer.</summary>
    Wrong,
}

/// <summary>How the calls have ended so far.</summary>
internal sealed class Tally
{
    private const int MostTold = 10;

    private readonly long[] _ends = new long[Enum.GetValues<End>().Length];
    private readonly long[] _kinds = new long[Enum.GetValues<FailureKind>().Length];
    private long _attempts;

    /// <summary>The first that went wrong, in full.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    public long Total => _ends.Sum();

    public long Attempts => Volatile.Read(ref _attempts);

    public long this[End end] => Volatile.Read(ref _ends[(int)end]);

    public long this[FailureKind kind] => Volatile.Read(ref _kinds[(int)kind]);

    public void Count(End end) => Interlocked.Increment(ref _ends[(int)end]);

    public void CountAttempts(int attempts) => Interlocked.Add(ref _attempts, attempts);

    public void CountFailure(RoutingException failure)
    {
        Interlocked.Increment(ref _kinds[(int)failure.Kind]);
        CountAttempts(failure.Attempts.Count);
        Count(failure.Attempts.Count == 0 ? End.NeverTried : failure.PartialResponse is null ? End.Failed : End.Broken);
    }

    public void CountWrong(string what)
    {
        Count(End.Wrong);
        if (Wrong.Count < MostTold) Wrong.Enqueue(what);
    }
}
