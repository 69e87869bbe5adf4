using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Problems;
using RouterGen.Generator.Tools;

namespace RouterGen.Generator.Diagnostics;

/// <summary>What the build says: about declarations, by the table of the library that reads them, about code that uses groups, and about tools.</summary>
internal static partial class DiagnosticDescriptors
{
    /// <summary>All of them, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All => [.. OfDeclarations, .. OfUsage, .. OfTools, .. OfAnswers];

    /// <summary>Those of declarations, by ID.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> OfDeclarations = [.. ProblemKinds.All.Select(Make)];

    /// <summary>Those of tools, by ID.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> OfTools = [.. ToolProblemKinds.All.Select(Make)];

    private static readonly Dictionary<string, DiagnosticDescriptor> ByKind = OfDeclarations.Concat(OfTools).ToDictionary(descriptor => descriptor.Id);

    /// <summary>Returns the descriptor of a kind of problem.</summary>
    public static DiagnosticDescriptor Of(ProblemKind kind) => ByKind[kind.Id];

    public static DiagnosticSeverity SeverityOf(ProblemSeverity severity) => severity switch
    {
        ProblemSeverity.Error => DiagnosticSeverity.Error,
        ProblemSeverity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };

    private static DiagnosticDescriptor Make(ProblemKind kind) => Make(kind.Id, kind.Category, kind.Title, kind.MessageFormat, SeverityOf(kind.Severity));

    private static DiagnosticDescriptor Error(string id, string category, string title, string message) => Make(id, category, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string category, string title, string message) => Make(id, category, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Make(string id, string category, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(
            id, title, message, category, severity, isEnabledByDefault: true,
            helpLinkUri: $"https://github.com/routergen/routergen/blob/main/docs/diagnostics/{id}.md", customTags: tags);
}
