using RouterGen.Declarations.Names;

namespace RouterGen.Declarations.Model;

/// <summary>A type that a class's declarations name as the policy of a group, and whether it can be one.</summary>
/// <param name="Name">The type as C#, for example <c>global::Shop.ByTier</c>.</param>
/// <param name="Objection">What it must be and is not, for a message; null where it is sound.</param>
internal sealed record PolicyType(string Name, string? Objection)
{
    /// <summary>What names in C# begin with.</summary>
    public const string Global = "global::";

    /// <summary>Returns the type of a full name such as <c>Shop.ByTier</c> as C#; null where the text is no name.</summary>
    public static string? NameOf(string stated)
    {
        string[] parts = stated.Split('.');
        return parts.All(Identifiers.IsIdentifier)
            ? Global + string.Join(".", parts.Select(part => Keywords.IsReserved(part) ? "@" + part : part))
            : null;
    }

    /// <summary>A type for people to read.</summary>
    /// <param name="name">The type as C#.</param>
    public static string Show(string name) => name.Replace(Global, "");
}
