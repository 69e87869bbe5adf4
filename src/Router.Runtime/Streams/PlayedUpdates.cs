using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>What a stream has brought so far: for what is said of it when it breaks, and for an estimate of what it costs.</summary>
internal abstract class PlayedUpdates<TUpdate> where TUpdate : class
{
    /// <summary>Gets the last update; null before the first.</summary>
    public TUpdate? Last { get; protected set; }

    /// <summary>Gets what has arrived, for messages: a count and what is counted.</summary>
    public abstract string Arrived { get; }

    /// <summary>Adds an update that was handed to the caller.</summary>
    public abstract void Add(TUpdate update);

    /// <summary>Returns what has arrived as an answer of chat; null for other kinds of calls.</summary>
    public virtual ChatResponse? ToResponse() => null;

    /// <summary>Returns what has arrived with what the end of the stream says of it, for those that observe the attempt; null for other kinds of calls.</summary>
    /// <param name="last">The terminator's update; null where it brought none.</param>
    public virtual ChatResponse? ToResponse(TUpdate? last) => null;

    /// <summary>
    /// Returns what a stream that was cut is likely to cost, at the least: what was reported, or more output where more was played. Providers
    /// bill for what they had written, and most report it only at the end; without an estimate, a caller who leaves each
    /// stream early would never spend a budget.
    /// </summary>
    /// <param name="inputTokens">The tokens of the request, as estimated.</param>
    /// <param name="reported">What the provider had counted; null where it did not say.</param>
    public abstract UsageDetails EstimateUsage(int inputTokens, UsageDetails? reported);
}
