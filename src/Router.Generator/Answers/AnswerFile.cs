using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace RouterGen.Generator.Answers;

/// <summary>The file of a structured answer.</summary>
/// <param name="HintName">The file's name.</param>
/// <param name="Answer">The answer.</param>
internal sealed record AnswerFile(string HintName, AnswerSpec Answer)
{
    private const int LongestHint = 160;

    /// <summary>Names the files of all answers. The compiler compares their names without regard to case. No other file of the generator has a hyphen in its name.</summary>
    public static ImmutableArray<AnswerFile> Plan(ImmutableArray<AnswerSpec> answers)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. answers.OrderBy(answer => answer.QualifiedName, StringComparer.Ordinal).Select(answer => new AnswerFile(Claim(answer.QualifiedName, taken), answer))];
    }

    private static string Claim(string qualifiedName, HashSet<string> taken)
    {
        var clean = new StringBuilder();
        foreach (char c in qualifiedName.Substring("global::".Length))
        {
            if (c is not '@') clean.Append(char.IsLetterOrDigit(c) || c is '.' ? c : '_');
        }

        if (clean.Length > LongestHint) clean.Length = LongestHint;
        string stem = clean + "-answer", free = stem;
        for (int n = 2; !taken.Add(free); n++) free = stem + n.ToString(CultureInfo.InvariantCulture);
        return free + ".g.cs";
    }
}
