using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Answers;

/// <summary>What a type is in JSON.</summary>
internal enum TypeShape
{
    Text,
    Boolean,
    Integer,
    Number,
    Uuid,
    DateTime,
    Date,
    Time,
    Address,
    Enum,
    List,
    Dictionary,
    Object,
}

/// <summary>What a list is in C#.</summary>
internal enum ListForm
{
    /// <summary>A <c>List</c>, or an interface of it.</summary>
    List,
    Array,
    ImmutableArray,
}

/// <summary>How a member gets its value.</summary>
internal enum MemberTarget
{
    /// <summary>As an argument of the constructor.</summary>
    Parameter,

    /// <summary>In the object's initializer.</summary>
    Initializer,

    /// <summary>After the object was made, and only where JSON has it.</summary>
    Setter,
}

/// <summary>A type that JSON is read as. Types refer to each other by their index in a table, so that one may refer to itself.</summary>
/// <param name="Shape">What it is in JSON.</param>
/// <param name="Name">The type in C#, qualified, without the mark of a nullable one.</param>
/// <param name="Label">A name for methods and definitions, unique in its table.</param>
/// <param name="IsValueType">Whether it is a value type.</param>
internal sealed record TypeSpec(TypeShape Shape, string Name, string Label, bool IsValueType)
{
    /// <summary>Gets what it is, for the schema; null where nothing is said.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the items of a list, or the values of a dictionary.</summary>
    public TypeUse? Element { get; init; }

    /// <summary>Gets what a list is in C#.</summary>
    public ListForm Form { get; init; }

    /// <summary>Gets the members of an enumeration.</summary>
    public EquatableArray<EnumName> Names { get; init; }

    /// <summary>Gets the members of an object: the constructor's parameters first, in their order.</summary>
    public EquatableArray<MemberSpec> Members { get; init; }
}

/// <summary>The use of a type.</summary>
/// <param name="Type">The index of the type.</param>
/// <param name="IsNullable">Whether null is a value.</param>
internal sealed record TypeUse(int Type, bool IsNullable);

/// <summary>A member of an enumeration.</summary>
/// <param name="JsonName">Its name in JSON.</param>
/// <param name="Name">Its name in C#.</param>
internal sealed record EnumName(string JsonName, string Name);

/// <summary>A member of an object.</summary>
/// <param name="JsonName">Its name in JSON.</param>
/// <param name="Name">Its name in C#.</param>
/// <param name="Local">The name of the local variable that holds its value.</param>
/// <param name="Use">Its type.</param>
/// <param name="Target">How it gets its value.</param>
internal sealed record MemberSpec(string JsonName, string Name, string Local, TypeUse Use, MemberTarget Target)
{
    /// <summary>Gets the name of the local variable that says whether JSON has it.</summary>
    public string Flag { get; init; } = "";

    /// <summary>Gets what it is, for the schema; null where nothing is said.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the value where JSON lacks it, in C#; null where it has none.</summary>
    public string? Default { get; init; }

    /// <summary>Gets the rules beyond its type.</summary>
    public ValueRules Rules { get; init; } = ValueRules.None;

    /// <summary>Gets whether JSON must have it.</summary>
    public bool IsRequired => Default is null && !Use.IsNullable && Target is not MemberTarget.Setter;
}

/// <summary>The rules of a value beyond its type.</summary>
/// <param name="Minimum">The least number, as JSON; null where there is none.</param>
/// <param name="Maximum">The greatest number, as JSON; null where there is none.</param>
/// <param name="MinLength">The least number of characters or items; 0 where there is none.</param>
/// <param name="MaxLength">The greatest number of characters or items; <see cref="int.MaxValue"/> where there is none.</param>
/// <param name="Pattern">The regular expression that a text matches as a whole; null where there is none.</param>
internal sealed record ValueRules(string? Minimum, string? Maximum, int MinLength, int MaxLength, string? Pattern)
{
    public static readonly ValueRules None = new(null, null, 0, int.MaxValue, null);

    public bool HasRange => Minimum is not null && Maximum is not null;

    public bool HasLength => MinLength > 0 || MaxLength < int.MaxValue;
}
