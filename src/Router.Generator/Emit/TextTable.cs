namespace RouterGen.Generator.Emit;

/// <summary>A table in plain text: columns as wide as their widest cell, numbers flush right.</summary>
internal sealed class TextTable
{
    private const string Gap = "  ";

    private readonly List<(string Title, bool IsNumber, string[] Cells, int Width)> _columns = [];

    /// <summary>Adds a column, with a cell for each row.</summary>
    public void Add(string title, bool isNumber, IEnumerable<string> cells)
    {
        string[] all = [.. cells];
        _columns.Add((title, isNumber, all, all.Select(cell => cell.Length).Append(title.Length).Max()));
    }

    /// <summary>Adds a column of which at least one row has something to say; a dash stands for those that have not.</summary>
    public void AddStated(string title, bool isNumber, IEnumerable<string?> cells)
    {
        List<string?> all = [.. cells];
        if (all.Any(cell => cell is not null)) Add(title, isNumber, all.Select(cell => cell ?? "-"));
    }

    /// <summary>The titles, then each row.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Join(column => column.Title);
        for (int row = 0; row < _columns[0].Cells.Length; row++)
        {
            int current = row;
            yield return Join(column => column.Cells[current]);
        }
    }

    private string Join(Func<(string Title, bool IsNumber, string[] Cells, int Width), string> cell) =>
        string.Join(Gap, _columns.Select(column => column.IsNumber ? cell(column).PadLeft(column.Width) : cell(column).PadRight(column.Width))).TrimEnd();
}
