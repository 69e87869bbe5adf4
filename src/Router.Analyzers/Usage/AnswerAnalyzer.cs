using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RouterGen.Generator.Answers;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Symbols;

namespace RouterGen.Analyzers.Usage;

/// <summary>RG0501 to RG0505: what is wrong with types that models answer with, as the generator's parser finds it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AnswerAnalyzer() : UsageAnalyzer(DiagnosticDescriptors.OfAnswers)
{
    private protected override void Register(CompilationStartAnalysisContext context, GroupTypes types, ProjectModels models) =>
        context.RegisterSymbolAction(Check, SymbolKind.NamedType);

    private static void Check(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (KnownAttributes.Find(KnownAttributes.StructuredAnswer, type) is null) return;
        foreach (AnswerProblem problem in AnswerParser.Parse(type, context.CancellationToken).Problems) context.ReportDiagnostic(problem.ToDiagnostic());
    }
}
