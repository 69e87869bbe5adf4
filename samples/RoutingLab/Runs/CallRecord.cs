namespace RoutingLab;

/// <summary>How one call went.</summary>
/// <param name="Arrived">When it was made, in ticks.</param>
/// <param name="Latency">From then to its first token (or, where answers come whole, to its answer) in ticks; failed attempts and waits included.</param>
/// <param name="Provider">Who answered; -1 where nobody did.</param>
/// <param name="Attempts">How many attempts it took.</param>
internal readonly record struct CallRecord(long Arrived, long Latency, short Provider, short Attempts)
{
    public bool Succeeded => Provider >= 0;

    /// <summary>What the answer cost, in USD.</summary>
    public double Cost { get; init; }
}
