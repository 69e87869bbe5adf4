using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Specs;

/// <summary>A class that declares model groups, as far as it can be generated.</summary>
/// <param name="Header">What each of its files repeats.</param>
/// <param name="Names">The names of its members besides the accessors.</param>
/// <param name="IsPublic">Whether other assemblies may see it.</param>
/// <param name="CanRegister">Whether a service collection can make it.</param>
/// <param name="CanConstruct">Whether the constructor that makes its groups can be added to it.</param>
/// <param name="OwnsClients">Whether it is to dispose the clients that its groups make.</param>
/// <param name="Groups">Its groups, in the order of their declaration.</param>
internal sealed record ClassSpec(
    ClassHeader Header, ClassNames Names, bool IsPublic, bool CanRegister, bool CanConstruct, bool OwnsClients, EquatableArray<GroupSpec> Groups);

/// <summary>The names of a class's members besides the accessors of its groups: such that the class had none of that name.</summary>
/// <param name="Configure">The method that sets a static class's options.</param>
/// <param name="Describe">The method that describes the groups.</param>
/// <param name="FallbackGraph">The constant with the graph of their fallbacks.</param>
/// <param name="Override">The method that replaces a static class's groups in a part of the program.</param>
internal sealed record ClassNames(string Configure, string Describe, string FallbackGraph, string Override);

/// <summary>What each file of a class needs to know of it. Names are C# as written, with <c>@</c> before keywords.</summary>
/// <param name="Namespace">The namespace; empty for the global one.</param>
/// <param name="Name">The class's name.</param>
/// <param name="Modifiers">What precedes <c>partial</c>; nothing for a class of the user's, which says it itself.</param>
/// <param name="Keyword"><c>class</c> or <c>record</c>.</param>
/// <param name="IsStatic">Whether the accessors are static.</param>
/// <param name="AmbientName">The name of the nested class that holds a static class's options.</param>
internal sealed record ClassHeader(string Namespace, string Name, string Modifiers, string Keyword, bool IsStatic, string AmbientName)
{
    /// <summary>The class's name for any place, for example <c>global::Shop.Models</c>.</summary>
    public string QualifiedName => Namespace.Length == 0 ? "global::" + Name : "global::" + Namespace + "." + Name;

    /// <summary>Returns the class's part in the names of its registration: <c>Models</c> in <c>AddModels</c>.</summary>
    /// <param name="isAlone">
    /// Whether no other class that can be registered has its name: all registrations share one namespace, so classes of one name
    /// need their own namespace in that of the registration.
    /// </param>
    public string ExtensionName(bool isAlone) => (isAlone ? Name : Namespace.Replace(".", "") + Name).Replace("@", "");

    /// <summary>What each of its files declares.</summary>
    public string Declaration => $"{Modifiers}partial {Keyword} {Name}";
}
