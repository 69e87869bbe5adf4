using System.Collections.Immutable;
using System.Globalization;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Problems;

/// <summary>
/// Something wrong in a declaration, found by the parser. The generator drops it; the analyzer reports it, so that
/// <c>#pragma</c> and <c>.editorconfig</c> apply and no place reaches the generator's cache.
/// </summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Place">Where, as narrow as possible.</param>
/// <param name="Arguments">The arguments of the message.</param>
/// <param name="Fix">What a code fix needs; null where there is nothing to offer.</param>
internal sealed record DeclarationProblem(ProblemKind Kind, Place Place, ImmutableArray<object> Arguments, ProblemFix? Fix)
{
    /// <summary>Gets how severe it is, unless the project's configuration says otherwise.</summary>
    public ProblemSeverity Severity { get; init; } = Kind.Severity;

    /// <summary>Gets what is wrong, for people.</summary>
    public string Message => string.Format(CultureInfo.InvariantCulture, Kind.MessageFormat, [.. Arguments]);
}

/// <summary>What a code fix needs.</summary>
/// <param name="Property">What it is: see <see cref="DiagnosticProperties"/>.</param>
/// <param name="Value">The text itself.</param>
internal sealed record ProblemFix(string Property, string Value);
