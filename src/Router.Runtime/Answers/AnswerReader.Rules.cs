using System.Globalization;
using System.Text.RegularExpressions;

namespace RouterGen.Infrastructure;

// Rules beyond the type. The beginning of an answer is not held to them.
public ref partial struct AnswerReader
{
    /// <summary>Returns whether a number is in a range.</summary>
    public bool IsBetween<T>(T value, T least, T most)
        where T : struct, IComparable<T>, IFormattable =>
        IsPartial || (value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0)
        || Violates(string.Create(CultureInfo.InvariantCulture, $"must be between {least} and {most}, is {value}"));

    /// <summary>Returns whether a text has so many characters.</summary>
    public bool HasLength(string? value, int least, int most) =>
        IsPartial || value is null || (value.Length >= least && value.Length <= most) || Violates(Bounds(least, most, value.Length, "characters"));

    /// <summary>Returns whether a list has so many items.</summary>
    public bool HasCount(int count, int least, int most) =>
        IsPartial || (count >= least && count <= most) || Violates(Bounds(least, most, count, "items"));

    /// <summary>Returns whether a regular expression matches the whole of a text.</summary>
    public bool Matches(string? value, Regex pattern)
    {
        if (IsPartial || string.IsNullOrEmpty(value)) return true; // as RegularExpressionAttribute does
        try
        {
            Match match = pattern.Match(value);
            if (match.Success && match.Index == 0 && match.Length == value.Length) return true;
        }
        catch (RegexMatchTimeoutException)
        {
            // A text that takes so long is refused.
        }

        return Violates($"must match {pattern}");
    }

    private bool Violates(string rule)
    {
        _problem = rule;
        return false;
    }

    private static string Bounds(int least, int most, int count, string unit) => string.Create(
        CultureInfo.InvariantCulture,
        $"must have {(most == int.MaxValue ? $"at least {least}" : least == 0 ? $"at most {most}" : $"{least} to {most}")} {unit}, has {count}");
}
