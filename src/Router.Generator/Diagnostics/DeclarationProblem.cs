using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Diagnostics;

/// <summary>
/// Something wrong in a declaration, found by the parser. The generator drops it; the analyzer reports it, so that
/// <c>#pragma</c> and <c>.editorconfig</c> apply and no location reaches the generator's cache.
/// </summary>
/// <param name="Descriptor">What is wrong.</param>
/// <param name="Location">Where, as narrow as possible.</param>
/// <param name="Arguments">The arguments of the descriptor's message.</param>
/// <param name="Properties">What a code fix needs; see <see cref="DiagnosticProperties"/>.</param>
internal sealed record DeclarationProblem(
    DiagnosticDescriptor Descriptor,
    Location Location,
    ImmutableArray<object> Arguments,
    ImmutableDictionary<string, string?> Properties)
{
    /// <summary>How severe it is, unless the project's configuration says otherwise.</summary>
    public DiagnosticSeverity Severity { get; init; } = Descriptor.DefaultSeverity;

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Location, Severity, additionalLocations: null, Properties, [.. Arguments]);
}
