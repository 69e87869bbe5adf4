using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Generator.Catalog;
using RouterGen.Generator.Catalog.Providers;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Json;
using RouterGen.Generator.ModelsJson;
using RouterGen.Generator.Parsing;
using RouterGen.Generator.PriceMaps;

namespace RouterGen.Analyzers;

/// <summary>The models.json files of a compilation, and the classes for which they declare.</summary>
internal sealed class ProjectModels
{
    private readonly IAssemblySymbol _assembly;
    private readonly string _rootNamespace;
    private readonly ModelCatalog _catalog;
    private readonly string? _asOf;
    private readonly List<FileOfClass> _entries = [];

    /// <param name="assembly">The user's assembly.</param>
    /// <param name="options">The project's files and options.</param>
    /// <param name="parse">Gives a text's tree, or remembers it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ProjectModels(IAssemblySymbol assembly, AnalyzerOptions options, Func<SourceText, JsonTree> parse, CancellationToken cancellationToken)
    {
        _assembly = assembly;
        _rootNamespace = ModelsFiles.RootNamespace(options.AnalyzerConfigOptionsProvider);
        _catalog = ModelCatalog.Default.With(PriceMapFiles.ReadAll(options, cancellationToken));
        _asOf = BuildDay.Of(options.AnalyzerConfigOptionsProvider);
        foreach (AdditionalText text in options.AdditionalFiles.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            if (!ModelsFiles.IsOne(text, options.AnalyzerConfigOptionsProvider) || text.GetText(cancellationToken) is not { } source) continue;
            ModelsFile file = ModelsReader.Read(text.Path, parse(source));
            _entries.Add(new(text.Path, file, ClassFinder.Find(assembly, file.ClassName, _rootNamespace)));
        }
    }

    /// <summary>All that is declared for a class of the user's, in code and in files; null where nothing is.</summary>
    public ParsedClass? Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        ImmutableArray<Declarations> files = DeclaredFor(type);
        return files.IsEmpty && !ClassParser.DeclaresAnything(type, cancellationToken)
            ? null
            : ClassParser.Parse(type, files, _catalog, _asOf, cancellationToken);
    }

    private ImmutableArray<Declarations> DeclaredFor(INamedTypeSymbol type) =>
        [.. _entries.Where(entry => SymbolEqualityComparer.Default.Equals(entry.Class, type)).Select(entry => entry.File.Declarations)];

    /// <summary>All that is wrong in a file, with the class for which it declares.</summary>
    public IEnumerable<DeclarationProblem> ProblemsIn(AdditionalText text, CancellationToken cancellationToken)
    {
        if (_entries.FirstOrDefault(entry => entry.Path == text.Path) is not { } file) return [];
        IEnumerable<DeclarationProblem> ofClass = ParseClass(file, cancellationToken).Problems
            .Where(problem => problem.Location.Kind is LocationKind.ExternalFile && problem.Location.GetLineSpan().Path == file.Path);
        return file.File.Problems.Concat(ofClass);
    }

    private ParsedClass ParseClass(FileOfClass file, CancellationToken cancellationToken)
    {
        if (file.Class is { } type) return ClassParser.Parse(type, DeclaredFor(type), _catalog, _asOf, cancellationToken);
        return ClassParser.Parse(
            ClassFinder.FactsOfMade(_assembly, file.File.ClassName, _rootNamespace, cancellationToken),
            _entries.Where(other => QualifiedName(other) == QualifiedName(file)).Select(other => other.File.Declarations),
            _catalog,
            _asOf,
            cancellationToken);
    }

    private string QualifiedName(FileOfClass entry) => ClassFinder.Qualify(entry.File.ClassName, _rootNamespace);

    /// <param name="Path">The file's path.</param>
    /// <param name="File">What it says.</param>
    /// <param name="Class">The user's class for which it declares; null where the generator makes it.</param>
    private sealed record FileOfClass(string Path, ModelsFile File, INamedTypeSymbol? Class);
}
