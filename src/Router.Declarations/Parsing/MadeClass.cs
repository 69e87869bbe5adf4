using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;

namespace RouterGen.Declarations.Parsing;

/// <summary>A class that is in no code of the user's: files declare it, and the generator makes it.</summary>
internal static class MadeClass
{
    /// <summary>The members that each class has.</summary>
    public static readonly string[] ObjectMembers = ["Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "ReferenceEquals", "Finalize"];

    /// <summary>Returns the name with the namespace in which the class is looked for first, and made.</summary>
    public static string Qualify(string name, string rootNamespace) => name.Contains('.') || rootNamespace.Length == 0 ? name : rootNamespace + "." + name;

    /// <summary>Returns what is known of the class.</summary>
    /// <param name="name">The name that the file gives it.</param>
    /// <param name="rootNamespace">The project's namespace; empty for none.</param>
    /// <param name="groupMembers">The names that each group's class inherits.</param>
    /// <param name="assemblyProviders">The providers that the assembly declares for all classes.</param>
    /// <param name="packages">The assemblies of RouterGen's packages that it can use; null where that is not known.</param>
    public static ClassFacts FactsOf(
        string name, string rootNamespace = "", EquatableArray<string> groupMembers = default, EquatableArray<ArgumentsSnapshot> assemblyProviders = default, EquatableArray<string>? packages = null)
    {
        string qualified = Qualify(name, rootNamespace);
        int dot = qualified.LastIndexOf('.');
        string bare = qualified.Substring(dot + 1);
        return new(
            dot < 0 ? "" : string.Join(".", qualified.Substring(0, dot).Split('.').Select(Identifiers.Escape)),
            bare,
            ClassFacts.ModifiersOfMade,
            "class",
            IsStatic: true,
            IsPublic: true,
            CanRegister: false,
            CanConstruct: true,
            CanGenerate: true,
            ObjectMembers.Append(bare).OrderBy(member => member, StringComparer.Ordinal).ToEquatableArray(),
            groupMembers,
            assemblyProviders,
            UserTypes: default,
            packages);
    }
}
