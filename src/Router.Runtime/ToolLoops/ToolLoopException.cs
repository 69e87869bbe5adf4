using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A run with tools did not come to an answer. Nothing of it is lost: all rounds are here, to go on from or to account for.</summary>
public sealed class ToolLoopException : Exception
{
    /// <summary>Makes an exception; in programs for tests of code that catches one.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="reason">Why the run ended.</param>
    /// <param name="rounds">The rounds up to then.</param>
    /// <param name="innerException">What failed; null for nothing.</param>
    public ToolLoopException(string message, ToolLoopStop reason, IReadOnlyList<ToolRound> rounds, Exception? innerException = null) : base(message, innerException)
    {
        Reason = reason;
        Rounds = rounds;
    }

    /// <summary>Gets why the run ended.</summary>
    public ToolLoopStop Reason { get; }

    /// <summary>Gets the rounds up to then; empty where the first call of the model failed.</summary>
    public IReadOnlyList<ToolRound> Rounds { get; }

    /// <summary>Gets the messages that the run has added to the conversation: a new run may go on from there.</summary>
    public IReadOnlyList<ChatMessage> Messages => [.. Rounds.SelectMany(static round => round.Messages)];

    /// <summary>Gets the usage of all calls of the model that were answered.</summary>
    public UsageDetails Usage => ToolRound.UsageOf(Rounds);

    /// <summary>Gets what these calls cost in USD; null where one is not known.</summary>
    public decimal? Cost => ToolRound.CostOf(Rounds);
}

/// <summary>Why a run with tools ended without an answer.</summary>
public enum ToolLoopStop
{
    /// <summary>The model called tools in each of <see cref="ToolLoopOptions.MaxRounds"/> rounds. The calls of the last one were run.</summary>
    MaxRounds,

    /// <summary>No call of a tool succeeded in more than <see cref="ToolLoopOptions.MaxFailedRounds"/> rounds in a row.</summary>
    MaxFailedRounds,

    /// <summary>A call of the model failed; the inner exception is its <see cref="RoutingException"/>.</summary>
    ModelCall,

    /// <summary>
    /// A tool threw, and <see cref="ToolLoopOptions.ThrowsToolErrors"/> is set; or <see cref="ToolLoopOptions.Approve"/> or
    /// <see cref="ToolLoopOptions.DescribeError"/> threw, and the last round is without results. The inner exception is what was thrown.
    /// </summary>
    ToolError,
}
