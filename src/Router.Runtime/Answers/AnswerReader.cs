using System.ComponentModel;
using System.Globalization;
using System.Text.Json;

namespace RouterGen.Infrastructure;

/// <summary>
/// Reads the JSON of a structured answer for emitted code. A method returns false where the JSON does not fit; the path of the place is put
/// together while the callers return, so that an answer that fits pays nothing for it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct AnswerReader
{
    private readonly long _openString; // where the string begins that has not ended yet; -1 where none is
    private Utf8JsonReader _json;
    private string? _problem;
    private string _path;

    internal AnswerReader(ReadOnlySpan<byte> json, bool isPartial, long openString)
    {
        _json = new Utf8JsonReader(json);
        _openString = openString;
        IsPartial = isPartial;
        _path = "";
        _json.Read();
    }

    /// <summary>Gets whether the JSON is the beginning of an answer: members may be missing, and values are not validated.</summary>
    public readonly bool IsPartial { get; }

    /// <summary>Gets whether the value is null.</summary>
    public readonly bool IsNull => _json.TokenType is JsonTokenType.Null;

    /// <summary>Gets whether a value was left out because it has not ended yet.</summary>
    internal bool HasLeftOut { get; private set; }

    /// <summary>Gets what is wrong; null where nothing is.</summary>
    internal readonly string? Problem => _problem;

    /// <summary>Gets the JSON path of what is wrong.</summary>
    internal readonly string Path => "$" + _path;

    /// <summary>Returns whether the value is an object.</summary>
    public bool EntersObject() => _json.TokenType is JsonTokenType.StartObject || Refuse("an object");

    /// <summary>Returns whether the value is an array.</summary>
    public bool EntersArray() => _json.TokenType is JsonTokenType.StartArray || Refuse("an array");

    /// <summary>Goes to the next member of an object.</summary>
    /// <returns>False at the end of the object.</returns>
    public bool NextMember()
    {
        _json.Read();
        return _json.TokenType is not JsonTokenType.EndObject;
    }

    /// <summary>Goes to the next item of an array.</summary>
    /// <returns>False at the end of the array.</returns>
    public bool NextItem()
    {
        _json.Read();
        return _json.TokenType is not JsonTokenType.EndArray;
    }

    /// <summary>Returns whether the member has a name, and goes to its value if so.</summary>
    public bool Is(ReadOnlySpan<byte> name)
    {
        if (!_json.ValueTextEquals(name)) return false;
        _json.Read();
        return true;
    }

    /// <summary>Returns the name of the member, and goes to its value.</summary>
    public string Name()
    {
        string name = _json.GetString()!;
        _json.Read();
        return name;
    }

    /// <summary>Skips the member.</summary>
    public void Skip() => _json.Skip();

    /// <summary>Returns whether an object may lack a member: only the beginning of one may.</summary>
    public bool MayLack(string member)
    {
        if (IsPartial) return true;
        _problem = "is missing";
        return FailAt(member);
    }

    /// <summary>Adds a member to the path of what is wrong.</summary>
    /// <returns>False.</returns>
    public bool FailAt(string member)
    {
        _path = "." + member + _path;
        return false;
    }

    /// <summary>Adds an index to the path of what is wrong.</summary>
    /// <returns>False.</returns>
    public bool FailAt(int index)
    {
        _path = string.Create(CultureInfo.InvariantCulture, $"[{index}]{_path}");
        return false;
    }

    /// <summary>Notes what was expected in place of the value.</summary>
    /// <returns>False.</returns>
    private bool Refuse(string expected)
    {
        _problem = $"expected {expected}, found {Found()}";
        return false;
    }

    private readonly string Found() => _json.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => Quote(_json.GetString()!),
        JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(_json.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };

    private static string Quote(string text)
    {
        const int Longest = 40;
        return text.Length <= Longest ? $"\"{text}\"" : $"\"{text[..Longest]}…\"";
    }
}
