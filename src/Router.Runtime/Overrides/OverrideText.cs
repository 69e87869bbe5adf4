using System.Globalization;

namespace RouterGen;

/// <summary>How values are written in configuration: independent of culture, and without a binder, which would need reflection.</summary>
internal static class OverrideText
{
    /// <summary>Takes a limit away that was declared.</summary>
    public const string Unlimited = "unlimited";

    private static readonly double MostSeconds = TimeSpan.FromDays(3650).TotalSeconds;

    public static bool TryNumber(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    public static bool TryWeight(string text, out double value) => TryNumber(text, out value) && Deployment.IsWeight(value);

    public static bool TrySeconds(string text, out TimeSpan value)
    {
        bool makesSense = TryNumber(text, out double seconds) && seconds > 0 && seconds <= MostSeconds;
        value = makesSense ? TimeSpan.FromSeconds(seconds) : default;
        return makesSense && value > TimeSpan.Zero;
    }

    /// <summary>Reads a time that may be zero.</summary>
    public static bool TryWait(string text, out TimeSpan value)
    {
        bool makesSense = TryNumber(text, out double seconds) && seconds >= 0 && seconds <= MostSeconds;
        value = makesSense ? TimeSpan.FromSeconds(seconds) : default;
        return makesSense;
    }

    public static bool TryInteger(string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static bool TryCount(string text, out int value) => TryInteger(text, out value) && value > 0;

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
