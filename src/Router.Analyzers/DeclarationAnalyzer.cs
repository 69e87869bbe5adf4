using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using RouterGen.Generator.Catalog;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Parsing;

namespace RouterGen.Analyzers;

/// <summary>Says what is wrong in the declarations of model groups, deployments and providers, as the generator's parser finds it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => DiagnosticDescriptors.OfDeclarations;

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(CheckClass, SymbolKind.NamedType);
        context.RegisterSyntaxNodeAction(CheckAssembly, SyntaxKind.CompilationUnit);
    }

    // Once for each class, however many declarations it has.
    private static void CheckClass(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!ClassParser.DeclaresAnything(type, context.CancellationToken)) return;
        foreach (DeclarationProblem problem in ClassParser.Parse(type, ModelCatalog.Default, context.CancellationToken).Problems)
        {
            context.ReportDiagnostic(problem.ToDiagnostic());
        }
    }

    // By file and not at the end of the compilation, so that an editor shows it while the file is being written.
    private static void CheckAssembly(SyntaxNodeAnalysisContext context)
    {
        if (((CompilationUnitSyntax)context.Node).AttributeLists.Count == 0) return;
        foreach (DeclarationProblem problem in ProviderTable.CheckAssembly(context.Compilation.Assembly, context.CancellationToken).ToImmutable())
        {
            if (problem.Location.SourceTree == context.Node.SyntaxTree) context.ReportDiagnostic(problem.ToDiagnostic());
        }
    }
}
