using Spectre.Console;

namespace RouterGen.Tool.Output;

/// <summary>Tables of one look.</summary>
internal static class Tables
{
    public static Table New(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Rounded, BorderStyle = new Style(Color.Grey) };
        foreach (string column in columns) table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))));
        return table;
    }

    /// <summary>Columns with numbers.</summary>
    public static Table RightAligned(this Table table, int from)
    {
        for (int i = from; i < table.Columns.Count; i++) table.Columns[i].Alignment = Justify.Right;
        return table;
    }

    public static Text Text(string text) => new(text);

    public static Text Text(string text, Color color) => new(text, new Style(color));
}
