using System.Globalization;
using System.Net;
using System.Text;
using RouterGen.Tool.Commands;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RouterGen.Tool.Output;

/// <summary>Draws what a terminal shows as an SVG image: one text element for each run of one style, at its column.</summary>
internal static class SvgImage
{
    private const int Columns = 118;
    private const double CellWidth = 8.4;
    private const double LineHeight = 18;
    private const double Top = 46;
    private const double Left = 16;
    private const string Usual = "#d6deeb";

    public static Task SaveAsync(string path, string title, IRenderable view) => File.WriteAllTextAsync(path, Draw(title, view));

    public static string Draw(string title, IRenderable view)
    {
        List<Segment[]> lines = Lines(view);
        double width = 2 * Left + Columns * CellWidth;
        double height = Top + lines.Count * LineHeight + Left;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Escape(title)}\">\n");
        svg.Append("<style>text{font:14px ui-monospace,'Cascadia Mono',Menlo,Consolas,monospace;white-space:pre}</style>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#0f1720\"/>\n");
        foreach ((double x, string color) in new[] { (20.0, "#ff5f57"), (40.0, "#febc2e"), (60.0, "#28c840") }) svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x}\" cy=\"18\" r=\"6\" fill=\"{color}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"84\" y=\"23\" fill=\"#7f8c98\">{Escape(title)}</text>\n");
        for (int i = 0; i < lines.Count; i++) AppendLine(svg, lines[i], Top + (i + 0.75) * LineHeight);
        return svg.Append("</svg>\n").ToString();
    }

    private static List<Segment[]> Lines(IRenderable view)
    {
        IAnsiConsole console = ToolEnvironment.Console(TextWriter.Null, isTerminal: true, Columns);
        List<Segment> all = [.. view.GetSegments(console).Where(segment => !segment.IsControlCode)];
        return [.. Segment.SplitLines(all).Select(line => line.ToArray())];
    }

    private static void AppendLine(StringBuilder svg, Segment[] line, double y)
    {
        int column = 0;
        foreach (Segment segment in line)
        {
            if (!string.IsNullOrWhiteSpace(segment.Text))
            {
                string color = segment.Style.Foreground == Color.Default ? Usual : "#" + segment.Style.Foreground.ToHex().ToLowerInvariant();
                string weight = segment.Style.Decoration.HasFlag(Decoration.Bold) ? " font-weight=\"bold\"" : "";
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + column * CellWidth:0.#}\" y=\"{y:0.#}\" textLength=\"{segment.CellCount() * CellWidth:0.#}\" fill=\"{color}\"{weight}>{Escape(segment.Text)}</text>\n");
            }

            column += segment.CellCount();
        }
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
