using System.Globalization;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Lab;

/// <summary>A time in which a deployment answers 503: <c>deployment@2m+30s</c>.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="From">Its start, in seconds.</param>
/// <param name="To">Its end, in seconds.</param>
internal sealed record LabOutage(string Deployment, double From, double To)
{
    /// <exception cref="ToolException">It has another form.</exception>
    public static LabOutage Parse(string text)
    {
        int at = text.LastIndexOf('@');
        int plus = text.LastIndexOf('+');
        if (at > 0 && plus > at && Seconds(text[(at + 1)..plus]) is { } from && Seconds(text[(plus + 1)..]) is > 0 and var length) return new(text[..at], from, from + length);
        throw ToolException.Usage($"--outage must be a deployment, when it begins and how long it lasts, as in 'openai/gpt-6-luna@2m+30s', and is '{text}'.");
    }

    private static double? Seconds(string text)
    {
        if (text.Length == 0) return null;
        double unit = text[^1] switch { 'h' => 3600, 'm' => 60, _ => 1 };
        string number = text[^1] is 'h' or 'm' or 's' ? text[..^1] : text;
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value * unit : null;
    }
}
