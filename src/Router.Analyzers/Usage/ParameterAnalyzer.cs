using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using RouterGen.Declarations.Problems;
using RouterGen.Generator.Diagnostics;

namespace RouterGen.Analyzers.Usage;

/// <summary>RG0117: a call states a parameter, and a deployment of the group goes without it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ParameterAnalyzer() : UsageAnalyzer(DiagnosticDescriptors.Of(ProblemKinds.DroppedParameter))
{
    private protected override void Register(CompilationStartAnalysisContext context, GroupTypes types, ProjectModels models)
    {
        var reader = new RequestReader(types);
        var groups = new GroupSpecs(models);
        context.RegisterOperationAction(operation => Check(operation, types, reader, groups), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GroupTypes types, RequestReader reader, GroupSpecs groups)
    {
        if (types.AsCall((IInvocationOperation)context.Operation) is not { IsChat: true } call) return;
        foreach (RequestFeature parameter in reader.ParametersOf(call))
        {
            if (groups.Find(call, context.CancellationToken) is not { } group) return;
            List<string> without = GroupSpecs.Without(parameter, group);
            if (without.Count == 0) continue;
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticDescriptors.Of(ProblemKinds.DroppedParameter),
                parameter.Syntax.GetLocation(),
                parameter.Name,
                Enumeration.Of(without),
                without.Count == 1 ? "does" : "do"));
        }
    }
}
