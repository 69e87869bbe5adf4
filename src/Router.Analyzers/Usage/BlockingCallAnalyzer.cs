using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using RouterGen.Generator.Diagnostics;

namespace RouterGen.Analyzers.Usage;

/// <summary>RG0303: a thread waits for <c>CompleteAsync</c>, where <c>Complete</c> would do the same on that thread.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingCallAnalyzer() : UsageAnalyzer(DiagnosticDescriptors.BlockingCall)
{
    private protected override void Register(CompilationStartAnalysisContext context, GroupTypes types) =>
        context.RegisterOperationAction(operation => Check(operation, types), OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, GroupTypes types)
    {
        if (types.AsCall((IInvocationOperation)context.Operation) is not { MethodName: "CompleteAsync" } call) return;
        if (FindBlock(call.Invocation) is not { } block) return;
        SyntaxNode name = GroupCall.NameOf(block.Syntax);
        context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.BlockingCall, name.GetLocation(), name.ToString(), "Complete"));
    }

    // task.Result, task.Wait(), task.GetAwaiter().GetResult(), and the last with ConfigureAwait(…) in between. A Wait with
    // a limit gives up after a while, which Complete does not.
    private static IOperation? FindBlock(IInvocationOperation task) => task.Parent switch
    {
        IPropertyReferenceOperation { Property.Name: "Result" } result when result.Instance == task => result,
        IInvocationOperation { TargetMethod.Name: "Wait", Arguments.Length: 0 } wait when wait.Instance == task => wait,
        IInvocationOperation { TargetMethod.Name: "GetAwaiter" } awaiter when awaiter.Instance == task => ResultOf(awaiter),
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured when configured.Instance == task =>
            configured.Parent is IInvocationOperation { TargetMethod.Name: "GetAwaiter" } awaiter ? ResultOf(awaiter) : null,
        _ => null,
    };

    private static IOperation? ResultOf(IInvocationOperation awaiter) =>
        awaiter.Parent is IInvocationOperation { TargetMethod.Name: "GetResult" } result && result.Instance == awaiter ? result : null;
}
