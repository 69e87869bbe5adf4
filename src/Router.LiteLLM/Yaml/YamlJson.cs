using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RouterGen.LiteLLM.Yaml;

/// <summary>A YAML value as JSON, which remembers where each part of it came from.</summary>
internal sealed partial class YamlJson
{
    // An alias may stand for much: a small file can mean a very large one.
    private const int MaxLength = 16 * 1024 * 1024;

    private static readonly string[] True = ["true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"];
    private static readonly string[] False = ["false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"];
    private static readonly string[] Null = ["", "~", "null", "Null", "NULL"];

    private readonly StringBuilder _text = new();
    private readonly List<(int Offset, YamlMark Mark)> _marks = [];

    private YamlJson()
    {
    }

    public string Text => _text.ToString();

    /// <exception cref="YamlFault">It is too large.</exception>
    public static YamlJson Write(YamlValue value)
    {
        var json = new YamlJson();
        json.Append(value);
        return json;
    }

    /// <summary>The place in YAML of a place in the JSON: that of the value or key at it, or of the last one before it.</summary>
    public YamlMark MarkAt(int offset)
    {
        int at = _marks.FindLastIndex(mark => mark.Offset <= offset);
        return at < 0 ? _marks[0].Mark : _marks[at].Mark;
    }

    private void Append(YamlValue value)
    {
        if (_text.Length > MaxLength) throw new YamlFault(value.Mark, "with all its aliases written out, the file has more than 16 MB");
        _marks.Add((_text.Length, value.Mark));
        switch (value)
        {
            case YamlMapping mapping:
                _text.Append('{');
                foreach (YamlEntry entry in mapping.Entries)
                {
                    if (_text[^1] is not '{') _text.Append(',');
                    _marks.Add((_text.Length, entry.Mark));
                    _text.Append(Quoted(entry.Key)).Append(':');
                    Append(entry.Value);
                }

                _text.Append('}');
                break;
            case YamlSequence sequence:
                _text.Append('[');
                foreach (YamlValue item in sequence.Items)
                {
                    if (_text[^1] is not '[') _text.Append(',');
                    Append(item);
                }

                _text.Append(']');
                break;
            case YamlScalar { IsPlain: true } scalar: _text.Append(OfPlain(scalar.Text)); break;
            case YamlScalar scalar: _text.Append(Quoted(scalar.Text)); break;
        }
    }

    /// <summary>What a text without quotes is, as LiteLLM's reader of YAML 1.1 has it; a number in scientific form without a point is one too.</summary>
    private static string OfPlain(string text)
    {
        if (Null.Contains(text)) return "null";
        if (True.Contains(text)) return "true";
        if (False.Contains(text)) return "false";
        string digits = text.Replace("_", "", StringComparison.Ordinal);
        if (Whole().IsMatch(text) && decimal.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal whole)) return whole.ToString(CultureInfo.InvariantCulture);
        return Real().IsMatch(text) && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real)
            ? real.ToString("R", CultureInfo.InvariantCulture)
            : Quoted(text);
    }

    internal static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    [GeneratedRegex("^[-+]?(0|[1-9][0-9_]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[-+]?((0|[1-9][0-9_]*)(\.[0-9_]*)?|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Real();
}
