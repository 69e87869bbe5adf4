using System.ComponentModel;
using System.Text.Json;

namespace RouterGen.Infrastructure;

// Lists and objects. A model may write one as the text of its JSON.
public readonly partial struct ToolValue
{
    /// <summary>Returns whether the value is an object.</summary>
    /// <param name="members">The object, to read its members.</param>
    public bool IsObject(out ToolValue members) => IsComposite(JsonValueKind.Object, "an object", out members);

    /// <summary>Returns whether the value is a list.</summary>
    /// <param name="items">The list, to enumerate its items.</param>
    public bool IsList(out ToolValue items) => IsComposite(JsonValueKind.Array, "a list", out items);

    /// <summary>Returns a member of an object that must be there.</summary>
    /// <param name="name">Its name.</param>
    public ToolValue Require(string name)
    {
        if (Has(name, out ToolValue value)) return value;
        if (!IsMissing) value.RefuseMissing();
        return default;
    }

    /// <summary>Returns whether a member of an object is there, and not null.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The member.</param>
    public bool Has(string name, out ToolValue value)
    {
        value = new(_arguments, _parent, name, 0, Find(name), null);
        return value.HasValue;
    }

    /// <summary>Returns the items of a list.</summary>
    public ItemList Items() => new(this);

    /// <summary>Returns the members of an object with their names.</summary>
    public IEnumerable<KeyValuePair<string, ToolValue>> Members()
    {
        foreach (JsonProperty member in _json.EnumerateObject())
        {
            if (NameOf(member) is { } name) yield return new(name, new(_arguments, _parent, name, 0, member.Value, null));
            else RefuseNames();
        }
    }

    /// <summary>Returns whether an item of a list or a member of an object is not null.</summary>
    public bool IsNotNull => HasValue;

    private bool IsComposite(JsonValueKind kind, string expected, out ToolValue opened)
    {
        opened = default;
        if (IsMissing) return false;
        JsonElement json = _json;
        if (json.ValueKind != kind && TryGetText(out string? text) && TryParse(text, out JsonElement parsed)) json = parsed;
        if (json.ValueKind == kind)
        {
            opened = new(_arguments, new ToolPath(_parent, _name, _index), null, 0, json, null);
            return true;
        }

        Refuse(expected);
        return false;
    }

    private JsonElement Find(string name)
    {
        try
        {
            return _json.TryGetProperty(name, out JsonElement member) ? member : default;
        }
        catch (InvalidOperationException)
        {
            RefuseNames();
            return default;
        }
    }

    // Half of a surrogate pair is valid JSON, but no text.
    private void RefuseNames() => _arguments.Refuse(_parent!.ToString(), "must be an object whose names are texts, but one has half of a surrogate pair");

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool TryParse(string text, out JsonElement json)
    {
        json = default;
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty || trimmed[0] is not ('{' or '[')) return false;
        try
        {
            json = JsonDocument.Parse(text).RootElement;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The items of a list.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly struct ItemList
    {
        private readonly ToolValue _list;

        internal ItemList(ToolValue list) => _list = list;

        /// <summary>Returns the items one by one.</summary>
        public ItemEnumerator GetEnumerator() => new(_list);
    }

    /// <summary>Returns the items of a list one by one.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public struct ItemEnumerator
    {
        private readonly ToolValue _list;
        private JsonElement.ArrayEnumerator _items;
        private int _index = -1;

        internal ItemEnumerator(ToolValue list)
        {
            _list = list;
            _items = list._json.EnumerateArray();
        }

        /// <summary>Gets the item.</summary>
        public readonly ToolValue Current => new(_list._arguments, _list._parent, null, _index, _items.Current, null);

        /// <summary>Goes on to the next item.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            _index++;
            return _items.MoveNext();
        }
    }
}
