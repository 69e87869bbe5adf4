using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Diagnostics;

/// <summary>Turns problems into what the compiler reports.</summary>
internal static class ProblemReport
{
    public static Diagnostic ToDiagnostic(this DeclarationProblem problem) => Diagnostic.Create(
        DiagnosticDescriptors.Of(problem.Kind),
        problem.Place.ToLocation(),
        DiagnosticDescriptors.SeverityOf(problem.Severity),
        additionalLocations: null,
        problem.Fix is { } fix ? ImmutableDictionary<string, string?>.Empty.Add(fix.Property, fix.Value) : null,
        [.. problem.Arguments]);

    public static Location ToLocation(this Place place) => place switch
    {
        CodePlace code => code.Location,
        FilePlace file => Location.Create(file.Path, new TextSpan(file.Span.Start, file.Span.Length), new LinePositionSpan(ToCompiler(file.Start), ToCompiler(file.End))),
        _ => Location.None,
    };

    private static LinePosition ToCompiler(SourcePosition position) => new(position.Line, position.Column);
}
