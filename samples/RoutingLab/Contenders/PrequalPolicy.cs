using RouterGen;

namespace RoutingLab;

/// <summary>
/// Prequal's hot-cold rule (Wydrowski et al., NSDI 2024): a deployment is hot when more requests are in flight at it than
/// at most others of late; of those that are cold the fastest is chosen, and where all are hot the least busy. Prequal
/// asks its servers for both figures; providers cannot be asked, so they are what is seen from here.
/// </summary>
internal sealed class PrequalPolicy(Draws draws) : LatencyPolicy
{
    private const double HotQuantile = 0.84; // the paper's 2^-0.25
    private const int Remembered = 128;
    private const int Recent = 16;

    private readonly Figures<Speed> _speeds = new();
    private readonly int[] _seen = new int[Remembered];
    private readonly int[] _sorted = new int[Remembered];
    private int _count;

    public override int Pick(in SelectionContext context)
    {
        int hot = HotFrom();
        int picked = -1;
        (bool Hot, double Cost) best = default;
        int ties = 0;
        for (int i = 0; i < context.Count; i++)
        {
            Deployment deployment = context[i];
            Note(deployment.InFlight);
            bool isHot = deployment.InFlight > hot;
            (bool Hot, double Cost) candidate = (isHot, isHot ? deployment.InFlight : _speeds[deployment].Median);
            int order = picked < 0 ? -1 : candidate.CompareTo(best);
            if (order > 0) continue;
            ties = order < 0 ? 1 : ties + 1;
            best = candidate;
            if (draws.Next(ties) == 0) picked = i;
        }

        return picked;
    }

    protected override void Learn(Deployment deployment, double seconds) => _speeds[deployment].Add(seconds);

    private void Note(int inFlight) => _seen[_count++ % Remembered] = inFlight;

    private int HotFrom()
    {
        int kept = Math.Min(_count, Remembered);
        if (kept == 0) return int.MaxValue;
        Array.Copy(_seen, _sorted, kept);
        Array.Sort(_sorted, 0, kept);
        return _sorted[Math.Min(kept - 1, (int)(kept * HotQuantile))];
    }

    /// <summary>The median of the last latencies.</summary>
    private sealed class Speed
    {
        private readonly double[] _samples = new double[Recent];
        private int _count;

        public double Median { get; private set; }

        public void Add(double seconds)
        {
            _samples[_count++ % Recent] = seconds;
            Span<double> sorted = stackalloc double[Recent];
            int kept = Math.Min(_count, Recent);
            _samples.AsSpan(0, kept).CopyTo(sorted);
            sorted[..kept].Sort();
            Median = sorted[kept / 2];
        }
    }
}
