using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using RouterGen.Declarations.Specs;
using RouterGen.Generator.Diagnostics;

namespace RouterGen.Analyzers.Usage;

/// <summary>RG0301: a request has tools, images or a JSON schema, and a deployment of the group takes none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FeatureAnalyzer() : UsageAnalyzer(DiagnosticDescriptors.UnsupportedFeature)
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
        foreach (RequestFeature feature in reader.FeaturesOf(call))
        {
            if (groups.Find(call, context.CancellationToken) is not { } group) return;
            List<string> lacking = GroupSpecs.Without(feature, group);
            if (lacking.Count == 0) continue;
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticDescriptors.UnsupportedFeature,
                feature.Syntax.GetLocation(),
                group.Name,
                feature.Name,
                Enumeration.Of(lacking) + (lacking.Count == 1 ? " does" : " do"),
                Consequence(group, lacking.Count)));
        }
    }

    private static string Consequence(GroupSpec group, int lacking)
    {
        if (lacking < group.Deployments.Count) return $"the call fails over past {(lacking == 1 ? "it" : "them")}";
        return group.Fallbacks.Any(fallback => fallback.Occasion is "Fallbacks")
            ? "the call always goes to the group's fallbacks"
            : "the call always fails";
    }
}
