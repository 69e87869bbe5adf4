using System.Collections.Immutable;
using RouterGen.Declarations.Problems;

namespace RouterGen.Generator.Tools;

/// <summary>What can be wrong with tools: the table of their messages.</summary>
internal static class ToolProblemKinds
{
    private const string Category = "RouterGen.Tools";

    public static readonly ProblemKind ClassNotExtensible = Error(
        DiagnosticIds.ToolClassNotExtensible,
        "A class with tools must be partial, not nested and not generic",
        "Class '{0}' has tools and must {1}");

    public static readonly ProblemKind ParameterNotBound = Error(
        DiagnosticIds.ToolParameterNotBound,
        "Parameter of a tool cannot be bound",
        "Parameter '{0}' of the tool '{1}' cannot be bound: {2}");

    public static readonly ProblemKind MethodNotCallable = Error(
        DiagnosticIds.ToolNotCallable,
        "Method cannot be a tool",
        "'{0}' cannot be a tool: {1}");

    public static readonly ProblemKind DuplicateTool = Error(
        DiagnosticIds.DuplicateTool,
        "Two tools have the same name",
        "Two tools of '{1}' are named '{0}': give one of them another Name");

    public static readonly ProblemKind InvalidName = Error(
        DiagnosticIds.InvalidToolName,
        "Name of a tool cannot be sent",
        "'{0}' cannot be the name of a tool: set Name to 1 to 64 letters from a to z, digits, '_' and '-'");

    public static readonly ProblemKind NoDescription = new(
        DiagnosticIds.ToolWithoutDescription, Category, ProblemSeverity.Info,
        "Tool has no description",
        "The tool '{0}' has no description, by which models choose tools: add a summary, a [Description] or Description");

    /// <summary>All of them, by ID.</summary>
    public static readonly ImmutableArray<ProblemKind> All = [ClassNotExtensible, ParameterNotBound, MethodNotCallable, DuplicateTool, InvalidName, NoDescription];

    private static ProblemKind Error(string id, string title, string message) => new(id, Category, ProblemSeverity.Error, title, message);
}
