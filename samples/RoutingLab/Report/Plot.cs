using System.Net;
using System.Text;

namespace RoutingLab;

/// <summary>One line of a plot.</summary>
internal sealed record Series(string Name, int Colour, double[] Values);

/// <summary>Plots of values over time, as SVG.</summary>
internal static class Plot
{
    private const int Width = 460;
    private const int Height = 210;
    private const int Left = 46;
    private const int Right = 8;
    private const int Top = 24;
    private const int Bottom = 22;
    private const int LegendColumns = 4;
    private const int LegendLine = 15;

    /// <summary>Latencies in seconds, on a logarithmic scale.</summary>
    public static string Latencies(string title, double seconds, IReadOnlyList<Series> series)
    {
        double[] all = [.. series.SelectMany(static line => line.Values).Where(static value => value > 0)];
        if (all.Length == 0) return "";
        double low = Math.Floor(Math.Log10(all.Min()) * 3) / 3;
        double high = Math.Max(low + 1, Math.Log10(all.Max()) + 0.05);
        double Position(double value) => value <= 0 ? 0 : (Math.Log10(value) - low) / (high - low);
        (double, string)[] marks = [.. new[] { 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100 }.Select(mark => (Position(mark), mark < 1 ? $"{mark * 1000:0} ms" : $"{mark:0} s")).Where(static mark => mark.Item1 is >= 0 and <= 1)];
        return Lines(title, seconds, series, Position, marks);
    }

    /// <summary>Fractions that are usually all but 1: the worst one decides where the scale begins.</summary>
    public static string Fractions(string title, double seconds, IReadOnlyList<Series> series)
    {
        double worst = series.SelectMany(static line => line.Values).DefaultIfEmpty(1).Min();
        double low = worst > 0.99 ? 0.99 : worst > 0.9 ? 0.9 : worst > 0.5 ? 0.5 : 0;
        (double, string)[] marks = [(0, Percent(low)), (0.5, Percent((1 + low) / 2)), (1, Percent(1))];
        return Lines(title, seconds, series, value => (value - low) / (1 - low), marks);
    }

    /// <summary>Shares of a whole, one upon the other.</summary>
    public static string Shares(string title, double seconds, IReadOnlyList<Series> series)
    {
        StringBuilder svg = Start(title, seconds, [(0, "0 %"), (0.5, "50 %"), (1, "100 %")]);
        double[] below = new double[series[0].Values.Length];
        foreach (Series part in series)
        {
            double[] above = [.. below.Zip(part.Values, static (one, other) => one + other)];
            string upper = Points(above, static value => value);
            string lower = string.Join(' ', Points(below, static value => value).Split(' ').Reverse());
            svg.Append($"<polygon class='f{part.Colour}' opacity='.75' points='{upper} {lower}'><title>{WebUtility.HtmlEncode(part.Name)}</title></polygon>");
            below = above;
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>A plot as a file of its own, with its legend below.</summary>
    public static string Standalone(string plot, IEnumerable<(string Name, int Colour)> legend)
    {
        var entries = new StringBuilder();
        int count = 0;
        foreach ((string name, int colour) in legend)
        {
            int x = Left + count % LegendColumns * (Width - Left) / LegendColumns;
            int y = Height + 12 + count++ / LegendColumns * LegendLine;
            entries.Append($"<circle class='f{colour}' cx='{x + 4}' cy='{y - 4}' r='4'/><text x='{x + 12}' y='{y}'>{WebUtility.HtmlEncode(name)}</text>");
        }

        int height = Height + 8 + (count + LegendColumns - 1) / LegendColumns * LegendLine;
        return plot
            .Replace($"<svg viewBox='0 0 {Width} {Height}' width='{Width}' height='{Height}' role='img'>", $"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {Width} {height}' width='{Width}' height='{height}' role='img'><style>{Palette.Css}</style>", StringComparison.Ordinal)
            .Replace("</svg>", entries + "</svg>", StringComparison.Ordinal);
    }

    /// <summary>What colour is whose.</summary>
    public static string Legend(IEnumerable<(string Name, int Colour)> entries) =>
        "<p class=legend>" + string.Concat(entries.Select(static entry => $"<span><i class='f{entry.Colour}'></i>{WebUtility.HtmlEncode(entry.Name)}</span>")) + "</p>";

    private static string Lines(string title, double seconds, IReadOnlyList<Series> series, Func<double, double> position, (double, string)[] marks)
    {
        StringBuilder svg = Start(title, seconds, marks);
        foreach (Series line in series.Reverse()) // the first lies on top
        {
            svg.Append($"<polyline class='s{line.Colour}{(line.Colour == 0 ? " first" : "")}' points='{Points(line.Values, position)}'><title>{WebUtility.HtmlEncode(line.Name)}</title></polyline>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static StringBuilder Start(string title, double seconds, (double At, string Label)[] marks)
    {
        var svg = new StringBuilder($"<svg viewBox='0 0 {Width} {Height}' width='{Width}' height='{Height}' role='img'><text x='{Left}' y='14' font-weight='600'>{WebUtility.HtmlEncode(title)}</text>");
        foreach ((double at, string label) in marks)
        {
            string y = Figure.Short(Y(at));
            svg.Append($"<path class='axis' d='M{Left} {y}H{Width - Right}'/><text x='{Left - 5}' y='{y}' dy='4' text-anchor='end'>{label}</text>");
        }

        for (int i = 0; i <= 4; i++)
        {
            svg.Append($"<text x='{Left + (Width - Left - Right) * i / 4}' y='{Height - 6}' text-anchor='{(i == 4 ? "end" : "middle")}'>{Figure.Short(seconds * i / 4)} s</text>");
        }

        return svg;
    }

    private static string Points(double[] values, Func<double, double> position) =>
        string.Join(' ', values.Select((value, index) => $"{Figure.Short(X(index, values.Length))},{Figure.Short(Y(Math.Clamp(position(value), 0, 1)))}"));

    private static double X(int index, int count) => Left + (Width - Left - Right) * (index + 0.5) / count;

    private static double Y(double position) => Height - Bottom - (Height - Bottom - Top) * position;

    private static string Percent(double fraction) => Figure.Short(fraction * 100) + " %";
}
