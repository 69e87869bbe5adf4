using Microsoft.CodeAnalysis;
using RouterGen.Generator.Model;

namespace RouterGen.Generator.Parsing;

/// <summary>
/// One declaration, by whatever means it was made: what it states, and where. Values come from the same snapshot for the
/// generator, which keeps it, and for the analyzer, which reads on to report places; so the two cannot differ.
/// </summary>
internal sealed class DeclaredArguments(ArgumentsSnapshot stated, ArgumentPlaces places)
{
    /// <summary>What is stated.</summary>
    public ArgumentsSnapshot Stated => stated;

    /// <summary>Whether a property is stated, with whatever value of its type.</summary>
    public bool Has(string property) => Find(property) is not null;

    public string? Text(string property) => Find(property) as string;

    public int? Integer(string property) => Find(property) as int?;

    public double? Number(string property) => Find(property) as double?;

    /// <summary>The strings of an array; null where an element is none.</summary>
    public IReadOnlyList<string?> Texts(string property) => Find(property) is EquatableArray<string?> texts ? texts : [];

    /// <summary>The value of a property.</summary>
    public Location LocationOf(string property) => places.Of(property);

    /// <summary>An element of a property that is an array.</summary>
    public Location LocationOf(string property, int element) => places.Of(property, element);

    private object? Find(string property)
    {
        foreach (StatedValue value in stated.Values)
        {
            if (value.Property == property) return value.Value;
        }

        return null;
    }
}
