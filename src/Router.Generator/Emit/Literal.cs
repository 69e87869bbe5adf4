using System.Globalization;
using System.Text;

namespace RouterGen.Generator.Emit;

/// <summary>
/// Writes text of users as C#, such that it cannot break out: the only place that knows how to escape. What goes over
/// the wire is escaped as JSON first, then as C#.
/// </summary>
internal static class Literal
{
    /// <summary>A string literal with its quotes.</summary>
    public static string Of(string text)
    {
        var literal = new StringBuilder("\"");
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '"' or '\\') literal.Append('\\').Append(c);
            else if (c is '\n') literal.Append("\\n");
            else if (c is '\r') literal.Append("\\r");
            else if (c is '\t') literal.Append("\\t");
            else if (c is >= ' ' and <= '~' || char.IsLetterOrDigit(c)) literal.Append(c);
            else if (IsPairAt(text, i)) literal.Append(c).Append(text[++i]);
            else literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return literal.Append('"').ToString();
    }

    public static string Of(decimal value) => value.ToString(CultureInfo.InvariantCulture) + "m";

    /// <summary>A double, exact; without a point where it is whole.</summary>
    public static string Of(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains("E") ? text + "d" : text;
    }

    /// <summary>A whole number; one that is hard to read with its thousands apart.</summary>
    public static string Of(int value) => Math.Abs((long)value) < 10_000
        ? value.ToString(CultureInfo.InvariantCulture)
        : value.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '_');

    /// <summary>A set of flags as a number: <c>0x2EC5D</c>.</summary>
    public static string Hex(long flags) => "0x" + flags.ToString("X", CultureInfo.InvariantCulture);

    /// <summary>The start of a JSON object as a UTF-8 literal: <c>{"model":"gpt-4o"</c>, or other members in place of the model.</summary>
    public static string RequestPrefix(string model, string? members = null) => Of("{" + (members ?? "\"model\":" + Json(model))) + "u8";

    /// <summary>
    /// Text within an XML documentation comment, on one line. Characters that XML does not allow, or that would end the
    /// comment's line, become spaces.
    /// </summary>
    public static string Xml(string text)
    {
        var xml = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '&') xml.Append("&amp;");
            else if (c is '<') xml.Append("&lt;");
            else if (c is '>') xml.Append("&gt;");
            else if (IsPairAt(text, i)) xml.Append(c).Append(text[++i]);
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\ufffe' or '\uffff') xml.Append(' ');
            else xml.Append(c);
        }

        return xml.ToString();
    }

    /// <summary>A JSON string with its quotes. A lone surrogate has no UTF-8, so JSON's own escape carries it.</summary>
    public static string Json(string text)
    {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '"' or '\\') json.Append('\\').Append(c);
            else if (IsPairAt(text, i)) json.Append(c).Append(text[++i]);
            else if (c < ' ' || char.IsSurrogate(c)) json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else json.Append(c);
        }

        return json.Append('"').ToString();
    }

    private static bool IsPairAt(string text, int index) => index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);
}
