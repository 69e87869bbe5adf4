using System.Collections.Immutable;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Json;
using RouterGen.Declarations.JsonDeclarations;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.PriceMaps;

/// <summary>What a price map says, and what is wrong with it.</summary>
/// <param name="Map">What it says; nothing where its syntax is wrong.</param>
/// <param name="SyntaxErrors">What is no JSON.</param>
/// <param name="InvalidValues">What has another type or value than it should, which is taken as not stated.</param>
internal sealed record PriceMapText(PriceMap Map, ImmutableArray<JsonError> SyntaxErrors, ImmutableArray<InvalidValue> InvalidValues)
{
    public bool HasProblems => !SyntaxErrors.IsEmpty || !InvalidValues.IsEmpty;

    /// <summary>Returns what is wrong, for people. The map is another author's and the build has the catalog: a warning is enough.</summary>
    public IEnumerable<DeclarationProblem> ProblemsIn(SourceFile file)
    {
        var list = new ProblemList();
        var problems = new JsonProblems(file, list);
        problems.ReportSyntax(SyntaxErrors);
        foreach (InvalidValue value in InvalidValues) problems.ReportInvalid(value.Name, value.Span, value.Demand);
        return list.ToImmutable().Select(problem => problem with { Severity = ProblemSeverity.Warning });
    }
}

/// <summary>A value of the wrong type or out of range.</summary>
/// <param name="Name">What it is the value of.</param>
/// <param name="Span">Where it is.</param>
/// <param name="Demand">What it should be.</param>
internal sealed record InvalidValue(string Name, SourceSpan Span, string Demand);
