using RouterGen.Declarations.Names;

namespace RouterGen.Declarations.Model;

/// <summary>What a declaration names a type of the user's for.</summary>
internal enum UserTypeRole
{
    /// <summary>It chooses in place of a strategy.</summary>
    Policy,

    /// <summary>It makes the client through which a deployment is asked.</summary>
    ClientFactory,
}

/// <summary>A type that a class's declarations name.</summary>
/// <param name="Role">What it is named for.</param>
/// <param name="Name">The type as C#, for example <c>global::Shop.ByTier</c>.</param>
internal sealed record UserTypeName(UserTypeRole Role, string Name);

/// <summary>A type that a class's declarations name, and whether it can be what it is named for.</summary>
/// <param name="Named">The type, and what it is named for.</param>
/// <param name="Objection">What it must be and is not, for a message; null where it is sound.</param>
internal sealed record UserType(UserTypeName Named, string? Objection)
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
