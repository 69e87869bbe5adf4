using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Generator.Catalog;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Json;
using RouterGen.Generator.ModelsJson;
using RouterGen.Generator.Parsing;

namespace RouterGen.Analyzers;

/// <summary>The models.json files of a compilation, and the classes for which they declare.</summary>
/// <param name="assembly">The user's assembly.</param>
/// <param name="options">The project's files and options.</param>
/// <param name="parse">Gives a text's tree, or remembers it.</param>
/// <param name="cancellationToken">Cancels.</param>
internal sealed class ProjectModels(IAssemblySymbol assembly, AnalyzerOptions options, Func<SourceText, JsonTree> parse, CancellationToken cancellationToken)
{
    private readonly string _rootNamespace = ModelsFiles.RootNamespace(options.AnalyzerConfigOptionsProvider);
    private readonly ImmutableArray<Entry> _entries = Read(options, parse, cancellationToken);

    /// <summary>What files declare for a class of the user's.</summary>
    public ImmutableArray<Declarations> DeclaredFor(INamedTypeSymbol type, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return [.. _entries.Where(entry => SymbolEqualityComparer.Default.Equals(ClassOf(entry), type)).Select(entry => entry.File.Declarations)];
    }

    /// <summary>All that is wrong in a file, with the class for which it declares.</summary>
    public IEnumerable<DeclarationProblem> ProblemsIn(AdditionalText text, CancellationToken cancellation)
    {
        foreach (Entry entry in _entries)
        {
            if (entry.Path != text.Path) continue;
            IEnumerable<DeclarationProblem> ofClass = ParseClass(entry, cancellation).Problems
                .Where(problem => problem.Location.Kind is LocationKind.ExternalFile && problem.Location.GetLineSpan().Path == entry.Path);
            return entry.File.Problems.Concat(ofClass);
        }

        return [];
    }

    private ParsedClass ParseClass(Entry entry, CancellationToken cancellation)
    {
        if (ClassOf(entry) is { } type) return ClassParser.Parse(type, DeclaredFor(type, cancellation), ModelCatalog.Default, cancellation);
        IEnumerable<Declarations> files = _entries.Where(other => QualifiedName(other) == QualifiedName(entry)).Select(other => other.File.Declarations);
        return ClassParser.Parse(
            ClassFinder.FactsOfMade(assembly, entry.File.ClassName, _rootNamespace, cancellation), files, ModelCatalog.Default, cancellation);
    }

    private INamedTypeSymbol? ClassOf(Entry entry) => ClassFinder.Find(assembly, entry.File.ClassName, _rootNamespace);

    private string QualifiedName(Entry entry) => ClassFinder.Qualify(entry.File.ClassName, _rootNamespace);

    private static ImmutableArray<Entry> Read(AnalyzerOptions options, Func<SourceText, JsonTree> parse, CancellationToken cancellationToken)
    {
        ImmutableArray<Entry>.Builder entries = ImmutableArray.CreateBuilder<Entry>();
        foreach (AdditionalText file in options.AdditionalFiles.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            if (!ModelsFiles.IsOne(file, options.AnalyzerConfigOptionsProvider) || file.GetText(cancellationToken) is not { } text) continue;
            entries.Add(new(file.Path, ModelsReader.Read(file.Path, parse(text))));
        }

        return entries.ToImmutable();
    }

    private sealed record Entry(string Path, ModelsFile File);
}
