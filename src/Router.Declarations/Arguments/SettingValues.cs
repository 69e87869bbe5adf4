using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Arguments;

/// <summary>Settings with the values that are in effect, by property: those that are not here are as if not stated.</summary>
internal sealed record SettingValues(EquatableArray<StatedValue> All)
{
    /// <summary>Gets the value of a property; null where there is none.</summary>
    public object? this[DeclaredProperty property]
    {
        get
        {
            foreach (StatedValue value in All)
            {
                if (value.Property == property.Name) return value.Value;
            }

            return null;
        }
    }

    public double? Number(DeclaredProperty property) => this[property] as double?;

    public int? Integer(DeclaredProperty property) => this[property] as int?;

    /// <summary>Returns the settings with another value of a property; null takes it away.</summary>
    public SettingValues With(DeclaredProperty property, object? value)
    {
        IEnumerable<StatedValue> others = All.Where(other => other.Property != property.Name);
        return new((value is null ? others : others.Append(new(property.Name, value))).ToEquatableArray());
    }
}
