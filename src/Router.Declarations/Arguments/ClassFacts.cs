using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Arguments;

/// <summary>What a class is, apart from what it declares.</summary>
/// <param name="Namespace">The namespace as written in C#; empty for the global one.</param>
/// <param name="Name">The class's name, without <c>@</c>.</param>
/// <param name="Modifiers">What its files write before <c>partial</c>: nothing for a class of the user's, which says it itself.</param>
/// <param name="Keyword"><c>class</c> or <c>record</c>.</param>
/// <param name="IsStatic">Whether the accessors are static.</param>
/// <param name="IsPublic">Whether other assemblies may see it.</param>
/// <param name="CanRegister">Whether a service collection can make it.</param>
/// <param name="CanConstruct">Whether the constructor that makes the groups can be added to it.</param>
/// <param name="CanGenerate">Whether members can be added to it from another file.</param>
/// <param name="TakenNames">The names that its generated members must not have, sorted.</param>
/// <param name="GroupMembers">The names that each group's class inherits.</param>
/// <param name="AssemblyProviders">The providers that the assembly declares for all classes.</param>
/// <param name="UserTypes">The types that declarations for it name, as policies and as what makes clients.</param>
/// <param name="Packages">The assemblies of RouterGen's packages, and those whose exceptions clients throw, that it can use; null where that is not known.</param>
internal sealed record ClassFacts(
    string Namespace,
    string Name,
    string Modifiers,
    string Keyword,
    bool IsStatic,
    bool IsPublic,
    bool CanRegister,
    bool CanConstruct,
    bool CanGenerate,
    EquatableArray<string> TakenNames,
    EquatableArray<string> GroupMembers,
    EquatableArray<ArgumentsSnapshot> AssemblyProviders,
    EquatableArray<UserType> UserTypes,
    EquatableArray<string>? Packages)
{
    /// <summary>The modifiers of a class that is in no code of the user's.</summary>
    public const string ModifiersOfMade = "public static ";

    /// <summary>The facts with types that further declarations name.</summary>
    public ClassFacts With(IEnumerable<UserType> types) => this with { UserTypes = UserTypes.Concat(types).Distinct().ToEquatableArray() };
}

/// <summary>A class and all that is declared for it, code first: what a spec is made of.</summary>
internal sealed record ClassSnapshot(ClassFacts Facts, EquatableArray<DeclarationsSnapshot> Sources);
