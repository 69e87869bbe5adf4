using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>What a model answered in the end, and what it took: each call of the model, and each result of a tool.</summary>
public sealed class ToolRun
{
    /// <summary>Makes a run by hand, for tests of code that takes one.</summary>
    /// <param name="rounds">The calls of the model with their results, at least one.</param>
    /// <exception cref="ArgumentException">There are no rounds.</exception>
    public ToolRun(IReadOnlyList<ToolRound> rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        if (rounds.Count == 0) throw new ArgumentException("There must be at least one round.", nameof(rounds));
        Rounds = rounds;
    }

    /// <summary>Gets the calls of the model in order, each with the results of the tools that it called. The last one answered.</summary>
    public IReadOnlyList<ToolRound> Rounds { get; }

    /// <summary>Gets the last answer of the model.</summary>
    public RoutedResponse Response => Rounds[^1].Response;

    /// <summary>Gets the text of the last answer.</summary>
    public string Text => Response.Text;

    /// <summary>
    /// Gets the calls that the caller has to answer: of tools that only the caller can run, because their declaration is all that there is
    /// of them (<see cref="AIFunctionDeclaration"/>). None of that round was run. Empty where the model answered.
    /// </summary>
    public IReadOnlyList<FunctionCallContent> PendingCalls => Rounds[^1].Results.Count > 0 ? [] : [.. ToolRound.CallsOf(Response)];

    /// <summary>Gets the messages that the run added to the conversation: answers and results.</summary>
    public IReadOnlyList<ChatMessage> Messages => [.. Rounds.SelectMany(static round => round.Messages)];

    /// <summary>Gets the usage of all calls of the model together.</summary>
    public UsageDetails Usage => ToolRound.UsageOf(Rounds);

    /// <summary>Gets what all calls of the model cost in USD, each at the prices of the deployment that answered; null where one is not known.</summary>
    public decimal? Cost => ToolRound.CostOf(Rounds);
}
