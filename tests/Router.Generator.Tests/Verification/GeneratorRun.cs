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

    /// <summary>The generated files but for the codecs and the marker attribute.</summary>
    public Dictionary<string, string> Files { get; } = result.GeneratedSources.IsDefault ? [] : result.GeneratedSources
        .Where(source => !IsCodec(source) && !source.HintName.StartsWith("Microsoft.", StringComparison.Ordinal))
        .ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    public IEnumerable<string> HintNames => Result.GeneratedSources.Select(source => source.HintName);

    public IEnumerable<IncrementalGeneratorRunStep> SpecSteps => TrackingNames.All.Where(Result.TrackedSteps.ContainsKey).SelectMany(name => Result.TrackedSteps[name]);

    public static bool IsCodec(GeneratedSourceResult source) => source.HintName.StartsWith("RouterGen.Codecs.", StringComparison.Ordinal);

    /// <summary>Loads what was compiled.</summary>
    public System.Reflection.Assembly Load()
    {
        using var image = new MemoryStream();
        Assert.Empty(Compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        image.Position = 0;
        return new AssemblyLoadContext(Compilation.AssemblyName, isCollectible: true).LoadFromStream(image);
    }
}
