using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace RouterGen.Generator.Tests;

/// <summary>
/// What the tests of the compiler's testing packages are given: a user's project, with what is generated from it but for
/// the codecs. The generator runs outside the package, which would check the codecs anew in each test.
/// </summary>
internal static class UserProject
{
    // Named, but not looked for: a user's project refers to what these tests themselves run on.
    public static readonly ReferenceAssemblies Framework = new("net10.0");

    private static readonly Regex BuildDay = new("// Built on ([^ \r\n]+)");

    /// <summary>
    /// Returns the day of the build that a comment in one of the files states, such as <c>Built on 2026-07-01</c>, or null.
    /// </summary>
    public static string? BuildDayOf(IEnumerable<string> files) => files.Select(text => BuildDay.Match(text)).FirstOrDefault(match => match.Success)?.Groups[1].Value;

    /// <summary>Makes a project of the user's files and of what was generated from them.</summary>
    public static void Fill(AnalyzerTest<DefaultVerifier> test, SolutionState state, IEnumerable<Markup> files, GeneratorRun? run)
    {
        test.ReferenceAssemblies = Framework;
        state.MarkupHandling = MarkupMode.None; // Done already.
        state.InheritanceMode = StateInheritanceMode.Explicit;
        state.AdditionalReferences.AddRange(Verifier.References);
        foreach (Markup file in files)
        {
            if (file.Path.EndsWith(".cs", StringComparison.Ordinal)) state.Sources.Add((file.Path, file.Source));
            else state.AdditionalFiles.Add((file.Path, file.Source));
        }

        // A file that says itself where a warning is shown is not asked to be silent as a whole.
        if (files.Any(file => file.Source.Contains("#pragma warning", StringComparison.Ordinal))) test.TestBehaviors |= TestBehaviors.SkipSuppressionCheck;
        foreach (GeneratedSourceResult generated in run?.SourcesWithoutCodecs ?? []) state.Sources.Add((generated.HintName, generated.SourceText));
        if (BuildDayOf(files.Select(file => file.Source)) is { } day)
        {
            state.AnalyzerConfigFiles.Add(("/.globalconfig", $"is_global = true\nbuild_property.RouterGenAsOf = {day}\n"));
        }
    }

    /// <summary>
    /// Returns whether a diagnostic of the compiler is the user's own. Not those in generated code, which lacks the codecs
    /// here and which <see cref="Verifier"/> checks; nor CS0260, which says of a class without <c>partial</c> what RG0001 says.
    /// </summary>
    public static bool IsUsers(Diagnostic diagnostic) => diagnostic.Id is not "CS0260" && !IsGenerated(diagnostic);

    /// <summary>Returns whether a diagnostic is in generated code.</summary>
    public static bool IsGenerated(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) is true;
}
