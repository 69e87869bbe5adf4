using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>How a group runs the tools that a model calls. Checked when it is set.</summary>
public sealed class ToolLoopOptions
{
    internal static readonly ToolLoopOptions Default = new();

    /// <summary>Gets the most calls of the model; 1 or more. A run that needs more ends with a <see cref="ToolLoopException"/>. Default: 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public int MaxRounds { get; init => field = Positive(value, nameof(MaxRounds)); } = 10;

    /// <summary>
    /// Gets how many rounds in a row may fail, in each of which no call of a tool succeeded; 1 or more. One more ends the run with a
    /// <see cref="ToolLoopException"/>. Default: 3.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or less.</exception>
    public int MaxFailedRounds { get; init => field = Positive(value, nameof(MaxFailedRounds)); } = 3;

    /// <summary>
    /// Gets whether tools that a model calls in one round run side by side, as far as they are asynchronous. Their results are in the order of
    /// the calls in any case. Default: yes.
    /// </summary>
    public bool RunsInParallel { get; init; } = true;

    /// <summary>
    /// Gets what decides whether a call may run, of tools that require approval (<see cref="RouterToolAttribute.RequiresApproval"/>,
    /// <see cref="ApprovalRequiredAIFunction"/>). It is asked for one call after another, before any of the round runs. The model is told
    /// which calls were not approved.
    /// </summary>
    public Func<FunctionCallContent, CancellationToken, ValueTask<bool>>? Approve { get; init; }

    /// <summary>
    /// Gets what a model reads of a tool that threw. Default: <see cref="Exception.Message"/>; set it where messages may hold what the
    /// provider of the model must not see.
    /// </summary>
    public Func<FunctionCallContent, Exception, string>? DescribeError { get; init; }

    /// <summary>Gets whether a tool that throws ends the run with a <see cref="ToolLoopException"/>, in place of an answer to the model. Default: no.</summary>
    public bool ThrowsToolErrors { get; init; }

    /// <summary>Gets the services that tools take.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Gets how each call of the model is routed, in place of what the options of the request carry.</summary>
    public CallOptions? Routing { get; init; }

    private static int Positive(int value, string property)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, property);
        return value;
    }
}
