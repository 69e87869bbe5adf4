using System.Globalization;

namespace RouterGen;

/// <summary>How values are written in configuration: independent of culture, and without a binder, which would need reflection.</summary>
internal static class OverrideText
{
    /// <summary>Takes a limit away that was declared.</summary>
    public const string Unlimited = "unlimited";

    /// <summary>Returns the key of a setting, by its row of the table. A value of an enumeration is its number.</summary>
    public static OverrideKey<double> KeyOf(DeclaredProperty property) => property.Type switch
    {
        DeclaredType.Strategy => new(property.Name, $"one of {string.Join(", ", Enum.GetNames<RoutingStrategy>())}", TryStrategy),
        DeclaredType.Integer => new(property.Name, "a whole number " + property.Bounds!.Demand, (text, out value) => TryWhole(text, out value) && property.Bounds.Allow(value)),
        DeclaredType.Number => new(property.Name, "a number " + property.Bounds!.Demand, (text, out value) => TryNumber(text, out value) && IsAllowed(property, value)),
        _ => throw new NotSupportedException($"{property.Name} cannot be overridden: no text is known for a {property.Type}."),
    };

    public static bool TryNumber(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    public static bool TryWeight(string text, out double value) => TryNumber(text, out value) && Deployment.IsWeight(value);

    public static bool TryInteger(string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static bool TryCount(string text, out int value) => TryInteger(text, out value) && value > 0;

    // A time above 0 that is less than a tick is none.
    private static bool IsAllowed(DeclaredProperty property, double value) =>
        property.Bounds!.Allow(value) && (property.Unit is not DeclaredUnit.Seconds || property.Bounds.IsLeastAllowed || TimeSpan.FromSeconds(value) > TimeSpan.Zero);

    private static bool TryWhole(string text, out double value)
    {
        bool isWhole = TryInteger(text, out int number);
        value = number;
        return isWhole;
    }

    private static bool TryStrategy(string text, out double value)
    {
        bool isStrategy = TryName(text, out RoutingStrategy strategy);
        value = (int)strategy;
        return isStrategy;
    }

    /// <summary>Reads a limit; 0 is unlimited.</summary>
    public static bool TryLimit(string text, out int value)
    {
        value = 0;
        return text.Equals(Unlimited, StringComparison.OrdinalIgnoreCase) || TryCount(text, out value);
    }

    /// <summary>Reads a name, not a number.</summary>
    public static bool TryName<T>(string text, out T value) where T : struct, Enum
    {
        value = default;
        return char.IsLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value);
    }
}
