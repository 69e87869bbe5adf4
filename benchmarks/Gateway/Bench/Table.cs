using System.Globalization;

namespace RouterGen.Benchmarks.Gateway;

/// <summary>What came out of one work: medians over the rounds, and medians of ratios of the same round.</summary>
internal sealed class Table(Work work, int connections, Contender[] contenders, Cost[][] costs)
{
    public void Print(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(Invariant($"{work.Name}; {connections} connections, {costs[0].Length} rounds, medians"));
        output.WriteLine($"  {"",-14}{"CPU µs",10}{"p50 µs",10}{"p99 µs",10}{"a second",10}" + (work.IsPaced ? $"{"delta p50",11}{"delta p99",11}" : ""));
        for (int i = 0; i < contenders.Length; i++)
        {
            output.Write(Invariant($"  {contenders[i].Name,-14}{Median(i, static c => c.Cpu),10:F1}{Median(i, static c => c.P50),10:F0}{Median(i, static c => c.P99),10:F0}{Median(i, static c => c.PerSecond),10:F0}"));
            output.WriteLine(work.IsPaced ? Invariant($"{Median(i, static c => c.DeltaP50),11:F0}{Median(i, static c => c.DeltaP99),11:F0}") : "");
        }

        int mine = Array.FindIndex(contenders, static one => one.Name == Field.RouterGen);
        if (mine < 0) return;
        for (int i = 0; i < contenders.Length; i++)
        {
            if (i == mine) continue;
            output.Write($"  RouterGen / {contenders[i].Name}: ");
            PrintRatio(output, "CPU", mine, i, static c => c.Cpu);
            PrintRatio(output, ", p50", mine, i, static c => c.P50);
            PrintRatio(output, ", p99", mine, i, static c => c.P99);
            if (work.IsPaced) PrintRatio(output, ", delta p50", mine, i, static c => c.DeltaP50);
            output.WriteLine();
        }
    }

    private double Median(int contender, Func<Cost, double> of) => At([.. costs[contender].Select(of)], 0.5);

    private void PrintRatio(TextWriter output, string what, int mine, int other, Func<Cost, double> of)
    {
        double[] ratios = [.. costs[mine].Zip(costs[other], (one, two) => of(one) / of(two))];
        output.Write(Invariant($"{what} {At(ratios, 0.5):F3} ({ratios.Min():F2} … {ratios.Max():F2})"));
    }

    private static double At(double[] values, double share)
    {
        Array.Sort(values);
        return values[(int)(share * (values.Length - 1))];
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
