using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Parsing;

namespace RouterGen.Generator.Symbols;

/// <summary>Finds the class that a models.json names.</summary>
internal static class ClassFinder
{
    /// <summary>
    /// The user's class of that name. Without a namespace, it is looked for in the root namespace and then in the global one.
    /// Null where there is none, so that the generator makes it.
    /// </summary>
    public static INamedTypeSymbol? Find(IAssemblySymbol assembly, string name, string rootNamespace)
    {
        INamedTypeSymbol? first = assembly.GetTypeByMetadataName(MadeClass.Qualify(name, rootNamespace));
        if (first is not null && !GeneratedCode.Is(first)) return first;
        INamedTypeSymbol? second = name.Contains('.') ? null : assembly.GetTypeByMetadataName(name);
        return second is not null && !GeneratedCode.Is(second) ? second : null;
    }

    /// <summary>What the generator needs to know of the class, whether it is there or not, and of the types that files name for it.</summary>
    public static NamedClass Read(IAssemblySymbol assembly, ClassReference asked, string rootNamespace, CancellationToken cancellationToken)
    {
        INamedTypeSymbol? type = Find(assembly, asked.Name, rootNamespace);
        ClassSnapshot read = type is not null
            ? ClassReader.Read(type, cancellationToken)
            : new ClassSnapshot(ClassReader.FactsOfMade(asked.Name, rootNamespace, assembly, cancellationToken), default);
        return new(asked.Name, read, UserTypes.Find(asked.UserTypes, assembly, type).ToEquatableArray());
    }
}

/// <summary>What a file says of which the compilation knows more.</summary>
/// <param name="Name">The class for which it declares.</param>
/// <param name="UserTypes">The types that it names.</param>
internal sealed record ClassReference(string Name, EquatableArray<UserTypeName> UserTypes)
{
    /// <summary>What all files say, each class once.</summary>
    public static EquatableArray<ClassReference> Of(IEnumerable<ModelsFileSnapshot> files) => files
        .GroupBy(file => file.ClassName)
        .Select(named => new ClassReference(
            named.Key, named.SelectMany(file => DeclarationSource.Of(file.Declarations).UserTypes).Distinct().ToEquatableArray()))
        .ToEquatableArray();
}

/// <summary>A class by the name that files give it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Class">The class.</param>
/// <param name="UserTypes">What is known of the types that the file names.</param>
internal sealed record NamedClass(string Name, ClassSnapshot Class, EquatableArray<UserType> UserTypes);
