using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using RouterGen.Generator.Diagnostics;

namespace RouterGen.Analyzers.Usage;

/// <summary>RG0304: a stream is asked for and dropped. It sends its request when it is enumerated, so nothing happens at all.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnreadStreamAnalyzer() : UsageAnalyzer(DiagnosticDescriptors.StreamNotRead)
{
    private protected override void Register(CompilationStartAnalysisContext context, GroupTypes types, ProjectModels models) =>
        context.RegisterOperationAction(operation => Check(operation, types), OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, GroupTypes types)
    {
        if (types.AsCall((IInvocationOperation)context.Operation) is not { IsStream: true } call || !IsDropped(call.Invocation)) return;
        context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.StreamNotRead, call.NameLocation, call.MethodName));
    }

    private static bool IsDropped(IOperation stream)
    {
        switch (stream.User())
        {
            case IExpressionStatementOperation:
                return true;
            case IConditionalAccessOperation conditional when conditional.WhenNotNull == stream:
                return IsDropped(conditional);
            case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                return true;
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "WithCancellation" or "ConfigureAwait", TargetMethod.IsExtensionMethod: true } wrapped }:
                return IsDropped(wrapped);
            case IInvocationOperation { TargetMethod.Name: "WithCancellation" or "ConfigureAwait" } wrapped when wrapped.Instance == stream:
                return IsDropped(wrapped);
            default:
                return stream.DeclaredLocal() is { } local && !stream.Root().ReferencesTo(local).Any(IsRead);
        }
    }

    private static bool IsRead(ILocalReferenceOperation reference) =>
        !(reference.Parent is ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment && assignment.Target == reference);
}
