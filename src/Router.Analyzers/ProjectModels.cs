using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Json;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Parsing;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Generator.Files;
using RouterGen.Generator.Symbols;

namespace RouterGen.Analyzers;

/// <summary>The models.json files and price maps of a compilation, and the classes for which they declare. The files are read when they are first asked for.</summary>
internal sealed class ProjectModels
{
    // The compiler remembers a text's tree by this instance, for all analyzers and from one compilation to the next.
    private static readonly SourceTextValueProvider<JsonTree> Trees = new(static text => JsonTree.Parse(text.ToString()));

    private readonly IAssemblySymbol _assembly;
    private readonly string _rootNamespace;
    private readonly Lazy<ModelCatalog> _catalog;
    private readonly string? _asOf;
    private readonly Lazy<ImmutableArray<FileOfClass>> _files;

    /// <param name="assembly">The user's assembly.</param>
    /// <param name="options">The project's files and options.</param>
    /// <param name="remembered">Gives the tree of a text that the compiler remembers; null where it remembers none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ProjectModels(
        IAssemblySymbol assembly, AnalyzerOptions options, Func<SourceText, SourceTextValueProvider<JsonTree>, JsonTree?> remembered, CancellationToken cancellationToken)
    {
        _assembly = assembly;
        _rootNamespace = ModelsFiles.RootNamespace(options.AnalyzerConfigOptionsProvider);
        _catalog = new(() => ModelCatalog.Default.With(PriceMapFiles.ReadAll(options, cancellationToken)));
        _asOf = BuildDay.Of(options.AnalyzerConfigOptionsProvider);
        _files = new(() => Read(options, text => remembered(text, Trees) ?? JsonTree.Parse(text.ToString()), cancellationToken));
    }

    /// <summary>Whether code or a file declares anything for a class of the user's.</summary>
    public bool Declares(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        SymbolParser.DeclaresAnything(type) || !FilesFor(type).IsEmpty;

    /// <summary>All that is declared for a class, in code and in files, be it the user's or made by the generator; null where nothing is.</summary>
    public ParsedClass? Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (GeneratedCode.Is(type)) return _files.Value.FirstOrDefault(file => IsMadeFor(type, file)) is { } made ? ParseClass(made, cancellationToken) : null;
        return Declares(type, cancellationToken)
            ? SymbolParser.Parse(type, FilesFor(type), _catalog.Value, _asOf, cancellationToken)
            : null;
    }

    /// <summary>The declaration of a group of a class of the user's, in code or else in a file; null where there is none.</summary>
    public DeclaredArguments? FindGroup(INamedTypeSymbol type, string name, CancellationToken cancellationToken) =>
        new AttributeReader(type, cancellationToken).Read(DeclarationKind.Group)
            .Concat(FilesFor(type).SelectMany(file => file.Groups))
            .FirstOrDefault(group => group.Text("Name") == name);

    /// <summary>All that is wrong in a file, with the class for which it declares.</summary>
    public IEnumerable<DeclarationProblem> ProblemsIn(AdditionalText text, CancellationToken cancellationToken)
    {
        if (_files.Value.FirstOrDefault(entry => entry.Path == text.Path) is not { } file) return [];
        if (file.File.IsForeign) return file.File.Problems;
        IEnumerable<DeclarationProblem> ofClass = ParseClass(file, cancellationToken).Problems
            .Where(problem => problem.Place is FilePlace && problem.Place.Path == file.Path);
        return file.File.Problems.Concat(ofClass);
    }

    private ImmutableArray<FileOfClass> Read(AnalyzerOptions options, Func<SourceText, JsonTree> parse, CancellationToken cancellationToken)
    {
        ImmutableArray<FileOfClass>.Builder files = ImmutableArray.CreateBuilder<FileOfClass>();
        foreach (AdditionalText text in options.AdditionalFiles.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            if (!ModelsFiles.IsOne(text, options.AnalyzerConfigOptionsProvider) || text.GetText(cancellationToken) is not { } source) continue;
            JsonTree tree = parse(source);
            ModelsFile file = ModelsReader.Read(new(text.Path, tree.Text), tree);
            files.Add(new(text.Path, file, file.IsForeign ? null : ClassFinder.Find(_assembly, file.ClassName, _rootNamespace)));
        }

        return files.ToImmutable();
    }

    private ImmutableArray<DeclarationSource> FilesFor(INamedTypeSymbol type) =>
        [.. _files.Value.Where(file => SymbolEqualityComparer.Default.Equals(file.Class, type)).Select(file => file.File.Declarations)];

    private ParsedClass ParseClass(FileOfClass file, CancellationToken cancellationToken)
    {
        if (file.Class is { } type) return SymbolParser.Parse(type, FilesFor(type), _catalog.Value, _asOf, cancellationToken);
        List<DeclarationSource> files = [.. _files.Value.Where(other => QualifiedName(other) == QualifiedName(file)).Select(other => other.File.Declarations)];
        return ClassParser.Parse(
            ClassReader.FactsOfMade(file.File.ClassName, _rootNamespace, _assembly, cancellationToken)
                .With(UserTypes.Find(files.SelectMany(other => other.UserTypes), _assembly, bearer: null)),
            files,
            _catalog.Value,
            _asOf,
            new ProblemList(),
            cancellationToken);
    }

    private bool IsMadeFor(INamedTypeSymbol type, FileOfClass file) =>
        file.Class is null && SymbolEqualityComparer.Default.Equals(_assembly.GetTypeByMetadataName(QualifiedName(file)), type);

    private string QualifiedName(FileOfClass file) => MadeClass.Qualify(file.File.ClassName, _rootNamespace);

    /// <param name="Path">The file's path.</param>
    /// <param name="File">What it says.</param>
    /// <param name="Class">The user's class for which it declares; null where the generator makes it.</param>
    private sealed record FileOfClass(string Path, ModelsFile File, INamedTypeSymbol? Class);
}
