using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using RouterGen.Generator.Diagnostics;

namespace RouterGen.Analyzers.Usage;

/// <summary>RG0303: a thread waits for <c>CompleteAsync</c>, <c>EmbedAsync</c> and the like, where <c>Complete</c> or <c>Embed</c> would do the same on that thread.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingCallAnalyzer() : UsageAnalyzer(DiagnosticDescriptors.BlockingCall)
{
    // From what blocks down to the call, not the other way: an editor shows at once only what is reported inside the
    // operation that is being looked at.
    private protected override void Register(CompilationStartAnalysisContext context, GroupTypes types, ProjectModels models) =>
        context.RegisterOperationAction(operation => Check(operation, types), OperationKind.PropertyReference, OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, GroupTypes types)
    {
        if (BlockedOn(context.Operation) is not IInvocationOperation task || types.AsCall(task) is not { SynchronousForm: { } synchronous }) return;
        SyntaxNode name = GroupCall.NameOf(context.Operation.Syntax);
        context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.BlockingCall, name.GetLocation(), name.ToString(), synchronous));
    }

    // task.Result, task.Wait(), task.GetAwaiter().GetResult(), and the last with ConfigureAwait(…) in between. A Wait with
    // a limit gives up after a while, which Complete does not.
    private static IOperation? BlockedOn(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } => task,
        IInvocationOperation { TargetMethod.Name: "Wait", Arguments.Length: 0, Instance: { } task } => task,
        IInvocationOperation { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } } =>
            task is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } configured } ? configured : task,
        _ => null,
    };
}
