using System.Globalization;

namespace RouterGen.Benchmarks.Soak;

/// <summary>Says what a soak showed, and whether all is as it should be.</summary>
internal sealed class Report(TextWriter output)
{
    // Pools of the runtime and of buffers fill within the first quarter; what comes after it is a leak.
    private const double AllowedGrowth = 1.10;
    private const long AllowedBytes = 1024 * 1024;

    // The transport's and the queues' own. Each pooled clock has one besides, which may sleep on until the next call.
    private const int AllowedTimers = 16;

    /// <summary>Whether every check was passed.</summary>
    public bool IsGood { get; private set; } = true;

    public void PrintEnds(Tally tally, TimeSpan duration)
    {
        Line($"{"ended in",-44}{"calls",12}{"share",10}");
        Ended("an answer", tally[End.Answered]);
        Ended("an answer that a filter cut", tally[End.Filtered]);
        Ended("a stream left early by its reader", tally[End.LeftEarly]);
        Ended("a cancellation by the caller", tally[End.Cancelled]);
        Ended("RoutingException after the first content", tally[End.Broken]);
        Ended("RoutingException after attempts", tally[End.Failed]);
        Ended("RoutingException without an attempt", tally[End.NeverTried]);
        Ended("anything else", tally[End.Wrong]);
        string kinds = string.Join(", ", Enum.GetValues<FailureKind>().Where(kind => tally[kind] > 0).OrderByDescending(kind => tally[kind]).Select(kind => $"{kind} {tally[kind]:N0}"));
        Line($"kinds of failure: {kinds}");
        Line($"{tally.Total:N0} calls and {tally.Attempts:N0} attempts in {duration.TotalSeconds:F0} s ({tally.Total / duration.TotalSeconds:N0} calls/s)");
        output.WriteLine();

        void Ended(string how, long calls) => Line($"{how,-44}{calls,12:N0}{100.0 * calls / tally.Total,8:F2} %");
    }

    public void PrintChecks(Tally tally, long calls, int concurrency, Census early, Census late, int left, int unobserved)
    {
        Line($"{"check",-44}{"at " + Share(early),12}{"at " + Share(late),12}");
        Check("calls that ended in no proper way", null, tally[End.Wrong] + calls - tally.Total, isGood: tally[End.Wrong] == 0 && tally.Total == calls);
        Check("managed heap after a full GC (KB)", early.Heap / 1024, late.Heap / 1024, late.Heap <= (early.Heap * AllowedGrowth) + AllowedBytes);
        Check("in flight, by the router's count", early.InFlight, late.InFlight, early.InFlight + late.InFlight == 0);
        Check("in flight, by the providers' count", early.InFlightThere, late.InFlightThere, early.InFlightThere + late.InFlightThere == 0);
        Check("responses not disposed", early.Responses, late.Responses, early.Responses + late.Responses == 0);
        Check("open connections, idle in the pool", early.Connections, late.Connections, Math.Max(early.Connections, late.Connections) <= concurrency);
        Check("connections half closed", early.HalfOpen, late.HalfOpen, early.HalfOpen + late.HalfOpen == 0);
        Check("connections once the transport is disposed", null, left, left == 0);
        Check("scheduled timers", early.Timers, late.Timers, Math.Max(early.Timers, late.Timers) <= concurrency + AllowedTimers);
        Check("unobserved task exceptions", null, unobserved, unobserved == 0);
        foreach (string wrong in tally.Wrong) output.WriteLine(wrong);

        string Share(Census census) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * census.Calls / calls:F0} %");
    }

    private void Check(string what, long? early, long late, bool isGood)
    {
        IsGood &= isGood;
        Line($"{what,-44}{early,12:N0}{late,12:N0}   {(isGood ? "good" : "BAD")}");
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
