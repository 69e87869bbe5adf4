using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Declarations.Specs;

namespace RouterGen.Generator.Tests;

/// <summary>
/// LiteLLM configurations of the kinds that are published, each with what it comes to: groups with their deployments and
/// fallbacks, and what is said of it. Where they build in LiteLLM they build here.
/// </summary>
public class FoundConfigurationTests
{
    [Theory]
    [MemberData(nameof(FoundConfigurations.Names), MemberType = typeof(FoundConfigurations))]
    public void It_comes_to_what_it_means(string name)
    {
        FoundConfiguration found = FoundConfigurations.All.Single(configuration => configuration.Name == name);
        ReadModels read = ModelsProject.Read([new SourceFile("models.json", found.Json)], ModelCatalog.Default, asOf: null, TestContext.Current.CancellationToken);

        Assert.Equal(Lines(found.Problems), read.Problems.Select(problem => $"{problem.Kind.Id} {problem.Message}").Where(IsAboutTheConfiguration));
        Assert.Equal(Lines(found.Groups), read.Classes.SelectMany(models => models.Groups).Select(Show));
        Assert.Equal(found.Builds, read.Problems.All(problem => problem.Kind.Severity is not ProblemSeverity.Error));
    }

    [Theory]
    [MemberData(nameof(FoundConfigurations.Names), MemberType = typeof(FoundConfigurations))]
    public void What_is_generated_compiles(string name)
    {
        FoundConfiguration found = FoundConfigurations.All.Single(configuration => configuration.Name == name);
        if (!found.Builds) return;
        GeneratorRun run = new Verifier { Sources = [""], Files = [new UserFile(found.Json)] }.Run(out _);

        Assert.DoesNotContain(run.Compilation.GetDiagnostics(), static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error);
        Assert.Equal(Lines(found.Groups).Count(), run.Files.Keys.Count(file => file.StartsWith("Models.", StringComparison.Ordinal) && file is not "Models.g.cs"));
    }

    // One place, one provider and prices are judged as anywhere, and change with the catalog.
    private static bool IsAboutTheConfiguration(string problem) => !problem.StartsWith("RG0011", StringComparison.Ordinal) && !problem.StartsWith("RG010", StringComparison.Ordinal) && !problem.StartsWith("RG0115", StringComparison.Ordinal);

    private static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Show(GroupSpec group)
    {
        string deployments = string.Join(", ", group.Deployments.Select(deployment =>
            $"{(deployment.Settings.IsShadow ? "shadow " : "")}{deployment.ModelName} at {deployment.Connection.Endpoint} with {deployment.Connection.KeyVariable ?? "no key"}"));
        string fallbacks = string.Concat(group.Fallbacks.Select(fallback => $"; {fallback.Occasion}: {string.Join(", ", fallback.Groups)}"));
        return $"{group.Name}: {deployments}{fallbacks}".TrimEnd();
    }
}

/// <summary>A configuration.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Json">It, as JSON.</param>
/// <param name="Groups">A line for each group.</param>
/// <param name="Problems">A line for each problem.</param>
internal sealed record FoundConfiguration(string Name, string Json, string Groups, string Problems)
{
    public bool Builds { get; init; } = true;
}
