using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Problems;

namespace RouterGen.Generator.Answers;

/// <summary>What is wrong with a structured answer. Only the analyzer keeps it.</summary>
internal sealed record AnswerProblem(DiagnosticDescriptor Descriptor, Location? Location, params string[] Arguments)
{
    /// <summary>Gets whether nothing can be emitted.</summary>
    public bool IsError => Descriptor.DefaultSeverity is DiagnosticSeverity.Error;

    /// <summary>Gets whether the word <c>partial</c> mends it.</summary>
    public bool MissesPartial { get; init; }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptor,
        Location,
        MissesPartial ? ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Missing, "partial") : null,
        [.. Arguments]);
}
