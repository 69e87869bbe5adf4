using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using RouterGen.Generator.Catalog;
using RouterGen.Generator.Catalog.Providers;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Model;
using RouterGen.Generator.Parsing;
using RouterGen.Generator.PriceMaps;

namespace RouterGen.Analyzers.Usage;

/// <summary>RG0301: a request has tools, images or a JSON schema, and a deployment of the group takes none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FeatureAnalyzer() : UsageAnalyzer(DiagnosticDescriptors.UnsupportedFeature)
{
    private protected override void Register(CompilationStartAnalysisContext context, GroupTypes types)
    {
        var reader = new RequestReader(types);
        var specs = new ConcurrentDictionary<INamedTypeSymbol, ClassSpec?>(SymbolEqualityComparer.Default);
        ModelCatalog catalog = ModelCatalog.Default.With(PriceMapFiles.ReadAll(context.Options, context.CancellationToken));
        ClassSpec? SpecOf(INamedTypeSymbol type, CancellationToken cancellationToken) => specs.GetOrAdd(type, owner => ClassParser.Parse(owner, catalog, cancellationToken).Spec);
        context.RegisterOperationAction(operation => Check(operation, types, reader, SpecOf), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GroupTypes types, RequestReader reader, Func<INamedTypeSymbol, CancellationToken, ClassSpec?> specOf)
    {
        if (types.AsCall((IInvocationOperation)context.Operation) is not { Group.ContainingType: { } owner } call) return;
        List<RequestFeature> features = [.. reader.FeaturesOf(call)];
        if (features.Count == 0) return;

        ClassSpec? spec = specOf(owner, context.CancellationToken);
        if (spec?.Groups.FirstOrDefault(group => group.TypeName == call.Group.Name) is not { } group) return;
        foreach (RequestFeature feature in features)
        {
            List<string> lacking = [.. group.Deployments.Where(deployment => (deployment.Traits & feature.Trait) == 0).Select(deployment => $"'{deployment.Name}'")];
            if (lacking.Count == 0) continue;
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticDescriptors.UnsupportedFeature,
                feature.Syntax.GetLocation(),
                group.Name,
                feature.Name,
                Enumerate(lacking) + (lacking.Count == 1 ? " does" : " do"),
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

    private static string Enumerate(List<string> names) => names.Count == 1
        ? names[0]
        : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[names.Count - 1];
}
