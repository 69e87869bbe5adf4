using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RouterGen.Generator.Tests;

/// <summary>
/// Source in, generated files out, and in between all that must hold of any run: nothing thrown, no error, no warning in
/// what was emitted, nothing done again after an unrelated edit, nothing of the compiler kept in the cache.
/// The package of the compiler for tests of generators keeps neither the run nor its steps, and checks the codecs in each test:
/// <see cref="UserGeneratorTest"/> uses it for what is checked in.
/// </summary>
internal sealed class Verifier
{
    // What packages of RouterGen bring that pages of docs/ show: a project that refers to it gets what reads its exceptions.
    private static readonly string[] Libraries = ["Azure.", "System.ClientModel."];

    /// <summary>What a user's project refers to.</summary>
    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("RouterGen.", StringComparison.Ordinal) || Path.GetFileName(path) is "RouterGen.dll" or "RouterGen.Telemetry.dll")
            .Where(path => !Array.Exists(Libraries, library => Path.GetFileName(path).StartsWith(library, StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The user's files.</summary>
    public required string[] Sources { get; init; }

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    /// <summary>Whether the codecs are checked too, line by line. One test that does is enough.</summary>
    public bool WithCodecs { get; init; }

    public string AssemblyName { get; init; } = "User";

    /// <summary>Whether it begins with statements.</summary>
    public bool IsProgram { get; init; }

    /// <summary>Packages that the user's project refers to besides.</summary>
    public MetadataReference[] Packages { get; init; } = [];

    /// <summary>The project's additional files.</summary>
    public UserFile[] Files { get; init; } = [];

    public string? RootNamespace { get; init; }

    /// <summary>The IDs of the problems that the declarations have, in their order; none by default.</summary>
    public string[] Problems { get; init; } = [];

    /// <summary>What the build tells the compiler of the project and its files.</summary>
    public UserOptions Options => new(RootNamespace);

    /// <summary>Runs the generator on valid source and verifies all.</summary>
    public static GeneratorRun Verify(params string[] sources) => new Verifier { Sources = sources }.Verify();

    /// <summary>The same on source with problems that do not stop the generator.</summary>
    public static GeneratorRun VerifyDespite(string[] problems, params string[] sources) => new Verifier { Sources = sources, Problems = problems }.Verify();

    /// <summary>Runs the generator on source that does not compile: it must not throw, and nothing else is asked of it.</summary>
    public static GeneratorRun RunOnBroken(params string[] sources)
    {
        Verifier verifier = new() { Sources = sources };
        GeneratorRun run = verifier.Run(out _);
        Assert.Null(run.Result.Exception);
        Assert.Empty(run.Result.Diagnostics);
        return run;
    }

    public GeneratorRun Verify()
    {
        GeneratorRun run = Run(out GeneratorDriver driver);
        Assert.Null(run.Result.Exception);
        Assert.Empty(run.Result.Diagnostics);
        AssertProblems();
        AssertCompiles(run);
        Assert.All(run.SpecSteps.SelectMany(step => step.Outputs), output => SpecGraph.AssertClean(output.Value));

        CSharpCompilation edited = Compile().AddSyntaxTrees(Parse("internal sealed class Unrelated;", "Unrelated.cs"));
        Incrementality.AssertNothingRanAgain(driver.RunGenerators(edited).GetRunResult().Results.Single());
        return run;
    }

    /// <summary>Runs the generator once.</summary>
    public GeneratorRun Run(out GeneratorDriver driver)
    {
        CSharpCompilation compilation = Compile();
        driver = CSharpGeneratorDriver.Create(
                [new RouterGenerator().AsSourceGenerator()],
                additionalTexts: Files,
                parseOptions: ParseOptions,
                optionsProvider: Options,
                driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true))
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        return new GeneratorRun(driver.GetRunResult().Results.Single(), (CSharpCompilation)updated);
    }

    /// <summary>The user's files alone.</summary>
    public CSharpCompilation Compile() => CSharpCompilation.Create(
        AssemblyName,
        Sources.Select((source, i) => Parse(source, $"User{i}.cs")),
        [.. References, .. Packages],
        CompilationOptions.WithNullableContextOptions(Nullable).WithOutputKind(IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));

    public static CSharpCompilationOptions CompilationOptions { get; } =
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999);

    // The lowest C# that is supported. Documentation is diagnosed, as in a project that generates a documentation file.
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    // The analyzer reports what the generator passes over in silence.
    private void AssertProblems()
    {
        ImmutableArray<Diagnostic> found = AnalyzerVerifier.AnalyzeAsync(Compile(), this).GetAwaiter().GetResult();
        string[] ids = [.. found.Select(problem => problem.Id)];
        Assert.True(ids.SequenceEqual(Problems), $"Problems = [{string.Join(", ", ids.Select(id => $"\"{id}\""))}] is what the declarations have:\n{string.Join("\n", found)}");
    }

    private void AssertCompiles(GeneratorRun run)
    {
        HashSet<SyntaxTree> codecs = [.. run.Result.GeneratedSources.Where(GeneratorRun.IsCodec).Select(source => source.SyntaxTree)];
        HashSet<SyntaxTree> generated = [.. run.Result.GeneratedSources.Select(source => source.SyntaxTree)];
        IEnumerable<Diagnostic> diagnostics = WithCodecs
            ? run.Compilation.GetDiagnostics()
            : run.Compilation.SyntaxTrees.Where(tree => !codecs.Contains(tree)).SelectMany(tree => run.Compilation.GetSemanticModel(tree).GetDiagnostics());
        IEnumerable<string> complaints =
            from diagnostic in diagnostics
            where diagnostic.Severity is DiagnosticSeverity.Error
                || (diagnostic.Severity is DiagnosticSeverity.Warning && diagnostic.Location.SourceTree is { } tree && generated.Contains(tree))
            select diagnostic.ToString();
        Assert.True(!complaints.Any(), string.Join("\n", complaints));
    }
}
