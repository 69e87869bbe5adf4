using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Asks the deployment with the lowest mean latency of late (<see cref="GroupDefinition.LatencyTtl"/>), or any of those that
/// are slower by no more than <see cref="GroupDefinition.LatencyTolerance"/>: the time to the first token of streams, the
/// whole time of other calls. One whose latency is not known is measured: by the next call, and by one at a time.
/// </summary>
/// <param name="group">The group's definition.</param>
/// <param name="random">Where chance comes from.</param>
/// <param name="measure">
/// Measures a deployment in the background instead; null where calls are to do that. A measurement is a stream, so that
/// calls are then routed by the time to the first token, too: the whole time of one token would not compare with theirs.
/// </param>
internal sealed class LowestLatencyPolicy(GroupDefinition group, RandomSource random, Action<Deployment>? measure) : SelectionPolicy
{
    private readonly long _period = group.LatencyTtl.Ticks;
    private readonly LeastBusyPolicy _leastBusy = new(random); // while all are being measured, what is known is how many wait
    private readonly float _tolerated = 1 + (float)group.LatencyTolerance;

    public override int Pick(in SelectionContext context)
    {
        if (context.Count == 1) return 0;
        bool byFirstToken = context.IsStreaming || measure is not null;
        int half = LatencyWindow.HalfAt(context.Now, _period);
        float fastest = float.PositiveInfinity;
        for (int i = 0; i < context.Count; i++)
        {
            ref LatencyRecord latency = ref context[i].LatencyOf(byFirstToken);
            if (latency.Window.TryMean(half, out float mean)) fastest = Math.Min(fastest, mean);
            else if (measure is not null) measure(context[i]);
            else if (latency.TryInvite(context.Now)) return i;
        }

        return float.IsPositiveInfinity(fastest) ? _leastBusy.Pick(context) : NotSlowerThan(fastest * _tolerated, context, byFirstToken, half);
    }

    private int NotSlowerThan(float tolerated, in SelectionContext context, bool byFirstToken, int half)
    {
        var lowest = new Lowest(random.NextUInt64());
        for (int i = 0; i < context.Count; i++)
        {
            if (context[i].LatencyOf(byFirstToken).Window.TryMean(half, out float mean)) lowest.Offer(i, mean <= tolerated ? 0 : mean);
        }

        return lowest.Index;
    }
}
