using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace RouterGen.Generator.Tests;

/// <summary>The package's test of a fix, on a <see cref="UserProject"/>.</summary>
internal sealed class UserCodeFixTest<TAnalyzer, TFix> : CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private string? _key;

    /// <summary>The title of the action to take for the first diagnostic; null to take none.</summary>
    public string? Title { get; init; }

    /// <summary>Gets the titles of what was offered for the first diagnostic; null if nothing was asked for.</summary>
    public List<string>? Offered { get; private set; }

    /// <summary>Fixes the first diagnostic, or all of them one by one and then at once in a file, a project and a solution.</summary>
    public static async Task<List<string>?> RunAsync(Markup file, Markup fixedFile, string? title, bool isAll, Func<Markup, GeneratorRun?> generate)
    {
        var test = new UserCodeFixTest<TAnalyzer, TFix> { Title = title };
        UserProject.Fill(test, test.TestState, [file], generate(file));
        test.TestState.ExpectedDiagnostics.AddRange(file.Expected);
        UserProject.Fill(test, test.FixedState, [fixedFile], generate(fixedFile));
        test.FixedState.ExpectedDiagnostics.AddRange(fixedFile.Expected);
        if (isAll)
        {
            UserProject.Fill(test, test.BatchFixedState, [fixedFile], generate(fixedFile));
            test.BatchFixedState.ExpectedDiagnostics.AddRange(fixedFile.Expected);
            test.NumberOfFixAllIterations = 1;
        }
        else
        {
            test.CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne | CodeFixTestBehaviors.SkipFixAllCheck;
        }

        await test.RunAsync();
        return test.Offered;
    }

    protected override ParseOptions CreateParseOptions() => Verifier.ParseOptions;

    protected override CompilationOptions CreateCompilationOptions() => Verifier.CompilationOptions;

    protected override bool IsCompilerDiagnosticIncluded(Diagnostic diagnostic, CompilerDiagnostics compilerDiagnostics) =>
        UserProject.IsUsers(diagnostic) && base.IsCompilerDiagnosticIncluded(diagnostic, compilerDiagnostics);

    // By title for the first diagnostic, and of the others those of the same kind, as an editor does that fixes all.
    protected override ImmutableArray<CodeAction> FilterCodeActions(ImmutableArray<CodeAction> actions)
    {
        Assert.Distinct(actions.Select(action => action.EquivalenceKey));
        Offered ??= [.. actions.Select(action => action.Title)];
        if (Title is null) return [];
        _key ??= Assert.Single(actions, action => action.Title == Title).EquivalenceKey;
        return [.. actions.Where(action => action.EquivalenceKey == _key)];
    }
}
