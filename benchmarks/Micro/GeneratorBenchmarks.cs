using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RouterGen.Generator;

namespace RouterGen.Benchmarks.Micro;

/// <summary>The generator alone, without the compiler's own work; budget: 100 ms for a project, 1.5 s for 500 groups.</summary>
public class GeneratorBenchmarks
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp13);

    private CSharpCompilation _compilation = null!;
    private CSharpCompilation _edited = null!;
    private GeneratorDriver _afterFirstRun = null!;

    /// <summary>The groups of the project, each of two deployments and with a class of its own.</summary>
    [Params(1, 50, 500)]
    public int Groups { get; set; }

    /// <summary>Parses the project, runs the generator once, and edits a file that declares nothing.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<MetadataReference> references = trusted.Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path));
        SyntaxTree elsewhere = CSharpSyntaxTree.ParseText("static class Elsewhere { static int Answer() => 42; }", Parsing, "Elsewhere.cs");
        _compilation = CSharpCompilation.Create("Project", [.. Enumerable.Range(1, Groups).Select(Declare), elsewhere], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _edited = _compilation.ReplaceSyntaxTree(elsewhere, CSharpSyntaxTree.ParseText("static class Elsewhere { static int Answer() => 6 * 7; }", Parsing, "Elsewhere.cs"));
        _afterFirstRun = NewDriver(trackSteps: false).RunGenerators(_compilation);
        RequireThatNothingRunsAgain();
    }

    /// <summary>The first run on a project that the compiler has parsed.</summary>
    [Benchmark]
    public object Cold() => NewDriver(trackSteps: false).RunGenerators(_compilation.Clone());

    /// <summary>A run after an edit that has nothing to do with groups, as at each keystroke.</summary>
    [Benchmark]
    public object AfterUnrelatedEdit() => _afterFirstRun.RunGenerators(_edited.Clone());

    private static GeneratorDriver NewDriver(bool trackSteps) => CSharpGeneratorDriver.Create(
        [new RouterGenerator().AsSourceGenerator()],
        parseOptions: Parsing,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackSteps));

    private static SyntaxTree Declare(int number) => CSharpSyntaxTree.ParseText(
        $$"""
        using RouterGen;

        namespace Project;

        [ModelGroup("group-{{number}}")]
        [Deployment("anthropic/claude-haiku-4-5", Rpm = 1000)]
        [Deployment("openai/gpt-4o-mini", Rpm = 5000)]
        public static partial class Models{{number}};
        """,
        Parsing,
        $"Models{number}.cs");

    private void RequireThatNothingRunsAgain()
    {
        GeneratorRunResult first = NewDriver(trackSteps: true).RunGenerators(_compilation).GetRunResult().Results[0];
        if (first.GeneratedSources.Length < Groups) throw new InvalidOperationException($"{first.GeneratedSources.Length} files were generated for {Groups} groups.");

        GeneratorRunResult second = NewDriver(trackSteps: true).RunGenerators(_compilation).RunGenerators(_edited).GetRunResult().Results[0];
        IncrementalStepRunReason[] reasons = [.. second.TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static run => run.Outputs).Select(static output => output.Reason)];
        int again = reasons.Count(static reason => reason is not IncrementalStepRunReason.Cached);
        Console.WriteLine($"// {Groups} groups, {first.GeneratedSources.Length} files; after the unrelated edit {again} of {reasons.Length} output steps ran again.");
        if (again > 0 || reasons.Length == 0) throw new InvalidOperationException("An unrelated edit made output steps run again.");
    }
}
