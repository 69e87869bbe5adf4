using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.AI;
using RouterGen.Generator;

namespace RouterGen.Benchmarks.Micro;

/// <summary>What it costs to bind a call of a tool that the compiler wrote, beside one that is made by reflection. The budget is 2 µs.</summary>
public class ToolBenchmarks
{
    private const string Source = """
        #nullable enable
        using RouterGen;
        public enum Unit { Celsius, Fahrenheit }
        public record Place(string City, string? Country = null);
        public static partial class Emitted
        {
            /// <summary>Gets a temperature.</summary>
            [RouterTool] public static int Few(string city, int days = 3) => days;
            /// <summary>Gets a temperature.</summary>
            [RouterTool] public static int Many(Place place, Unit unit, string[] tags, int days = 3, bool exact = false) => days;
        }
        """;

    private readonly AIFunctionArguments _few = Arguments("""{"city":"Bern","days":5}""");
    private readonly AIFunctionArguments _many = Arguments("""{"place":{"city":"Bern","country":"CH"},"unit":"Fahrenheit","tags":["a","b","c"],"days":5,"exact":true}""");
    private readonly AIFunction _reflected = AIFunctionFactory.Create(static (string city, int days = 3) => days, "Few");
    private IReadOnlyList<AIFunction> _emitted = [];

    /// <summary>Compiles and loads the tools.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var parsing = new CSharpParseOptions(LanguageVersion.CSharp13);
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        CSharpCompilation project = CSharpCompilation.Create(
            "Tools", [CSharpSyntaxTree.ParseText(Source, parsing)], trusted.Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        CSharpGeneratorDriver.Create([new RouterGenerator().AsSourceGenerator()], parseOptions: parsing).RunGeneratorsAndUpdateCompilation(project, out Compilation compiled, out _);
        using var image = new MemoryStream();
        if (compiled.Emit(image) is { Success: false } failed) throw new InvalidOperationException(string.Join("\n", failed.Diagnostics));
        _emitted = (IReadOnlyList<AIFunction>)System.Reflection.Assembly.Load(image.ToArray()).GetType("Emitted")!.GetProperty("Tools")!.GetValue(null)!;
    }

    /// <summary>A text and a number, made by reflection.</summary>
    [Benchmark(Baseline = true)]
    public ValueTask<object?> Reflected() => _reflected.InvokeAsync(_few);

    /// <summary>A text and a number.</summary>
    [Benchmark]
    public ValueTask<object?> Few() => _emitted[0].InvokeAsync(_few);

    /// <summary>A record, an enum, a list of three, a number and a flag.</summary>
    [Benchmark]
    public ValueTask<object?> Many() => _emitted[1].InvokeAsync(_many);

    private static AIFunctionArguments Arguments(string json) =>
        new(System.Text.Json.JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(static member => member.Name, static member => (object?)member.Value));
}
