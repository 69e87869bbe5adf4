using System.Net;
using System.Text;

namespace RoutingLab;

/// <summary>One line, or one part of a whole, of a panel.</summary>
internal sealed record Series(string Name, int Colour, double[] Values);

/// <summary>One small plot: what it is of, its values, and those that it is compared with, which are drawn faintly.</summary>
internal sealed record Panel(string Title, IReadOnlyList<Series> Series, Series? Reference = null);

/// <summary>Small plots of values over time, side by side on the same axes, as SVG.</summary>
internal static class Plot
{
    private const int Columns = 3;
    private const int Width = 262;
    private const int Height = 158;
    private const int Left = 50;
    private const int Right = 8;
    private const int Top = 22;
    private const int Bottom = 20;
    private const int Heading = 24;
    private const int Footing = 40;
    private const int TimeMarks = 3;

    /// <summary>Latencies in seconds, on a logarithmic scale.</summary>
    public static string Latencies(string title, double seconds, IReadOnlyList<Panel> panels)
    {
        double[] all = [.. All(panels).SelectMany(static line => line.Values).Where(static value => value > 0)];
        if (all.Length == 0) return "";
        double low = Math.Floor(Math.Log10(all.Min()) * 3) / 3;
        double high = Math.Max(low + 1, Math.Log10(all.Max()) + 0.05);
        double Position(double value) => value <= 0 ? 0 : (Math.Log10(value) - low) / (high - low);
        (double, string)[] marks = [.. new[] { 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200 }.Select(mark => (Position(mark), mark < 1 ? $"{mark * 1000:0} ms" : $"{mark:0} s")).Where(static mark => mark.Item1 is >= 0 and <= 1)];
        return Render(title, seconds, panels, marks, (svg, panel) => AppendLines(svg, panel, Position), LineNote(panels));
    }

    /// <summary>Fractions that are usually all but 1: the worst one decides where the scale begins.</summary>
    public static string Fractions(string title, double seconds, IReadOnlyList<Panel> panels)
    {
        double worst = All(panels).SelectMany(static line => line.Values).DefaultIfEmpty(1).Min();
        double low = worst > 0.99 ? 0.99 : worst > 0.9 ? 0.9 : worst > 0.5 ? 0.5 : 0;
        (double, string)[] marks = [(0, Percent(low)), (0.5, Percent((1 + low) / 2)), (1, Percent(1))];
        return Render(title, seconds, panels, marks, (svg, panel) => AppendLines(svg, panel, value => (value - low) / (1 - low)), LineNote(panels));
    }

    /// <summary>Shares of a whole, one upon the other.</summary>
    public static string Shares(string title, double seconds, IReadOnlyList<Panel> panels) =>
        Render(title, seconds, panels, [(0, "0 %"), (0.5, "50 %"), (1, "100 %")], AppendAreas, Legend(panels[0].Series));

    /// <summary>A plot as a file of its own.</summary>
    public static string Standalone(string plot) =>
        plot.Replace("<svg ", "<svg xmlns='http://www.w3.org/2000/svg' ", StringComparison.Ordinal).Replace("role='img'>", $"role='img'><style>{Palette.Css}</style>", StringComparison.Ordinal);

    private static IEnumerable<Series> All(IReadOnlyList<Panel> panels) => panels.SelectMany(static panel => panel.Series);

    private static string Render(string title, double seconds, IReadOnlyList<Panel> panels, (double, string)[] marks, Action<StringBuilder, Panel> append, string note)
    {
        int columns = Math.Min(Columns, panels.Count);
        int rows = (panels.Count + columns - 1) / columns;
        int width = columns * Width;
        int height = Heading + rows * Height + Footing;
        var svg = new StringBuilder($"<svg viewBox='0 0 {width} {height}' width='{width}' height='{height}' role='img'><text x='6' y='16' class='title'>{WebUtility.HtmlEncode(title)}</text>");
        for (int i = 0; i < panels.Count; i++)
        {
            svg.Append($"<g transform='translate({i % columns * Width} {Heading + i / columns * Height})'>");
            AppendAxes(svg, panels[i].Title, seconds, marks);
            append(svg, panels[i]);
            svg.Append("</g>");
        }

        svg.Append($"<text x='{width / 2}' y='{height - Footing + 14}' text-anchor='middle'>seconds into the scenario</text><g transform='translate(6 {height - 8})'>{note}</g>");
        return svg.Append("</svg>").ToString();
    }

    private static void AppendAxes(StringBuilder svg, string title, double seconds, (double At, string Label)[] marks)
    {
        svg.Append($"<text x='{Left}' y='14' font-weight='600'>{WebUtility.HtmlEncode(title)}</text>");
        foreach ((double at, string label) in marks)
        {
            string y = Figure.Short(Y(at));
            svg.Append($"<path class='axis' d='M{Left} {y}H{Width - Right}'/><text x='{Left - 5}' y='{y}' dy='4' text-anchor='end'>{label}</text>");
        }

        for (int i = 0; i <= TimeMarks; i++)
        {
            string anchor = i == 0 ? "start" : i == TimeMarks ? "end" : "middle";
            svg.Append($"<text x='{Left + (Width - Left - Right) * i / TimeMarks}' y='{Height - 5}' text-anchor='{anchor}'>{Figure.Short(seconds * i / TimeMarks)}</text>");
        }
    }

    private static void AppendLines(StringBuilder svg, Panel panel, Func<double, double> position)
    {
        if (panel.Reference is { } reference) svg.Append($"<polyline class='reference' points='{Points(reference.Values, position)}'/>");
        foreach (Series line in panel.Series) svg.Append($"<polyline class='s{line.Colour}' points='{Points(line.Values, position)}'><title>{WebUtility.HtmlEncode(line.Name)}</title></polyline>");
    }

    private static void AppendAreas(StringBuilder svg, Panel panel)
    {
        double[] below = new double[panel.Series[0].Values.Length];
        foreach (Series part in panel.Series)
        {
            double[] above = [.. below.Zip(part.Values, static (one, other) => one + other)];
            string upper = Points(above, static value => value);
            string lower = string.Join(' ', Points(below, static value => value).Split(' ').Reverse());
            svg.Append($"<polygon class='f{part.Colour}' opacity='.75' points='{upper} {lower}'><title>{WebUtility.HtmlEncode(part.Name)}</title></polygon>");
            below = above;
        }
    }

    private static string LineNote(IReadOnlyList<Panel> panels) =>
        panels.Any(static panel => panel.Reference is not null) ? "<path class='reference' d='M0 -4H22'/><text x='28'>the clairvoyant, which sees the present condition of each deployment</text>" : "";

    private static string Legend(IEnumerable<Series> parts) =>
        string.Concat(parts.Select(static (part, index) => $"<circle class='f{part.Colour}' cx='{4 + index * 62}' cy='-4' r='4'/><text x='{12 + index * 62}'>{WebUtility.HtmlEncode(part.Name)}</text>"));

    private static string Points(double[] values, Func<double, double> position) =>
        string.Join(' ', values.Select((value, index) => $"{Figure.Short(X(index, values.Length))},{Figure.Short(Y(Math.Clamp(position(value), 0, 1)))}"));

    private static double X(int index, int count) => Left + (Width - Left - Right) * (index + 0.5) / count;

    private static double Y(double position) => Height - Bottom - (Height - Bottom - Top) * position;

    private static string Percent(double fraction) => Figure.Short(fraction * 100) + " %";
}
