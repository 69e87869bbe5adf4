using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Problems;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Tests;

/// <summary>Runs the parser alone, for what it finds wrong.</summary>
internal static class ProblemFinder
{
    /// <summary>Returns the problems of all classes, each of which the test has to assert.</summary>
    public static List<FoundProblem> Find(params string[] sources)
    {
        List<FoundProblem> found = RunOnBroken(sources);
        UnassertedProblems.Add(found);
        return found;
    }

    /// <summary>Returns the problems of source that may not compile: the parser must not throw, and nothing else is asked of it.</summary>
    public static List<FoundProblem> RunOnBroken(params string[] sources)
    {
        Compilation compilation = new Verifier { Sources = sources }.Compile();
        IEnumerable<DeclarationProblem> problems = compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
            .Where(type => SymbolParser.DeclaresAnything(type))
            .SelectMany(type => SymbolParser.Parse(type, ModelCatalog.Default, CancellationToken.None).Problems)
            .Concat(SymbolParser.CheckAssembly(compilation.Assembly, CancellationToken.None).ToImmutable());
        return [.. problems.Select(problem => new FoundProblem(
            problem.Kind.Id,
            TextAt(Assert.IsType<CodePlace>(problem.Place).Location),
            problem.Message,
            problem.Fix?.Value))];
    }

    private static string TextAt(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);

    /// <summary>The one problem of the source.</summary>
    public static FoundProblem Single(params string[] sources) => Assert.Single(Find(sources));

    /// <summary>A static class whose declaration bears the given attributes.</summary>
    public static string Class(string attributes) => $$"""
        using RouterGen;
        {{attributes}}
        public static partial class Models { }
        """;
}
