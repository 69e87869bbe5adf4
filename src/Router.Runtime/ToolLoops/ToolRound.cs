using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A call of the model within a run, and the results of the tools that it called.</summary>
/// <param name="Response">The answer of the model.</param>
/// <param name="Results">
/// The results, in the order of the calls; empty in the last round. One that failed has its exception: a <see cref="ToolArgumentException"/>, or what the tool threw.
/// </param>
public sealed record ToolRound(RoutedResponse Response, IReadOnlyList<FunctionResultContent> Results)
{
    /// <summary>Gets the messages that the round added to the conversation.</summary>
    public IEnumerable<ChatMessage> Messages => Results.Count == 0 ? Response.Messages : [.. Response.Messages, new ChatMessage(ChatRole.Tool, [.. Results])];

    /// <summary>The calls of tools that an answer holds, but for those that the provider has run itself.</summary>
    internal static IEnumerable<FunctionCallContent> CallsOf(RoutedResponse response) =>
        response.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>().Where(static call => !call.InformationalOnly);

    internal static UsageDetails UsageOf(IReadOnlyList<ToolRound> rounds)
    {
        var sum = new UsageDetails();
        foreach (ToolRound round in rounds)
        {
            if (round.Response.Usage is { } usage) sum.Add(usage);
        }

        return sum;
    }

    internal static decimal? CostOf(IReadOnlyList<ToolRound> rounds)
    {
        decimal sum = 0;
        foreach (ToolRound round in rounds)
        {
            if (round.Response.Cost is not { } cost) return null;
            sum += cost;
        }

        return sum;
    }
}
