using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Arguments;

/// <summary>
/// One declaration, by whatever means it was made: what it states, and where. Values come from the same snapshot for the
/// generator, which keeps it, and for the analyzer, which reads on to report places; so the two cannot differ.
/// </summary>
internal sealed class DeclaredArguments(ArgumentsSnapshot stated, ArgumentPlaces places)
{
    /// <summary>What is stated.</summary>
    public ArgumentsSnapshot Stated => stated;

    /// <summary>Whether a file states it, and no attribute.</summary>
    public bool IsInFile => stated.Declaration == ArgumentsSnapshot.InFile;

    /// <summary>Whether a property is stated, with whatever value of its type.</summary>
    public bool Has(string property) => Find(property) is not null;

    public string? Text(string property) => Find(property) as string;

    public int? Integer(string property) => Find(property) as int?;

    public double? Number(string property) => Find(property) as double?;

    /// <summary>Whether a property is stated as true.</summary>
    public bool IsTrue(string property) => Find(property) is true;

    /// <summary>The strings of an array; null where an element is none.</summary>
    public IReadOnlyList<string?> Texts(string property) => Find(property) is EquatableArray<string?> texts ? texts : [];

    /// <summary>The value of a property.</summary>
    public Place PlaceOf(string property) => places.Of(property);

    /// <summary>An element of a property that is an array.</summary>
    public Place PlaceOf(string property, int element) => places.Of(property, element);

    /// <summary>What the source that states a property calls it.</summary>
    public string NameOf(string property) => places.NameOf(property);

    /// <summary>
    /// Adds what another source states of the same thing. What both state must be the same; the problem is the other's.
    /// </summary>
    /// <param name="other">What the other source states.</param>
    /// <param name="subject">What it is about, for the message.</param>
    /// <param name="problems">Where differences are reported.</param>
    public DeclaredArguments With(DeclaredArguments other, string subject, ProblemList problems)
    {
        List<StatedValue> added = [];
        foreach (StatedValue value in other.Stated.Values)
        {
            object? own = Find(value.Property);
            if (own is null)
            {
                added.Add(value);
            }
            else if (!own.Equals(value.Value))
            {
                string place = Path.GetFileName(PlaceOf(value.Property).Path);
                problems.Add(ProblemKinds.DeclaredDifferently, other.PlaceOf(value.Property), subject, value.Property, place);
            }
        }

        return added.Count == 0 ? this : new(stated with { Values = stated.Values.Concat(added).ToEquatableArray() }, new JointPlaces(this, other));
    }

    private object? Find(string property)
    {
        foreach (StatedValue value in stated.Values)
        {
            if (value.Property == property) return value.Value;
        }

        return null;
    }

    // Where two sources state what they state, in the first wherever that does.
    private sealed class JointPlaces(DeclaredArguments first, DeclaredArguments second) : ArgumentPlaces
    {
        public override Place Of(string property) => Bearer(property).PlaceOf(property);

        public override Place Of(string property, int element) => Bearer(property).PlaceOf(property, element);

        public override string NameOf(string property) => Bearer(property).NameOf(property);

        private DeclaredArguments Bearer(string property) => first.Has(property) || !second.Has(property) ? first : second;
    }
}
