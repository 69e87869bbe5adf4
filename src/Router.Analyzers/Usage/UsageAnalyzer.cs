using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RouterGen.Declarations.Json;

namespace RouterGen.Analyzers.Usage;

/// <summary>An analyzer of how groups are used. It does nothing in a project that does not refer to RouterGen.</summary>
public abstract class UsageAnalyzer : DiagnosticAnalyzer
{
    private readonly ImmutableArray<DiagnosticDescriptor> _supported;

    private protected UsageAnalyzer(params ImmutableArray<DiagnosticDescriptor> descriptors) => _supported = descriptors;

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => _supported;

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCode);
        context.RegisterCompilationStartAction(start =>
        {
            if (GroupTypes.Of(start.Compilation) is not { } types) return;
            var models = new ProjectModels(
                start.Compilation.Assembly, start.Options, (text, trees) => start.TryGetValue(text, trees, out JsonTree? tree) ? tree : null, start.CancellationToken);
            Register(start, types, models);
        });
    }

    private protected virtual GeneratedCodeAnalysisFlags GeneratedCode => GeneratedCodeAnalysisFlags.None;

    private protected abstract void Register(CompilationStartAnalysisContext context, GroupTypes types, ProjectModels models);
}
