using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Generator.Catalog;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.JsonDeclarations;

namespace RouterGen.Generator.PriceMaps;

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
        file.GetText(cancellationToken) is { } text ? Known.GetValue(text, PriceMapReader.Read) : null;

    /// <summary>All that a project's price maps say.</summary>
    public static PriceMap ReadAll(AnalyzerOptions options, CancellationToken cancellationToken) => PriceMap.Join(
        [.. from file in options.AdditionalFiles
            where IsOne(file, options.AnalyzerConfigOptionsProvider)
            let read = Read(file, cancellationToken)
            where read is not null
            select read.Map]);

    /// <summary>What is wrong with a price map. It is somebody else's file and the build has the catalog: a warning is enough.</summary>
    public static IEnumerable<DeclarationProblem> ProblemsIn(AdditionalText file, CancellationToken cancellationToken)
    {
        if (file.GetText(cancellationToken) is not { } text || Read(file, cancellationToken) is not { } read) return [];
        var list = new ProblemList();
        var problems = new JsonProblems(new ModelsText(file.Path, text), list);
        problems.ReportSyntax(read.SyntaxErrors);
        foreach (InvalidValue value in read.InvalidValues) problems.ReportInvalid(value.Name, value.Span, value.Demand);
        return list.ToImmutable().Select(problem => problem with { Severity = DiagnosticSeverity.Warning });
    }
}
