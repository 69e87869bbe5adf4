using System.Globalization;
using System.Text;

namespace RouterGen.Generator.Emit;

/// <summary>Names of generated files, which the compiler compares without regard to case.</summary>
internal static class HintNames
{
    // Room for a suffix and a folder below the 255 characters that file systems take.
    private const int LongestHint = 160;

    /// <summary>Returns a name that no other file has.</summary>
    /// <param name="name">What the file is of.</param>
    /// <param name="suffix">What tells files of this kind from others.</param>
    /// <param name="taken">The names that there are, without the extension.</param>
    public static string Claim(string name, string suffix, HashSet<string> taken)
    {
        var clean = new StringBuilder();
        foreach (char c in name)
        {
            if (c is not '@') clean.Append(char.IsLetterOrDigit(c) || c is '.' ? c : '_');
        }

        if (clean.Length > LongestHint) clean.Length = LongestHint;
        string stem = clean + suffix, free = stem;
        for (int n = 2; !taken.Add(free); n++) free = stem + "_" + n.ToString(CultureInfo.InvariantCulture);
        return free + ".g.cs";
    }
}
