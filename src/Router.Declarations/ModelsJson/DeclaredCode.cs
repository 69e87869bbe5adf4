using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.ModelsJson;

/// <summary>What the attributes of an assembly declare, read without the compiler.</summary>
/// <param name="RootNamespace">The project's namespace, in which the classes that files name are looked for first; empty for none.</param>
/// <param name="Classes">The classes that declare something.</param>
/// <param name="Providers">The providers that the assembly declares for all classes.</param>
internal sealed record DeclaredCode(string RootNamespace, IReadOnlyList<DeclaredClass> Classes, IReadOnlyList<DeclaredArguments> Providers)
{
    /// <summary>Gets the providers as a class keeps them.</summary>
    public EquatableArray<ArgumentsSnapshot> ProviderSnapshots => DeclarationSource.ToSnapshots(Providers);

    /// <summary>Whether it declares anything.</summary>
    public bool IsEmpty => Classes.Count == 0 && Providers.Count == 0;
}

/// <summary>A class with attributes that declare something.</summary>
/// <param name="FullName">Its name with the namespace; for a nested class with the outer ones and <c>+</c>.</param>
/// <param name="Facts">What it is.</param>
/// <param name="Declarations">What its attributes declare.</param>
/// <param name="Place">The class itself.</param>
/// <param name="Demands">What it must be to have groups, and is not.</param>
internal sealed record DeclaredClass(string FullName, ClassFacts Facts, DeclarationSource Declarations, Place Place, IReadOnlyList<string> Demands);
