using System.Globalization;
using System.Text.Json.Nodes;

namespace RouterGen.Benchmarks.Overhead;

/// <summary>
/// What came out of one measurement. Every ratio is of two blocks of the same round, so that what disturbs the machine
/// disturbs both; the median over the rounds is what counts.
/// </summary>
internal sealed class Comparison(string title, string[] names, Cost[][] costs)
{
    private const int Bare = 0;
    private const int RouterGen = 1;
    private const int OpenAI = 2;
    private const int Reading = 3;  // where whole answers are compared

    public void Print(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{title}; {costs[0].Length} rounds, medians");
        output.WriteLine($"  {"",-20}{"p50 µs",12}{"p99 µs",12}{"CPU µs",12}{"bytes",12}");
        for (int i = 0; i < names.Length; i++)
            output.WriteLine(Invariant($"  {names[i],-20}{Median(i, c => c.P50),12:F1}{Median(i, c => c.P99),12:F1}{Median(i, c => c.Cpu),12:F1}{Median(i, c => c.Bytes),12:N0}"));
        output.WriteLine();
        output.WriteLine("  RouterGen against …, round by round          median      (p10 … p90)");
        PrintRatio(output, "bare invoker, p50", Ratio(Bare, c => c.P50));
        PrintRatio(output, "bare invoker, p99", Ratio(Bare, c => c.P99));
        PrintRatio(output, "bare invoker, CPU", Ratio(Bare, c => c.Cpu));
        Spread extra = ExtraBytes();
        output.WriteLine(Invariant($"    {"bare invoker, more bytes",-40}{extra.Median,8:N0}      ({extra.P10:N0} … {extra.P90:N0})"));
        if (names.Length > Reading)
        {
            PrintRatio(output, "invoker that reads answers, p50", Ratio(Reading, c => c.P50));
            PrintRatio(output, "invoker that reads answers, CPU", Ratio(Reading, c => c.Cpu));
        }

        PrintRatio(output, "OpenAI SDK, p50", Ratio(OpenAI, c => c.P50));
        PrintRatio(output, "OpenAI SDK, CPU", Ratio(OpenAI, c => c.Cpu));
        PrintRatio(output, "OpenAI SDK, bytes", Ratio(OpenAI, c => c.Bytes));
    }

    public JsonObject ToJson() => new()
    {
        ["p50_vs_raw"] = Math.Round(Ratio(Bare, c => c.P50).Median, 3),
        ["cpu_vs_raw"] = Math.Round(Ratio(Bare, c => c.Cpu).Median, 3),
        ["extra_bytes"] = Math.Round(ExtraBytes().Median),
        ["cpu_vs_openai"] = Math.Round(Ratio(OpenAI, c => c.Cpu).Median, 3),
        ["bytes_vs_openai"] = Math.Round(Ratio(OpenAI, c => c.Bytes).Median, 3),
    };

    private double Median(int contender, Func<Cost, double> of) => Spread.Of(costs[contender].Select(of)).Median;

    private Spread Ratio(int other, Func<Cost, double> of) => Spread.Of(costs[RouterGen].Zip(costs[other], (mine, theirs) => of(mine) / of(theirs)));

    private Spread ExtraBytes() => Spread.Of(costs[RouterGen].Zip(costs[Bare], (mine, theirs) => mine.Bytes - theirs.Bytes));

    private static void PrintRatio(TextWriter output, string what, Spread ratio) =>
        output.WriteLine(Invariant($"    {what,-40}{ratio.Median,8:F3}      ({ratio.P10:F3} … {ratio.P90:F3})"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
