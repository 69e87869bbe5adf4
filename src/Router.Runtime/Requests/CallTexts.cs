using System.Runtime.CompilerServices;

namespace RouterGen;

/// <summary>Checks the texts of a call before anything is sent.</summary>
internal static class CallTexts
{
    /// <summary>Returns the texts in an array of their own, since the caller may go on to change its list.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="noun">What one of them is: <c>text</c>.</param>
    /// <param name="refusal">Why none may be empty.</param>
    /// <param name="parameter">The name of the caller's parameter.</param>
    /// <exception cref="ArgumentException">There is none, or one is null or empty.</exception>
    public static string[] Of(IEnumerable<string> texts, string noun, string refusal, [CallerArgumentExpression(nameof(texts))] string? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(texts, parameter);
        string[] all = [.. texts];
        if (all.Length == 0) throw new ArgumentException($"There must be at least one {noun}.", parameter);
        int empty = Array.FindIndex(all, string.IsNullOrEmpty);
        if (empty >= 0) throw new ArgumentException($"{char.ToUpperInvariant(noun[0])}{noun[1..]} {empty} is {(all[empty] is null ? "null" : "empty")}: {refusal}.", parameter);
        return all;
    }
}
