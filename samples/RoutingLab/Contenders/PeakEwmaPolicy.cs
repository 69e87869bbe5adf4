using RouterGen;

namespace RoutingLab;

/// <summary>
/// Power of two choices by peak EWMA, as in Finagle and Linkerd (https://linkerd.io/2016/03/16/beyond-round-robin-load-balancing-for-latency/):
/// of two by lot, the one with the lower product of latency and load. The latency rises at once to any peak and decays
/// over ten seconds.
/// </summary>
internal sealed class PeakEwmaPolicy(TimeProvider time, Draws draws) : LatencyPolicy
{
    private const double DecaySeconds = 10;

    private readonly Figures<Peak> _peaks = new();

    public override int Pick(in SelectionContext context)
    {
        if (context.Count == 1) return 0;
        int one = draws.Next(context.Count);
        int other = draws.Next(context.Count - 1);
        if (other >= one) other++;
        return CostOf(context[one]) <= CostOf(context[other]) ? one : other;
    }

    protected override void Learn(Deployment deployment, double seconds)
    {
        Peak peak = _peaks[deployment];
        long now = time.GetTimestamp();
        double kept = Math.Exp(-time.GetElapsedTime(peak.At, now).TotalSeconds / DecaySeconds);
        peak.Seconds = seconds > peak.Seconds ? seconds : peak.Seconds * kept + seconds * (1 - kept);
        peak.At = now;
    }

    private double CostOf(Deployment deployment)
    {
        Peak peak = _peaks[deployment];
        // As it would be if an answer that took no time came now: who was slow and is not asked is asked again one day.
        double seconds = peak.Seconds * Math.Exp(-time.GetElapsedTime(peak.At, time.GetTimestamp()).TotalSeconds / DecaySeconds);
        return seconds * (deployment.InFlight + 1);
    }

    private sealed class Peak
    {
        public double Seconds { get; set; }

        public long At { get; set; }
    }
}
