using System.Collections.Immutable;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using RouterGen.Analyzers;

namespace RouterGen.Generator.Tests;

/// <summary>
/// Whatever is declared: the generator throws nothing (CS8785), no analyzer throws (AD0001), nothing is told twice, and
/// what is generated compiles.
/// </summary>
public class RandomDeclarationTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(DeclarationAnalyzer).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    [Fact]
    public Task Attributes() => CheckAsync(80, RandomDeclarations.Code, source => new Verifier { Sources = [source] });

    [Fact]
    public Task Files() => CheckAsync(80, RandomDeclarations.Json, json => new Verifier { Sources = ["public class Caller { }"], Files = [new UserFile(json)] });

    [Fact]
    public Task Both() => CheckAsync(
        40,
        RandomDeclarations.Code.Zip(RandomDeclarations.Json).Select(both => both.Item1 + "\0\0" + both.Item2),
        text => text.Split("\0\0") switch { var both => new Verifier { Sources = [both[0]], Files = [new UserFile(both[1]), new UserFile(both[1], "x/models.json")] } });

    // The same cases each time: a failure can be looked at again, and no build fails by chance.
    private static async Task CheckAsync(int count, Gen<string> declarations, Func<string, Verifier> project)
    {
        List<string> cases = [];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20_260_701, 7).WithQuietOnSuccess(true), Prop.ForAll(declarations.ToArbitrary(), cases.Add));
        int told = 0;
        foreach (string text in cases)
        {
            ImmutableArray<Diagnostic> reported = await VerifyAsync(project(text), text);
            told += reported.Length;
        }

        Assert.True(told > count, $"Only {told} diagnostics in {count} cases: they are not as wrong as they are meant to be.");
    }

    private static async Task<ImmutableArray<Diagnostic>> VerifyAsync(Verifier verifier, string text)
    {
        GeneratorRun run = verifier.Run(out _);
        Assert.True(run.Result.Exception is null, $"{run.Result.Exception}\n{text}");
        Assert.Empty(run.Result.Diagnostics);

        CSharpCompilation compilation = run.CompilationWithoutCodecs;
        var options = new AnalyzerOptions([.. verifier.Files], new UserOptions(null, "2026-10-22"));
        ImmutableArray<Diagnostic> reported = await compilation.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync();
        Diagnostic? thrown = reported.FirstOrDefault(diagnostic => diagnostic.Id is "AD0001");
        Assert.True(thrown is null, $"{thrown}\n{text}");
        Assert.True(
            reported.Select(diagnostic => (diagnostic.Id, diagnostic.Location, diagnostic.GetMessage(CultureInfo.InvariantCulture))).Distinct().Count() == reported.Length,
            string.Join("\n", reported) + "\n" + text);

        AssertCompiles(verifier, run, reported, text);
        return reported;
    }

    // Where the user's own files have no fault that a class could suffer from.
    private static void AssertCompiles(Verifier verifier, GeneratorRun run, ImmutableArray<Diagnostic> reported, string text)
    {
        bool isBroken = reported.Any(diagnostic => diagnostic.Id is "RG0001") || verifier.Compile().SyntaxTrees.Any(tree => tree.GetDiagnostics().Any());
        if (isBroken || verifier.Compile().GetDeclarationDiagnostics().Any(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error && diagnostic.Id is not "CS0182")) return;
        IEnumerable<string> complaints =
            from source in run.Result.GeneratedSources
            where !GeneratorRun.IsCodec(source)
            from diagnostic in run.Compilation.GetSemanticModel(source.SyntaxTree).GetDiagnostics()
            where diagnostic.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning
            select diagnostic.ToString();
        Assert.True(!complaints.Any(), string.Join("\n", complaints) + "\n" + text);
    }
}
