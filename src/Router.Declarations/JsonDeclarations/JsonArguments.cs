using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.JsonDeclarations;

/// <summary>What is read of a group, deployment or provider in a file, and where: by property, as an attribute would state it.</summary>
/// <param name="file">The file.</param>
/// <param name="whole">Where it is.</param>
internal sealed class JsonArguments(SourceFile file, SourceSpan whole) : ArgumentPlaces
{
    private readonly List<StatedValue> _values = [];
    private readonly Dictionary<string, SourceSpan[]> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public bool Has(string property) => _places.ContainsKey(property);

    /// <summary>A whole number that is stated; null where it is not.</summary>
    public int? IntegerOf(string property) => _values.Find(stated => stated.Property == property)?.Value as int?;

    /// <summary>States a property that is not stated yet.</summary>
    /// <param name="property">Its name in C#.</param>
    /// <param name="value">See <see cref="StatedValue"/>.</param>
    /// <param name="place">Where it is, and then each of its elements; nothing where it follows from the whole.</param>
    public void State(string property, object value, params SourceSpan[] place)
    {
        if (Has(property)) return;
        _values.Add(new(property, value));
        _places.Add(property, place);
    }

    /// <summary>States a property that the file calls by another name.</summary>
    public void StateAs(string name, string property, object value, params SourceSpan[] place)
    {
        if (!Has(property)) _names.Add(property, name);
        State(property, value, place);
    }

    /// <summary>The same for another group.</summary>
    public JsonArguments CopyFor(string property, string value, SourceSpan place)
    {
        var copy = new JsonArguments(file, whole);
        copy.State(property, value, place);
        foreach (StatedValue stated in _values) copy.StateAs(NameOf(stated.Property), stated.Property, stated.Value, _places[stated.Property]);
        return copy;
    }

    public DeclaredArguments ToDeclared() => new(new(ArgumentsSnapshot.InFile, _values.ToEquatableArray()), this);

    public override string NameOf(string property) => _names.TryGetValue(property, out string? name) ? name : property;

    public override Place Of(string property) => file.PlaceOf(_places.TryGetValue(property, out SourceSpan[]? place) && place.Length > 0 ? place[0] : whole);

    public override Place Of(string property, int element) =>
        _places.TryGetValue(property, out SourceSpan[]? place) && element + 1 < place.Length ? file.PlaceOf(place[element + 1]) : Of(property);
}
