using RouterGen;

namespace RoutingLab;

/// <summary>
/// LiteLLM's latency-based routing: the mean of a list of ten samples per deployment, of which, once it is full, the
/// oldest nine and the newest are kept; an hour's memory. The unseen come first. A sample is the time to the first token
/// of a stream, else the seconds per output token; a timeout counts as 1,000 s, other failures not at all.
/// </summary>
internal sealed class LiteLlmLatencyPolicy(TimeProvider time, Draws draws) : SelectionPolicy
{
    private const int ListSize = 10;
    private const double TimeoutPenalty = 1000;
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Figures<Samples> _samples = new();

    public override int Pick(in SelectionContext context)
    {
        double lowest = double.MaxValue;
        int picked = 0;
        int ties = 0;
        for (int i = 0; i < context.Count; i++)
        {
            double mean = _samples[context[i]].Mean(time.GetUtcNow());
            if (mean > lowest) continue;
            ties = mean < lowest ? 1 : ties + 1;
            lowest = mean;
            if (draws.Next(ties) == 0) picked = i;
        }

        return picked;
    }

    public override void Observe(in AttemptObservation observation)
    {
        Samples samples = _samples[observation.Deployment];
        if (observation.Outcome is FailureKind.Timeout) samples.Add(TimeoutPenalty, time.GetUtcNow());
        if (observation.Outcome is not FailureKind.None) return;
        double perToken = observation.Duration.TotalSeconds / Math.Max(1, observation.OutputTokens ?? 1);
        samples.Add(observation.TimeToFirstToken?.TotalSeconds ?? perToken, time.GetUtcNow());
    }

    private sealed class Samples
    {
        private readonly List<double> _seconds = [];
        private DateTimeOffset _forgotten;

        public double Mean(DateTimeOffset now) => _seconds.Count == 0 || now >= _forgotten ? 0 : _seconds.Average();

        public void Add(double seconds, DateTimeOffset now)
        {
            if (now >= _forgotten) _seconds.Clear();
            _forgotten = now + Memory;
            if (_seconds.Count == ListSize) _seconds[^1] = seconds;
            else _seconds.Add(seconds);
        }
    }
}
