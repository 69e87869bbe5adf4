namespace RouterGen.Declarations.Problems;

/// <summary>What can be wrong: a row of the table <see cref="ProblemKinds"/>.</summary>
/// <param name="Id">See <see cref="DiagnosticIds"/>.</param>
/// <param name="Category">What it is wrong with.</param>
/// <param name="Severity">How severe it is, unless the project's configuration says otherwise.</param>
/// <param name="Title">What is wrong, of any such problem.</param>
/// <param name="MessageFormat">What is wrong, of one: with places for its arguments.</param>
internal sealed record ProblemKind(string Id, string Category, ProblemSeverity Severity, string Title, string MessageFormat);

internal enum ProblemSeverity : byte
{
    Info,
    Warning,
    Error,
}
