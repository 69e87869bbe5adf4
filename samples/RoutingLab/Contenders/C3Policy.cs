using RouterGen;

namespace RoutingLab;

/// <summary>
/// C3's ranking (Suresh et al., NSDI 2015): the smoothed response time, with the queue at the server cubed. Its servers
/// report their queue and service time; providers do not, so the calls in flight from here and the response time stand
/// for them. Its rate control is left out: the router's cooldowns take its place.
/// </summary>
internal sealed class C3Policy(Draws draws) : LatencyPolicy
{
    private const double Smoothing = 0.1; // of the newest sample; the paper's 0.9 for what was

    private readonly Figures<Smoothed> _smoothed = new();

    public override int Pick(in SelectionContext context)
    {
        double lowest = double.MaxValue;
        int picked = 0;
        int ties = 0;
        for (int i = 0; i < context.Count; i++)
        {
            double queue = 1 + context[i].InFlight;
            double score = _smoothed[context[i]].Seconds * queue * queue * queue; // R − T + q³·T, where T is R
            if (score > lowest) continue;
            ties = score < lowest ? 1 : ties + 1;
            lowest = score;
            if (draws.Next(ties) == 0) picked = i;
        }

        return picked;
    }

    protected override void Learn(Deployment deployment, double seconds)
    {
        Smoothed smoothed = _smoothed[deployment];
        smoothed.Seconds = smoothed.Seconds == 0 ? seconds : smoothed.Seconds + Smoothing * (seconds - smoothed.Seconds);
    }

    private sealed class Smoothed
    {
        public double Seconds { get; set; }
    }
}
