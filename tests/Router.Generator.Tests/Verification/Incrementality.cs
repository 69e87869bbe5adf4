using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Tests;

internal static class Incrementality
{
    /// <summary>Each step found its result in the cache, or came to the same one; no file was written again.</summary>
    public static void AssertNothingRanAgain(GeneratorRunResult second)
    {
        foreach (string name in TrackingNames.All.Where(second.TrackedSteps.ContainsKey))
        {
            Assert.All(second.TrackedSteps[name].SelectMany(step => step.Outputs), output =>
                Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{name}: {output.Reason}"));
        }

        AssertNothingWasWrittenAgain(second);
    }

    public static void AssertNothingWasWrittenAgain(GeneratorRunResult second) =>
        Assert.All(second.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs), output =>
            Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));

    /// <summary>Replaces text in the first file that has it, and runs the same driver again.</summary>
    public static GeneratorRunResult Edit(string old, string @new, params string[] sources)
    {
        var verifier = new Verifier { Sources = sources };
        verifier.Run(out GeneratorDriver driver);
        CSharpCompilation compilation = verifier.Compile();
        SyntaxTree tree = compilation.SyntaxTrees.First(t => t.ToString().Contains(old));
        SyntaxTree edited = tree.WithChangedText(SourceText.From(tree.ToString().Replace(old, @new)));
        return driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, edited)).GetRunResult().Results.Single();
    }

    /// <summary>Why each result of a step is what it is.</summary>
    public static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult second, string step) =>
        second.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);

    /// <summary>The hint names of the files of one step that were written again.</summary>
    public static IEnumerable<T> Changed<T>(GeneratorRunResult second, string step) =>
        from run in second.TrackedSteps[step]
        from output in run.Outputs
        where output.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New
        select (T)output.Value;
}
