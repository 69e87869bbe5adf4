using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Names;

namespace RouterGen.Generator.Files;

/// <summary>Tells which of a project's additional files declare models.</summary>
internal static class ModelsFiles
{
    private const string FileName = "models.json";
    private const string Marker = "build_metadata.AdditionalFiles.RouterModels";
    private const string RootNamespaceProperty = "build_property.RootNamespace";

    public static bool IsOne(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue(Marker, out string? mark) && mark.Length > 0
            ? mark.Equals("true", StringComparison.OrdinalIgnoreCase)
            : Path.GetFileName(file.Path).Equals(FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The project's root namespace, as a namespace; empty where it has none.</summary>
    public static string RootNamespace(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(RootNamespaceProperty, out string? stated) ? Identifiers.Namespace(stated) : "";

    /// <summary>What the generator keeps of a file; null where it is gone, or of another program.</summary>
    public static ModelsFileSnapshot? Snapshot(AdditionalText file, CancellationToken cancellationToken)
    {
        if (file.GetText(cancellationToken) is not { } text) return null;
        ModelsFile read = ModelsReader.Read(new(file.Path, text.ToString()));
        return read.IsForeign ? null : new(file.Path, read.ClassName, read.Declarations.ToSnapshot());
    }
}
