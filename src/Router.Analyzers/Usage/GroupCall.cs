using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace RouterGen.Analyzers.Usage;

/// <summary>A call that asks a group for an answer.</summary>
/// <param name="Invocation">The call.</param>
/// <param name="Group">The static type of what is asked.</param>
/// <param name="IsExtension">Whether the method is an extension, the group its first argument.</param>
internal sealed record GroupCall(IInvocationOperation Invocation, INamedTypeSymbol Group, bool IsExtension)
{
    public string MethodName => Invocation.TargetMethod.Name;

    public bool IsStream => MethodName is "StreamAsync" or "StreamEditAsync" or "RunStreamAsync" or "GetStreamingResponseAsync";

    /// <summary>Whether it is a call of a chat model, which may demand what a model lacks.</summary>
    public bool IsChat => IsExtension || Invocation.TargetMethod.ContainingType.Name is "ChatGroup";

    /// <summary>The method that asks the same synchronously; null where there is none, as for structured answers.</summary>
    public string? SynchronousForm => Invocation.TargetMethod.IsGenericMethod ? null : MethodName switch
    {
        "CompleteAsync" => "Complete",
        "EmbedAsync" => "Embed",
        "RerankAsync" => "Rerank",
        "ModerateAsync" => "Moderate",
        "GenerateAsync" => "Generate",
        "EditAsync" => "Edit",
        _ => null,
    };

    /// <summary>Where the method's name stands.</summary>
    public Location NameLocation => NameOf(Invocation.Syntax).GetLocation();

    /// <summary>The prompt, message or messages.</summary>
    public IOperation? Messages => Argument(IsExtension ? 1 : 0)?.Value;

    public IOperation? Options => Invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name is "options")?.Value;

    /// <summary>The tools of a run; null for any other call.</summary>
    public IOperation? Tools => IsRun ? Argument(1)?.Value : null;

    private bool IsRun => MethodName is "RunAsync" or "RunStreamAsync";

    /// <summary>The argument for a parameter, be it stated or left to its default; null in a call that does not compile.</summary>
    public IArgumentOperation? Argument(int ordinal) => Invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal);

    /// <summary>The name of the member that an invocation calls, or a member access reads.</summary>
    public static SyntaxNode NameOf(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax invocation => NameOf(invocation.Expression),
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        _ => node,
    };
}
