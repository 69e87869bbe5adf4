using System.Globalization;
using System.Text;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Metrics;

/// <summary>Statuses, reasons and outcomes as labels have them; made once, so that a request makes none.</summary>
internal static class StatusTexts
{
    private const int Most = 600;

    private static readonly string[] Statuses = [.. Enumerable.Range(0, Most).Select(static status => status.ToString(CultureInfo.InvariantCulture))];
    private static readonly string[] Reasons = [.. Enum.GetNames<ErrorReason>().Select(Snake)];
    private static readonly string[] Outcomes = [.. Enum.GetNames<FailureKind>().Select(static name => name is nameof(FailureKind.None) ? "success" : Snake(name))];

    /// <summary>Returns a status.</summary>
    public static string Of(int status) => (uint)status < Most ? Statuses[status] : "";

    /// <summary>Returns why a request was refused.</summary>
    public static string Of(ErrorReason reason) => Reasons[(int)reason];

    /// <summary>Returns how an attempt went.</summary>
    public static string Of(FailureKind outcome) => (uint)outcome < Outcomes.Length ? Outcomes[(int)outcome] : "";

    // RateLimited: rate_limited
    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (char letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
