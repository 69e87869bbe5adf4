using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Asks the deployment with the lowest recent mean latency (<see cref="GroupDefinition.LatencyTtl"/>), or any of those that
/// are slower by no more than <see cref="GroupDefinition.LatencyTolerance"/>: the time to the first token of streams, the
/// whole time of other calls. One whose latency is not known is measured: by the next call, and by one at a time.
/// </summary>
/// <param name="group">The group's definition.</param>
/// <param name="table">What is known of its deployments.</param>
/// <param name="random">Where chance comes from.</param>
/// <param name="measure">
/// Measures a deployment in the background instead; null where calls are to do that. A measurement is a stream, so that
/// calls are then routed by the time to the first token, too: the whole time of one token would not compare with theirs.
/// </param>
internal sealed class LowestLatencyPolicy(GroupDefinition group, DeploymentTable table, RandomSource random, Action<Deployment>? measure) : SelectionPolicy
{
    private readonly FigureCache<MeanLatency> _ofFirstTokens = new(table, new MeanLatency(true, group.LatencyTtl.Ticks));
    private readonly FigureCache<MeanLatency> _ofAnswers = new(table, new MeanLatency(false, group.LatencyTtl.Ticks));
    private readonly LeastBusyPolicy _leastBusy = new(random); // while all are being measured, what is known is how many wait
    private readonly float _tolerated = 1 + (float)group.LatencyTolerance;

    public override int Pick(in SelectionContext context)
    {
        if (context.Count == 1) return 0;
        bool byFirstToken = context.IsStreaming || measure is not null;
        Figures means = (byFirstToken ? _ofFirstTokens : _ofAnswers).Of(context);
        float fastest = float.PositiveInfinity;
        for (int i = 0; i < means.Count; i++)
        {
            float mean = means[i];
            if (mean < fastest) fastest = mean;
            if (measure is not null) measure(context[i]);
            else if (float.IsNaN(mean) && context[i].TryInvite(byFirstToken, context.Now)) return i;
        }

        return float.IsPositiveInfinity(fastest) ? _leastBusy.Pick(context) : NotSlowerThan(fastest * _tolerated, means);
    }

    private int NotSlowerThan(float tolerated, in Figures means)
    {
        var lowest = new MinimumPicker(random.NextUInt64());
        for (int i = 0; i < means.Count; i++) lowest.Offer(i, means[i] is var mean && mean <= tolerated ? 0 : mean);
        return lowest.Index;
    }

    /// <summary>The recent mean, in milliseconds; not a number where there is none.</summary>
    private readonly struct MeanLatency(bool byFirstToken, long period) : IFigure
    {
        public float Of(Deployment deployment, long now) =>
            deployment.LatencyOf(byFirstToken).WindowOf(period).TryMean(LatencyWindow.HalfAt(now, period), out float mean) ? mean : float.NaN;
    }
}
