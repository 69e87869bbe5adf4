using System.Globalization;
using System.Text;
using RouterGen.Declarations.Specs;

namespace RouterGen.Generator.Emit;

/// <summary>The fallbacks of groups as a Mermaid flowchart: https://mermaid.js.org/syntax/flowchart.html.</summary>
internal static class FallbackChart
{
    /// <summary>The line that a chart begins with.</summary>
    public const string Start = "flowchart LR";

    /// <summary>A group's part of the chart, which may name groups that come later: its node, and an arrow to each group that it turns to.</summary>
    public static IEnumerable<string> Lines(GroupSpec group)
    {
        string node = Node(group.MemberName);
        yield return $"    {node}[\"{Label(group.Name)}\"]";
        foreach (FallbackSpec fallback in group.Fallbacks)
        {
            for (int i = 0; i < fallback.Members.Count; i++)
            {
                string place = fallback.Members.Count > 1 ? " " + (i + 1).ToString(CultureInfo.InvariantCulture) : "";
                yield return $"    {node} {Arrow(fallback.Occasion, place)} {Node(fallback.Members[i])}";
            }
        }
    }

    private static string Arrow(string occasion, string place) => occasion switch
    {
        "ContextWindowFallbacks" => $"-.->|context window{place}|",
        "ContentPolicyFallbacks" => $"-.->|content policy{place}|",
        _ => place.Length > 0 ? $"-->|{place.Trim()}|" : "-->",
    };

    // Mermaid has keywords, and takes not each letter that C# takes: a prefix, and numbers for what is not plain.
    private static string Node(string member)
    {
        var node = new StringBuilder("group_");
        foreach (char c in member)
        {
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')) node.Append(c);
            else node.Append('_').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return node.ToString();
    }

    // Whatever is no letter, digit or known to be harmless goes as the number of its character, which Mermaid writes #35;.
    private static string Label(string name)
    {
        var label = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (char.IsLetterOrDigit(c) || (c is ' ' or '-' or '_' or '.' or '/' && i > 0)) label.Append(c);
            else if (i + 1 < name.Length && char.IsSurrogatePair(c, name[i + 1])) label.Append('#').Append(char.ConvertToUtf32(c, name[++i]).ToString(CultureInfo.InvariantCulture)).Append(';');
            else if (char.IsControl(c) || char.IsSurrogate(c)) label.Append("#65533;");
            else label.Append('#').Append(((int)c).ToString(CultureInfo.InvariantCulture)).Append(';');
        }

        return label.Length > 0 ? label.ToString() : " ";
    }
}
