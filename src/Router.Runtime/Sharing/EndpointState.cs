namespace RouterGen;

/// <summary>
/// What is known of one endpoint, key and model: its cooldowns, what its provider reports of limits, and its latency. All
/// deployments of a router with that endpoint, key and model share one, in whichever groups they are.
/// </summary>
/// <param name="latencyTtl">How long a latency holds in the recent mean, in ticks.</param>
internal sealed class EndpointState(long latencyTtl)
{
    private const long NotOut = -1;

    private long _outSince = NotOut;

    /// <summary>What the provider last reported of its limit of requests.</summary>
    public ReportedHeadroom ReportedRequests;

    /// <summary>What the provider last reported of its limit of tokens.</summary>
    public ReportedHeadroom ReportedTokens;

    /// <summary>The time to the first token of streams.</summary>
    public LatencyRecord FirstTokens = new(latencyTtl);

    /// <summary>The whole time of calls that are not streamed.</summary>
    public LatencyRecord WholeAnswers = new(latencyTtl);

    /// <summary>Gets or sets whether the last connection brought an answer, so that there may be one in the transport's pool.</summary>
    public bool HasAnswered { get; set; }

    /// <summary>The connections that are open.</summary>
    public WarmConnections Connections;

    private long _newestAnswered = long.MinValue;

    /// <summary>Gets when the newest of the calls was made that were answered; ticks.</summary>
    public long NewestAnswered => Volatile.Read(ref _newestAnswered);

    /// <summary>A call was answered, or has begun to be.</summary>
    /// <param name="entered">When it was made.</param>
    /// <param name="inFlight">The calls in flight then.</param>
    /// <param name="now">The time.</param>
    public void NoteAnswer(long entered, int inFlight, long now)
    {
        Connections.Note(inFlight, now);
        while (Volatile.Read(ref _newestAnswered) is var newest && newest < entered && Interlocked.CompareExchange(ref _newestAnswered, entered, newest) != newest)
        {
        }
    }

    /// <summary>Gets whether requests may be sent there.</summary>
    public EndpointBreakers Breakers { get; } = new();

    /// <summary>The end of the cooldown that the key brought about, in ticks of the router's clock; 0 where none did since the key last worked.</summary>
    public long KeyCoolsUntil;

    /// <summary>Notes that a cooldown has begun.</summary>
    public void BeginOutage(long now) => Interlocked.CompareExchange(ref _outSince, now, NotOut);

    /// <summary>Notes that requests are answered again.</summary>
    /// <returns>How long the endpoint was left alone, probes that failed included.</returns>
    public TimeSpan EndOutage(long now)
    {
        long since = Interlocked.Exchange(ref _outSince, NotOut);
        return since == NotOut ? TimeSpan.Zero : new TimeSpan(Math.Max(0, now - since));
    }

    /// <summary>Gets the deployments that share this state.</summary>
    public Sharers Sharers { get; } = new();

    /// <summary>Keeps the recent mean also for deployments whose group forgets latencies sooner or later.</summary>
    public void KeepLatencies(long ttl)
    {
        FirstTokens.Keep(ttl);
        WholeAnswers.Keep(ttl);
    }
}
