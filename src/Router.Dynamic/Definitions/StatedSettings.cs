using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;

namespace RouterGen.Dynamic.Definitions;

/// <summary>The settings of a group or deployment that have a value, by the property of the definition that gets it.</summary>
internal readonly struct StatedSettings
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    public StatedSettings(IEnumerable<DeclaredProperty> rows, SettingValues values)
    {
        foreach (DeclaredProperty row in rows)
        {
            if (row.Target is { } target && values[row] is { } value) _values.Add(target, value);
        }
    }

    public string? Text(string target) => Value(target) as string;

    public int Integer(string target, int otherwise) => Value(target) as int? ?? otherwise;

    public int? Integer(string target) => Value(target) as int?;

    public double Number(string target, double otherwise) => Value(target) as double? ?? otherwise;

    public bool Flag(string target) => _values.ContainsKey(target);

    public decimal? Money(string target) => Value(target) is double amount ? (decimal)amount : null;

    public TimeSpan Time(string target, TimeSpan otherwise) => Time(target) ?? otherwise;

    public TimeSpan? Time(string target) => Value(target) is double seconds ? TimeSpan.FromSeconds(seconds) : null;

    public string[] Texts(string target) => Value(target) is EquatableArray<string?> texts ? [.. texts.OfType<string>()] : [];

    private object? Value(string target) => _values.GetValueOrDefault(target);
}
