using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.PriceMaps;
using RouterGen.Declarations.Problems;

namespace RouterGen.Generator.Files;

/// <summary>The price maps among a project's additional files.</summary>
internal static class PriceMapFiles
{
    private const string Marker = "build_metadata.AdditionalFiles.RouterPrices";

    // The compiler gives generator and analyzers the same text, so that the file is read once for all of them.
    private static readonly ConditionalWeakTable<SourceText, PriceMapText> Known = new();

    public static bool IsOne(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue(Marker, out string? mark) && mark.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a price map says; null where the file is gone.</summary>
    public static PriceMapText? Read(AdditionalText file, CancellationToken cancellationToken) =>
        file.GetText(cancellationToken) is { } text ? Known.GetValue(text, static source => PriceMapReader.Read(source.ToString())) : null;

    /// <summary>All that a project's price maps say.</summary>
    public static PriceMap ReadAll(AnalyzerOptions options, CancellationToken cancellationToken) => PriceMap.Join(
        [.. from file in options.AdditionalFiles
            where IsOne(file, options.AnalyzerConfigOptionsProvider)
            let read = Read(file, cancellationToken)
            where read is not null
            select read.Map]);

    /// <summary>What is wrong with a price map.</summary>
    public static IEnumerable<DeclarationProblem> ProblemsIn(AdditionalText file, CancellationToken cancellationToken) =>
        file.GetText(cancellationToken) is { } text && Read(file, cancellationToken) is { HasProblems: true } read ? read.ProblemsIn(new(file.Path, text.ToString())) : [];
}
