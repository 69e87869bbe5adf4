using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Analyzers;
using RouterGen.Analyzers.Usage;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.PriceMaps;
using RouterGen.Generator;
using RouterGen.Generator.Symbols;
using RouterGen.Generator.Tests.PriceMaps;

namespace RouterGen.Benchmarks.Micro;

/// <summary>What 500 groups of 4 deployments cost to parse and to analyze, in code and in models.json; budget: 300 ms.</summary>
public class DeclarationBenchmarks
{
    private const int Groups = 500;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp13);

    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers =
    [
        new DeclarationAnalyzer(), new BlockingCallAnalyzer(), new CancellationTokenAnalyzer(), new FeatureAnalyzer(),
        new RouterPerCallAnalyzer(), new UnreadStreamAnalyzer(), new UnusedGroupAnalyzer(),
    ];

    private CSharpCompilation _inCode = null!;
    private CSharpCompilation _empty = null!;
    private GeneratorDriver _afterFirstRun = null!;
    private MemoryFile _before = null!;
    private MemoryFile _after = null!;
    private string _prices = null!;

    /// <summary>Makes the projects, and sees that typing in a file of 500 groups writes one of them again.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<MetadataReference> references = trusted.Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path));
        _empty = CSharpCompilation.Create("Project", [], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _inCode = _empty.AddSyntaxTrees(Enumerable.Range(0, Groups).Select(InCode));
        _prices = SyntheticPriceMap.Text();

        _before = new MemoryFile(InJson(rpmOfLast: 1));
        _after = new MemoryFile(InJson(rpmOfLast: 2));
        _afterFirstRun = NewDriver(trackSteps: false).RunGenerators(_empty);
        GeneratorRunResult edited = NewDriver(trackSteps: true).RunGenerators(_empty).ReplaceAdditionalText(_before, _after).RunGenerators(_empty).GetRunResult().Results[0];
        int written = edited.TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static run => run.Outputs)
            .Count(static output => output.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New);
        Console.WriteLine($"// {edited.GeneratedSources.Length} files; typing in one group of models.json wrote {written} of them again.");
        if (written != 1) throw new InvalidOperationException("Typing in one group of models.json wrote more than that group again.");
    }

    /// <summary>The parser over all classes of a compilation that nobody has asked anything yet.</summary>
    [Benchmark]
    public int Parse() => Classes(_inCode.Clone()).Sum(static type => SymbolParser.Parse(type, ModelCatalog.Default, CancellationToken.None).Spec!.Groups.Count);

    /// <summary>What the compiler itself needs before the parser can ask: the classes and their attributes.</summary>
    [Benchmark(Baseline = true)]
    public int BindOnly() => Classes(_inCode.Clone()).Sum(static type => type.GetAttributes().Sum(static attribute => attribute.NamedArguments.Length));

    /// <summary>All analyzers over that compilation, with what the compiler does for them.</summary>
    [Benchmark]
    public Task<ImmutableArray<Diagnostic>> Analyze() => _inCode.Clone().WithAnalyzers(_analyzers).GetAnalyzerDiagnosticsAsync();

    /// <summary>The generator's run after an edit of one group among 500 in models.json.</summary>
    [Benchmark]
    public object TypingInModelsJson() => _afterFirstRun.ReplaceAdditionalText(_before, _after).RunGenerators(_empty);

    /// <summary>A price map of 2,800 models, read anew.</summary>
    [Benchmark]
    public object ReadPriceMap() => PriceMapReader.Read(_prices);

    private static IEnumerable<INamedTypeSymbol> Classes(Compilation compilation) => compilation.GetSymbolsWithName(static _ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>();

    private GeneratorDriver NewDriver(bool trackSteps) => CSharpGeneratorDriver.Create(
        [new RouterGenerator().AsSourceGenerator()],
        additionalTexts: [_before],
        parseOptions: Parsing,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackSteps));

    private static SyntaxTree InCode(int number) => CSharpSyntaxTree.ParseText(
        $$"""
        using RouterGen;

        namespace Project;

        [ModelGroup("group-{{number}}")]
        [Deployment("anthropic/claude-haiku-4-5", Rpm = 1000)]
        [Deployment("openai/gpt-4o-mini", Rpm = 5000)]
        [Deployment("groq/llama-3.3-70b-versatile", Weight = 2)]
        [Deployment("deepseek/deepseek-chat", MaxConcurrency = 20)]
        public static partial class Models{{number}};
        """,
        Parsing,
        $"Models{number}.cs");

    private static string InJson(int rpmOfLast) => string.Create(CultureInfo.InvariantCulture, $$"""
        { "groups": {
        {{string.Join(",\n", Enumerable.Range(0, Groups).Select(number => $$"""
            "group-{{number}}": { "deployments": [
              { "model": "anthropic/claude-haiku-4-5", "rpm": 1000 },
              { "model": "openai/gpt-4o-mini", "rpm": 5000 },
              { "model": "groq/llama-3.3-70b-versatile", "weight": 2 },
              { "model": "deepseek/deepseek-chat", "rpm": {{(number == Groups - 1 ? rpmOfLast : 7)}} }
            ] }
        """))}}
        } }
        """);

    private sealed class MemoryFile(string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text);

        public override string Path => "models.json";

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
