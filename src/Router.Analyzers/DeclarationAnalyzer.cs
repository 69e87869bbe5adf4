using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using RouterGen.Declarations.Json;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Files;
using RouterGen.Generator.Symbols;

namespace RouterGen.Analyzers;

/// <summary>
/// Says what is wrong in the declarations of model groups, deployments and providers, in code and in models.json, as the
/// generator's parser finds it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => DiagnosticDescriptors.OfDeclarations;

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            var models = new ProjectModels(
                start.Compilation.Assembly, start.Options, (text, trees) => start.TryGetValue(text, trees, out JsonTree? tree) ? tree : null, start.CancellationToken);
            start.RegisterSymbolAction(symbol => CheckClass(symbol, models), SymbolKind.NamedType);
            start.RegisterAdditionalFileAction(file => CheckFile(file, models));
        });
        context.RegisterSyntaxNodeAction(CheckAssembly, SyntaxKind.CompilationUnit);
    }

    // Once for each class, however many declarations it has. What a file states of it is told in that file.
    private static void CheckClass(SymbolAnalysisContext context, ProjectModels models)
    {
        if (models.Parse((INamedTypeSymbol)context.Symbol, context.CancellationToken) is not { } parsed) return;
        foreach (DeclarationProblem problem in parsed.Problems)
        {
            if (problem.Place is not FilePlace) context.ReportDiagnostic(problem.ToDiagnostic());
        }
    }

    private static void CheckFile(AdditionalFileAnalysisContext context, ProjectModels models)
    {
        IEnumerable<DeclarationProblem> problems = PriceMapFiles.IsOne(context.AdditionalFile, context.Options.AnalyzerConfigOptionsProvider)
            ? PriceMapFiles.ProblemsIn(context.AdditionalFile, context.CancellationToken)
            : models.ProblemsIn(context.AdditionalFile, context.CancellationToken);
        foreach (DeclarationProblem problem in problems)
        {
            context.ReportDiagnostic(problem.ToDiagnostic());
        }
    }

    // By file and not at the end of the compilation, so that an editor shows it while the file is being written.
    private static void CheckAssembly(SyntaxNodeAnalysisContext context)
    {
        if (((CompilationUnitSyntax)context.Node).AttributeLists.Count == 0) return;
        foreach (DeclarationProblem problem in SymbolParser.CheckAssembly(context.Compilation.Assembly, context.CancellationToken).ToImmutable())
        {
            if (problem.Place is CodePlace code && code.Location.SourceTree == context.Node.SyntaxTree) context.ReportDiagnostic(problem.ToDiagnostic());
        }
    }
}
