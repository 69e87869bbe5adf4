using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RouterGen.Declarations.Problems;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Tools;

namespace RouterGen.Analyzers;

/// <summary>Says what is wrong with tools, as the generator's reader of classes with tools finds it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ToolAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => DiagnosticDescriptors.OfTools;

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(CheckClass, SymbolKind.NamedType);
    }

    private static void CheckClass(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!ToolClassReader.ToolsOf(type).Any()) return;
        var problems = new ProblemList();
        ToolClassReader.Read(type, problems, context.CancellationToken);
        foreach (DeclarationProblem problem in problems.ToImmutable()) context.ReportDiagnostic(problem.ToDiagnostic());
    }
}
