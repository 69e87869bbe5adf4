using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>Runs the calls of one round.</summary>
internal sealed class ToolCalls
{
    // What a model reads of a tool that returns nothing.
    private const string Completed = "The tool completed.";

    private readonly ToolLoopOptions _loop;
    private readonly Dictionary<string, AITool> _tools = new(StringComparer.Ordinal);

    /// <summary>Makes it of the tools that a model may call.</summary>
    /// <exception cref="ArgumentException">Two tools have the same name, or one requires approval and nothing approves.</exception>
    public ToolCalls(IReadOnlyList<AITool> tools, ToolLoopOptions loop)
    {
        _loop = loop;
        foreach (AITool tool in tools)
        {
            if (tool is not AIFunctionDeclaration) continue; // What a provider runs itself.
            if (!_tools.TryAdd(tool.Name, tool)) throw new ArgumentException($"Two tools are named '{tool.Name}'.", nameof(tools));
            if (loop.Approve is null && RequiresApproval(tool))
            {
                throw new ArgumentException($"The tool '{tool.Name}' requires approval: set {nameof(ToolLoopOptions)}.{nameof(ToolLoopOptions.Approve)}.", nameof(tools));
            }
        }
    }

    /// <summary>Returns whether a call is of a tool that only the caller can run.</summary>
    public bool IsCallers(FunctionCallContent call) => _tools.TryGetValue(call.Name, out AITool? tool) && tool is not AIFunction;

    /// <summary>Runs calls, side by side where that is wanted.</summary>
    /// <returns>Their results, in the order of the calls.</returns>
    public async Task<FunctionResultContent[]> RunAsync(List<FunctionCallContent> calls, CancellationToken cancellationToken)
    {
        var refusals = new ToolCallException?[calls.Count];
        for (int i = 0; i < calls.Count; i++) refusals[i] = await RefuseAsync(calls[i], cancellationToken).ConfigureAwait(false);

        if (_loop.RunsInParallel && calls.Count > 1) return await Task.WhenAll(calls.Select((call, i) => RunAsync(call, refusals[i], cancellationToken))).ConfigureAwait(false);
        var results = new FunctionResultContent[calls.Count];
        for (int i = 0; i < calls.Count; i++) results[i] = await RunAsync(calls[i], refusals[i], cancellationToken).ConfigureAwait(false);
        return results;
    }

    private static bool RequiresApproval(AITool tool) => tool.GetService<ApprovalRequiredAIFunction>() is not null;

    // Why a call is not run; null where it is.
    private async ValueTask<ToolCallException?> RefuseAsync(FunctionCallContent call, CancellationToken cancellationToken)
    {
        if (!_tools.TryGetValue(call.Name, out AITool? tool))
        {
            return new ToolCallException(call.Name, $"There is no tool '{call.Name}'. The tools are: {string.Join(", ", _tools.Keys.Order(StringComparer.Ordinal))}.");
        }

        if (call.Exception is { } unread) return new ToolCallException(call.Name, $"The arguments of '{call.Name}' are not valid JSON.", unread);
        if (!RequiresApproval(tool) || await _loop.Approve!(call, cancellationToken).ConfigureAwait(false)) return null;
        return new ToolCallException(call.Name, $"This call of '{call.Name}' was not approved.");
    }

    private async Task<FunctionResultContent> RunAsync(FunctionCallContent call, ToolCallException? refusal, CancellationToken cancellationToken)
    {
        if (refusal is not null) return Failed(call, refusal, refusal.Message);
        try
        {
            var arguments = new ToolCallArguments(call.Arguments) { Services = _loop.Services };
            object? result = await ((AIFunction)_tools[call.Name]).InvokeAsync(arguments, cancellationToken).ConfigureAwait(false);
            return new FunctionResultContent(call.CallId, result ?? Completed);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return Failed(call, error, error is ToolArgumentException ? error.Message : _loop.DescribeError?.Invoke(call, error) ?? error.Message);
        }
    }

    private static FunctionResultContent Failed(FunctionCallContent call, Exception error, string message) => new(call.CallId, ToolErrors.Of(message)) { Exception = error };
}
