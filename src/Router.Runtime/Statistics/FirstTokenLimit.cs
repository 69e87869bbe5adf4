namespace RouterGen;

/// <summary>
/// How long to wait for a stream's first token where none is declared and another deployment could answer: twice the
/// longest that it lately took there. All constants of the rule are here.
/// </summary>
internal static class FirstTokenLimit
{
    /// <summary>A model that thinks in silence may take longer; so longer is waited where no other could answer sooner.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    // A new connection, a cold model: less would turn a hiccup into a failover.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(4);

    // Of fewer samples the longest says little.
    private const int LeastSamples = 16;

    /// <param name="recent">The times that it lately took.</param>
    /// <param name="inputTokens">The tokens that the deployment has to read first; those before may have had less to read.</param>
    public static TimeSpan After(RecentLatencies recent, long inputTokens)
    {
        if (recent.Count < LeastSamples) return Longest;
        double limit = 2 * recent.Longest * LatencyRecord.PromptFactor(inputTokens);
        return TimeSpan.FromMilliseconds(Math.Clamp(limit, Shortest.TotalMilliseconds, Longest.TotalMilliseconds));
    }
}
