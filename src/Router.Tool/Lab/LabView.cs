using System.Globalization;
using RouterGen.Tool.Output;
using RoutingLab;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RouterGen.Tool.Lab;

/// <summary>What a simulation came to, for people.</summary>
internal static class LabView
{
    private static readonly Color[] Palette = [Color.Green, Color.Blue, Color.Yellow, Color.Fuchsia, Color.Aqua, Color.Orange1, Color.Red, Color.Grey];

    public static IRenderable Of(DescribedGroup group, LabOutcome[] outcomes)
    {
        string latency = group.WholeCalls ? "answer" : "first token";
        Table table = Tables.New("strategy", "calls", "answered", latency + " p50", "p95", "p99", "retries per call", "429s", "cost").RightAligned(1);
        foreach (LabOutcome outcome in outcomes)
        {
            table.AddRow(
                Tables.Text(outcome.Strategy),
                Number($"{outcome.Calls:N0}"),
                Tables.Text(Invariant($"{outcome.Success * 100:0.00} %"), outcome.Success < 0.999 ? Color.Red : Color.Green),
                Number($"{outcome.P50:0.00} s"),
                Number($"{outcome.P95:0.00} s"),
                Number($"{outcome.P99:0.00} s"),
                Number($"{outcome.RetriesPerCall:0.000}"),
                Number($"{outcome.RateLimited:N0}"),
                Number($"{outcome.Cost:0.00} USD"));
        }

        List<IRenderable> rows = [new Markup(Invariant($"[bold]{Markup.Escape(group.Name)}[/]: {group.CallsPerSecond:0.###} calls a second for {group.Seconds / 60:0.##} minutes, seed {group.Seed}")), table];
        foreach (LabOutcome outcome in outcomes)
        {
            var chart = new BarChart { Width = 100, MaxValue = 100, ShowValues = true, Label = $"[bold]{outcome.Strategy}[/]: share of the calls that each deployment answered, in per cent", LabelAlignment = Justify.Left };
            int color = 0;
            foreach ((string name, double share) in outcome.Shares) chart.AddItem(Markup.Escape(name), Math.Round(share * 100, 1), Palette[color++ % Palette.Length]);
            rows.Add(Text.Empty);
            rows.Add(chart);
            rows.Add(Plot("p99 of the " + latency, outcome.Slices.Select(slice => slice.P99), Invariant($"highest {outcome.Slices.Max(slice => slice.P99):0.00} s"), Color.Blue));
            rows.Add(Plot("not answered", outcome.Slices.Select(slice => 1 - slice.Success), Invariant($"highest {(1 - outcome.Slices.Min(slice => slice.Success)) * 100:0.0} %"), Color.Red));
        }

        return new Rows(rows);
    }

    private static Columns Plot(string name, IEnumerable<double> values, string note, Color color) =>
        new([new Text(name.PadRight(22)), new Text(Sparkline.Of(values), new Style(color)), new Text(note)]) { Expand = false };

    private static Text Number(FormattableString text) => Tables.Text(Invariant(text));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
