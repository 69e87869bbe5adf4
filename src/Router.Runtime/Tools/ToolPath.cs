using System.Globalization;

namespace RouterGen.Infrastructure;

/// <summary>Where a list or an object is within the arguments. What is in it has a name or an index there.</summary>
/// <param name="parent">What it is in; null for an argument.</param>
/// <param name="name">Its name there; null in a list.</param>
/// <param name="index">Its index in a list.</param>
internal sealed class ToolPath(ToolPath? parent, string? name, int index)
{
    /// <summary>Returns the place as a model reads it: <c>stops[2].city</c>.</summary>
    public static string Show(ToolPath? parent, string? name, int index) =>
        parent is null ? name!
        : name is null ? string.Create(CultureInfo.InvariantCulture, $"{parent}[{index}]")
        : $"{parent}.{name}";

    public override string ToString() => Show(parent, name, index);
}
