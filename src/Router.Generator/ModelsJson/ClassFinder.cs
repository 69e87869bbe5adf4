using Microsoft.CodeAnalysis;
using RouterGen.Generator.Model;
using RouterGen.Generator.Parsing;

namespace RouterGen.Generator.ModelsJson;

/// <summary>Finds the class that a models.json names.</summary>
internal static class ClassFinder
{
    /// <summary>
    /// The user's class of that name. Without a namespace, it is looked for in the root namespace and then in the global one.
    /// Null where there is none, so that the generator makes it.
    /// </summary>
    public static INamedTypeSymbol? Find(IAssemblySymbol assembly, string name, string rootNamespace)
    {
        INamedTypeSymbol? first = assembly.GetTypeByMetadataName(Qualify(name, rootNamespace));
        if (first is not null && !ClassReader.IsGenerated(first)) return first;
        INamedTypeSymbol? second = name.Contains('.') ? null : assembly.GetTypeByMetadataName(name);
        return second is not null && !ClassReader.IsGenerated(second) ? second : null;
    }

    /// <summary>What the generator needs to know of the class, whether it is there or not.</summary>
    public static NamedClass Read(IAssemblySymbol assembly, string name, string rootNamespace, CancellationToken cancellationToken) => new(
        name,
        Find(assembly, name, rootNamespace) is { } type
            ? ClassReader.Read(type, cancellationToken)
            : new ClassSnapshot(FactsOfMade(assembly, name, rootNamespace, cancellationToken), default));

    public static ClassFacts FactsOfMade(IAssemblySymbol assembly, string name, string rootNamespace, CancellationToken cancellationToken)
    {
        string qualified = Qualify(name, rootNamespace);
        int dot = qualified.LastIndexOf('.');
        return ClassReader.FactsOfMade(dot < 0 ? "" : qualified.Substring(0, dot), qualified.Substring(dot + 1), assembly, cancellationToken);
    }

    /// <summary>The name with the namespace in which the class is looked for first, and made.</summary>
    public static string Qualify(string name, string rootNamespace) => name.Contains('.') || rootNamespace.Length == 0 ? name : rootNamespace + "." + name;
}

/// <summary>A class by the name that files give it.</summary>
internal sealed record NamedClass(string Name, ClassSnapshot Class);
