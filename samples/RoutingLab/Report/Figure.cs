using System.Globalization;

namespace RoutingLab;

/// <summary>How numbers are written, wherever they are shown.</summary>
internal static class Figure
{
    public static string Percent(double fraction, int digits = 2) => (fraction * 100).ToString("F" + digits, CultureInfo.InvariantCulture);

    public static string Milliseconds(double seconds) => (seconds * 1000).ToString("F0", CultureInfo.InvariantCulture);

    public static string Number(double number, int digits) => number.ToString("F" + digits, CultureInfo.InvariantCulture);

    /// <summary>How many times as much as that of the clairvoyant; a dash where it did not run.</summary>
    public static string Ratio(double value, double? clairvoyants) => clairvoyants is > 0 and var other ? Number(value / other, 2) : "-";

    /// <summary>For coordinates: as short as it can be.</summary>
    public static string Short(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Each provider's share in percent, in the order of the scenario.</summary>
    public static string Shares(RunResult result) => string.Join(' ', result.Shares.Select(static share => (share * 100).ToString("F0", CultureInfo.InvariantCulture)));
}
