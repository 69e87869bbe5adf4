using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RouterGen.Generator;

namespace RouterGen.Benchmarks.ColdBuild;

/// <summary>
/// What the compiler's own work on one more group costs, in CPU: the slope of a line through projects of several sizes. They
/// hold the emitted files as ordinary source, so neither the generator nor an analyzer runs, and all have one group at least,
/// so that the codecs are in each of them. Measured with a new process of the compiler each time, and in this process,
/// where the compiler becomes warm.
/// </summary>
internal static class GroupSlope
{
    private static readonly int[] Sizes = [0, 100, 200, 400];
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp13);

    /// <summary>Prints both slopes.</summary>
    /// <param name="rounds">How often each size is compiled: so often by new processes, five times so often in this one.</param>
    public static void Measure(int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("coldbuild-slope").FullName;
        try
        {
            Project[] projects = [.. Sizes.Select(size => Emit(Path.Combine(folder, size.ToString(CultureInfo.InvariantCulture)), size + 1))];
            string[] arguments = [.. projects.Select(project => project.Arguments(false, false))];
            string[][] texts = [.. projects.Select(project => project.Sources.Select(File.ReadAllText).ToArray())];
            Console.WriteLine($"Lines of source: {string.Join(", ", texts.Select((files, i) => $"{files.Sum(text => text.AsSpan().Count('\n')):N0} for {Sizes[i]} further groups"))}");
            Report("the compiler alone, a new process each time", TakeTurns(rounds, i => Compiler.Run(arguments[i]).Cpu));

            MetadataReference[] references = [.. Project.References.Select(path => MetadataReference.CreateFromFile(path))];
            double[][] all = TakeTurns(5 * rounds, i => CpuOf(() => Compile(texts[i], references)));
            Report("in one process, the later half of the rounds", all[(all.Length / 2)..]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A project with what the generator makes of it as ordinary files.
    private static Project Emit(string folder, int groups)
    {
        var project = new Project(folder, groups);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Project",
            project.Sources.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), ParseOptions)),
            Project.References.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new RouterGenerator().AsSourceGenerator()], parseOptions: ParseOptions).RunGenerators(compilation);
        foreach (GeneratedSourceResult source in driver.GetRunResult().Results.Single().GeneratedSources)
        {
            File.WriteAllText(Path.Combine(folder, source.HintName.Replace('/', '.')), source.SourceText.ToString());
        }

        return project;
    }

    // The sizes in turn, in rotating order; each round's figures by size.
    private static double[][] TakeTurns(int rounds, Func<int, double> measure)
    {
        for (int i = 0; i < Sizes.Length; i++) measure(i);
        var figures = new double[rounds][];
        for (int round = 0; round < rounds; round++)
        {
            figures[round] = new double[Sizes.Length];
            for (int i = 0; i < Sizes.Length; i++) figures[round][(round + i) % Sizes.Length] = measure((round + i) % Sizes.Length);
        }

        return figures;
    }

    private static void Compile(string[] texts, MetadataReference[] references)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Project",
            texts.Select(text => CSharpSyntaxTree.ParseText(text, ParseOptions)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, deterministic: true));
        if (compilation.Emit(Stream.Null) is { Success: false } result) throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Take(5)));
    }

    private static double CpuOf(Action action)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        action();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    private static void Report(string what, double[][] rounds)
    {
        double[] medians = [.. Sizes.Select((_, i) => Median(rounds.Select(round => round[i])))];
        double[] slopes = [.. rounds.Select(Slope)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CPU, {what}: {Slope(medians):F1} ms a group; by round {slopes.Min():F1} … {slopes.Max():F1} ({rounds.Length} rounds)"));
        for (int i = 0; i < Sizes.Length; i++) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Sizes[i],4} further groups{medians[i],8:F0} ms"));
    }

    // Least squares.
    private static double Slope(double[] values)
    {
        double size = Sizes.Average(), value = values.Average();
        return Sizes.Select((x, i) => (x - size) * (values[i] - value)).Sum() / Sizes.Sum(x => (x - size) * (x - size));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
