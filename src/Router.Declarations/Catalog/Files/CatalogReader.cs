using RouterGen.Declarations.Json;

namespace RouterGen.Declarations.Catalog.Files;

/// <summary>Walks over a file of the catalog. The files are this library's own: what is wrong in one is a defect, which is thrown with its place.</summary>
internal sealed class CatalogReader
{
    private readonly string _file;
    private readonly string _text;
    private readonly JsonScanner _scanner;
    private readonly JsonCursor _cursor;

    private CatalogReader(string file, string text)
    {
        (_file, _text) = (file, text);
        _scanner = new JsonScanner(text);
        _cursor = new JsonCursor(_scanner);
        _cursor.Start();
    }

    /// <summary>Opens a file.</summary>
    /// <param name="name">Its name without the extension.</param>
    /// <exception cref="InvalidDataException">There is no such file.</exception>
    public static CatalogReader Open(string name)
    {
        string file = $"Catalog/{name}.json";
        using Stream stream = typeof(CatalogReader).Assembly.GetManifestResourceStream(file) ?? throw new InvalidDataException($"There is no {file}.");
        using var reader = new StreamReader(stream);
        return new(file, reader.ReadToEnd());
    }

    /// <summary>Opens a text.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="text">The text.</param>
    public static CatalogReader Of(string name, string text) => new(name, text);

    /// <summary>Returns a reader that stands at the same place, for what is to be read later.</summary>
    public CatalogReader Later()
    {
        var later = new CatalogReader(_file, _text);
        later._scanner.Rewind(_scanner.Position, _scanner.TokenEnd);
        return later;
    }

    /// <summary>Whether the value to come is a string.</summary>
    public bool IsText => _cursor.Kind is JsonKind.String;

    /// <summary>Whether the value to come is an array.</summary>
    public bool IsList => _cursor.Kind is JsonKind.Array;

    /// <summary>Whether the value to come is a number.</summary>
    public bool IsNumber => _cursor.Kind is JsonKind.Number;

    /// <summary>Reads an object.</summary>
    /// <param name="read">Reads the value of a property; false where the object has no such property.</param>
    public void ReadObject(Func<string, bool> read) => ReadObjectUpTo(null, read);

    /// <summary>Reads an object up to a property, and stands at its value then.</summary>
    /// <param name="last">The property; null to read the whole object.</param>
    /// <param name="read">Reads the value of a property before it; false where the object has no such property.</param>
    /// <returns>Whether the object has the property.</returns>
    public bool ReadObjectUpTo(string? last, Func<string, bool> read)
    {
        if (_cursor.Kind is not JsonKind.Object) throw Wrong("expected an object");
        _cursor.Enter();
        while (_cursor.NextProperty(out string name))
        {
            if (name == last) return true;
            if (!read(name)) throw Wrong($"unknown property '{name}'");
        }

        ThrowIfBroken();
        return false;
    }

    /// <summary>Reads an array.</summary>
    /// <param name="read">Reads an item.</param>
    public List<T> ReadList<T>(Func<T> read)
    {
        if (!IsList) throw Wrong("expected an array");
        List<T> items = [];
        _cursor.Enter();
        while (_cursor.NextItem()) items.Add(read());
        ThrowIfBroken();
        return items;
    }

    /// <summary>Passes over the value to come.</summary>
    public void Skip() => Take();

    public string ReadText() => _cursor.TextOf(Take()) ?? throw Wrong("expected a string");

    public string[] ReadTexts() => [.. ReadList(ReadText)];

    public decimal ReadNumber() => _cursor.NumberOf(Take()) ?? throw Wrong("expected a number");

    public int ReadCount() => (int)ReadNumber();

    public bool ReadFlag() => Take().Kind is var kind && kind is JsonKind.True or JsonKind.False ? kind is JsonKind.True : throw Wrong("expected true or false");

    /// <summary>Returns what to throw where a value is not as it must be.</summary>
    /// <param name="what">What is wrong.</param>
    public InvalidDataException Wrong(string what)
    {
        int line = 1 + _text.Take(_scanner.Position).Count(static character => character == '\n');
        return new InvalidDataException($"{_file}, line {line}: {what}");
    }

    private JsonToken Take()
    {
        JsonToken token = _cursor.Take();
        ThrowIfBroken();
        return token;
    }

    private void ThrowIfBroken()
    {
        if (_cursor.IsBroken) throw Wrong(_scanner.Errors[0].Message);
    }
}
