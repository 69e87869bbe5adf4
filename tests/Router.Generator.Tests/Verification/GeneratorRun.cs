using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RouterGen.Generator.Tests;

/// <summary>What one run of the generator made.</summary>
internal sealed class GeneratorRun(GeneratorRunResult result, CSharpCompilation compilation)
{
    public GeneratorRunResult Result { get; } = result;

    /// <summary>The user's files with the generated ones.</summary>
    public CSharpCompilation Compilation { get; } = compilation;

    /// <summary>The user's files with the generated ones but for the codecs, for checks that would take their time over those for nothing.</summary>
    public CSharpCompilation CompilationWithoutCodecs => Compilation.RemoveSyntaxTrees(Result.GeneratedSources.Where(IsCodec).Select(source => source.SyntaxTree));

    /// <summary>The generated files but for the codecs.</summary>
    public IEnumerable<GeneratedSourceResult> SourcesWithoutCodecs => Result.GeneratedSources.Where(source => !IsCodec(source));

    /// <summary>The files of classes and groups: the generated ones but for constants, codecs and the marker attribute.</summary>
    public Dictionary<string, string> Files { get; } = TextsOf(result, source =>
        !IsCodec(source) && !source.HintName.StartsWith(ConstantsPrefix, StringComparison.Ordinal) && !source.HintName.StartsWith("Microsoft.", StringComparison.Ordinal));

    /// <summary>The files of constants, by the names of their structs.</summary>
    public Dictionary<string, string> Constants { get; } = TextsOf(result, source => source.HintName.StartsWith(ConstantsPrefix, StringComparison.Ordinal))
        .ToDictionary(file => file.Key[ConstantsPrefix.Length..^".g.cs".Length], file => file.Value);

    public IEnumerable<string> HintNames => Result.GeneratedSources.Select(source => source.HintName);

    public IEnumerable<IncrementalGeneratorRunStep> SpecSteps => TrackingNames.All.Where(Result.TrackedSteps.ContainsKey).SelectMany(name => Result.TrackedSteps[name]);

    private const string ConstantsPrefix = "RouterGen.Codecs.Constants.";

    public static bool IsCodec(GeneratedSourceResult source) =>
        source.HintName.StartsWith("RouterGen.Codecs.", StringComparison.Ordinal) && !source.HintName.StartsWith(ConstantsPrefix, StringComparison.Ordinal);

    /// <summary>Loads what was compiled.</summary>
    public System.Reflection.Assembly Load()
    {
        using var image = new MemoryStream();
        Assert.Empty(Compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        image.Position = 0;
        return new AssemblyLoadContext(Compilation.AssemblyName, isCollectible: true).LoadFromStream(image);
    }

    private static Dictionary<string, string> TextsOf(GeneratorRunResult result, Func<GeneratedSourceResult, bool> which) =>
        result.GeneratedSources.IsDefault ? [] : result.GeneratedSources.Where(which).ToDictionary(source => source.HintName, source => source.SourceText.ToString());
}
