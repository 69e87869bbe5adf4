using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.Infrastructure;

/// <summary>
/// An argument of a tool, or a value within one: JSON as a model wrote it, or what a program put in its place. What reads it notes what is
/// wrong and returns a default, so that all that is wrong is told at once. One that is missing is wrong already, and reads as a default.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly partial struct ToolValue
{
    private const int LongestQuote = 100;

    private readonly ToolArguments _arguments;
    private readonly ToolPath? _parent;
    private readonly string? _name;
    private readonly int _index;
    private readonly JsonElement _json;

    private ToolValue(ToolArguments arguments, ToolPath? parent, string? name, int index, JsonElement json, object? given)
    {
        _arguments = arguments;
        _parent = parent;
        _name = name;
        _index = index;
        _json = json;
        Given = given;
    }

    /// <summary>Gets the value that a program put in the place of JSON; null where it is JSON.</summary>
    public object? Given { get; }

    /// <summary>Gets whether anything that was read of the call is wrong, so that nothing may be made of it.</summary>
    public bool IsInvalid => IsMissing || _arguments.IsInvalid;

    internal bool HasValue => Given is not null || _json.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    private bool IsMissing => _arguments is null;

    internal static ToolValue Of(ToolArguments arguments, string name, object? given) => given switch
    {
        JsonElement json => new(arguments, null, name, 0, json, null),
        JsonDocument document => new(arguments, null, name, 0, document.RootElement, null),
        JsonNode node => new(arguments, null, name, 0, ToElement(node), null),
        _ => new(arguments, null, name, 0, default, given),
    };

    /// <summary>Returns the value as JSON.</summary>
    public JsonElement ReadJson()
    {
        if (Given is not null) Refuse("JSON");
        return _json;
    }

    /// <summary>Returns a text.</summary>
    public string ReadString()
    {
        if (TryGetText(out string? text)) return text;
        Refuse("a string");
        return "";
    }

    /// <summary>Returns one character.</summary>
    public char ReadChar()
    {
        if (Given is char letter) return letter;
        if (TryGetText(out string? text) && text.Length == 1) return text[0];
        Refuse("a string of one character");
        return default;
    }

    /// <summary>Returns true or false.</summary>
    public bool ReadBoolean()
    {
        if (Given is bool given) return given;
        if (_json.ValueKind is JsonValueKind.True or JsonValueKind.False) return _json.ValueKind is JsonValueKind.True;
        if (TryGetText(out string? text) && bool.TryParse(text, out bool parsed)) return parsed;
        Refuse("true or false");
        return default;
    }

    /// <summary>Returns the index of a name among others, without regard to case where none is the same.</summary>
    /// <param name="names">The names.</param>
    /// <returns>The index; -1 where it is none of them.</returns>
    public int ReadChoice(string[] names)
    {
        if (TryGetText(out string? text))
        {
            if (Array.IndexOf(names, text) is >= 0 and int same) return same;
            for (int i = 0; i < names.Length; i++)
            {
                if (string.Equals(names[i], text, StringComparison.OrdinalIgnoreCase)) return i;
            }
        }

        if (!IsMissing) Refuse("one of " + string.Join(", ", names.Select(static name => $"\"{name}\"")));
        return -1;
    }

    private static JsonElement ToElement(JsonNode node) =>
        node is JsonValue value && value.TryGetValue(out JsonElement element) ? element : JsonDocument.Parse(node.ToJsonString()).RootElement;

    /// <summary>Notes that an argument that must be there is not.</summary>
    internal void RefuseMissing() => _arguments.Refuse(ToolPath.Show(_parent, _name, _index), "is required, but is missing");

    /// <summary>Notes that the value is not as it must be.</summary>
    /// <param name="expected">What it must be.</param>
    public void Refuse(string expected)
    {
        if (!IsMissing) _arguments.Refuse(ToolPath.Show(_parent, _name, _index), $"must be {expected}, but is {Quote()}");
    }

    private string Quote()
    {
        if (Given is not null and not string) return $"a {Given.GetType().Name}";
        string text = Given is string given ? $"\"{given}\"" : _json.ValueKind is JsonValueKind.Undefined ? "null" : _json.GetRawText();
        return text.Length <= LongestQuote ? text : $"{text.AsSpan(0, LongestQuote)}…";
    }

    private bool TryGetText([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text)
    {
        text = Given as string;
        if (text is null && _json.ValueKind is JsonValueKind.String) text = TextOf(_json);
        return text is not null;
    }

    // Half of a surrogate pair is valid JSON, but no text.
    private static string? TextOf(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
