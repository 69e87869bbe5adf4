using RouterGen;

namespace RoutingLab;

/// <summary>
/// LiteLLM's usage-based routing (its second version): the fewest tokens in the current minute of the clock, ties by lot.
/// Tokens are counted once the answer is there.
/// </summary>
internal sealed class LiteLlmUsagePolicy(TimeProvider time, Draws draws) : SelectionPolicy
{
    private readonly Figures<Usage> _usage = new();

    public override int Pick(in SelectionContext context)
    {
        long lowest = long.MaxValue;
        int picked = 0;
        int ties = 0;
        for (int i = 0; i < context.Count; i++)
        {
            Usage usage = _usage[context[i]];
            long tokens = usage.Minute == Minute ? usage.Tokens : 0;
            if (tokens > lowest) continue;
            ties = tokens < lowest ? 1 : ties + 1;
            lowest = tokens;
            if (draws.Next(ties) == 0) picked = i;
        }

        return picked;
    }

    public override void Observe(in AttemptObservation observation)
    {
        Usage usage = _usage[observation.Deployment];
        if (usage.Minute != Minute) (usage.Minute, usage.Tokens) = (Minute, 0);
        usage.Tokens += (observation.InputTokens ?? 0) + (observation.OutputTokens ?? 0);
    }

    private long Minute => time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;

    private sealed class Usage
    {
        public long Minute { get; set; }

        public long Tokens { get; set; }
    }
}
