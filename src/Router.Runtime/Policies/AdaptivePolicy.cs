namespace RouterGen;

/// <summary>
/// Asks the deployment with the lowest score: what its first token is expected to take, times how much busier it is than
/// it was when that was measured, times how short it is of its limits, over its weight. Random by a seventh, so that
/// routers which see the same do not all do the same. All constants of the score are here; those of the latency are in
/// <see cref="LatencyAverage"/>, <see cref="LatencyRecord"/> and <see cref="PendingWaits"/>. They were chosen by the
/// simulations of samples/RoutingLab; docs/routing.md has the evidence.
/// </summary>
internal sealed class AdaptivePolicy(DeploymentTable table, RandomSource random) : SelectionPolicy
{
    private readonly FigureCache<ScoreOf> _scoresOfStreams = new(table, new ScoreOf(streaming: true));
    private readonly FigureCache<ScoreOf> _scoresOfCalls = new(table, new ScoreOf(streaming: false));

    // Added to each latency, in milliseconds: differences that no user notices must not decide.
    private const float Unnoticed = 50;

    // Where no first token comes any more while calls wait for one, their waits count twice: those that have just begun to
    // wait pull the mean down to half of what is to be expected.
    private const float WaitWeight = 2;

    // A latency is taken to grow with the calls in flight, from where it was measured. That is what it does at a
    // provider that is at its capacity; at one that is not, latency and load are soon measured anew, further up. A few calls
    // more or less are no load, and one that was left alone is taken to have half of its latency, not with none.
    private const float FewCalls = 16;
    private const float LeastLoad = 0.5f;

    // Nothing left of a limit makes a deployment look 4.2 times as slow, a half left 1.3 times, all left 1.
    private const float ShortageWeight = 0.35f;
    private const float ShortageOffset = 0.1f;
    private const float ShortageAtFull = 1 / (1 + ShortageOffset);

    private const float Noise = 0.15f;

    public override int Pick(in SelectionContext context)
    {
        if (context.Count == 1) return 0;
        int taken = -1;
        while (true)
        {
            // One whose latency has not been measured for long looks fast, and is asked by one call. The others look again:
            // it may be the best as it was, too.
            int best = FindBest(context);
            Deployment deployment = context[best];
            bool isStale = deployment.LatencyOf(context.IsStreaming).Average.IsStale(context.Now);
            if (best == taken || !isStale || deployment.TryInvite(context.IsStreaming, context.Now)) return best;
            context.Table.Invalidate(deployment.Index); // for the call that took the invitation, and may not have got to it yet
            taken = best;
        }
    }

    private int FindBest(in SelectionContext context)
    {
        Figures scores = (context.IsStreaming ? _scoresOfStreams : _scoresOfCalls).Of(context);
        ulong noise = random.NextUInt64();
        long lowest = long.MaxValue;
        for (int i = 0; i < scores.Count; i++)
        {
            noise = noise * 6364136223846793005 + 1442695040888963407; // Knuth's; its upper bits are good enough here
            float score = scores[i] * (1 + Noise / (1 << 24) * (int)(noise >> 40));

            // The smaller of two numbers that hold a score above and its place below: the bits of positive scores compare as
            // they do themselves. Branchless, since the noise makes the comparison unpredictable: a third of the time.
            long difference = ((long)BitConverter.SingleToInt32Bits(score) << 32 | (uint)i) - lowest;
            lowest += difference & (difference >> 63);
        }

        return (int)lowest;
    }

    /// <summary>The score of a deployment without its noise; lower is better.</summary>
    internal static float Score(Deployment deployment, bool streaming, long now)
    {
        ref LatencyRecord latency = ref deployment.LatencyOf(streaming);
        float expected = latency.ExpectedAt(now);

        // Where answers come, one straggler among them is no stall, and there is nothing to estimate.
        float stall = WaitWeight * latency.Average.SilenceAt(now);
        if (stall > expected) expected = Math.Max(expected, Math.Min(stall, WaitWeight * latency.Pending.MeanAt(now)));

        // (expected + Unnoticed) * max(LeastLoad, busy / usual) * (1 + ShortageWeight * (1 / room - ShortageAtFull)) / weight, with
        // one division instead of three: they are what a score costs.
        float usual = latency.Load + FewCalls;
        float busy = Math.Max(LeastLoad * usual, deployment.LoadOfEndpoint + FewCalls);
        float room = Math.Min((float)deployment.HeadroomAt(now), deployment.FreeConcurrency) + ShortageOffset;
        return (expected + Unnoticed) * busy * (room * (1 - ShortageWeight * ShortageAtFull) + ShortageWeight) / (usual * room * (float)deployment.Weight);
    }

    private readonly struct ScoreOf(bool streaming) : IFigure
    {
        public float Of(Deployment deployment, long now) => Score(deployment, streaming, now);
    }
}
