using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// What a stream that was cut is likely to cost: providers bill for what they had written, and most report it only at the
/// end. Without an estimate, a caller who leaves each stream early would never spend a budget.
/// </summary>
internal static class CutStream
{
    /// <summary>What was used, at the least: what was reported, or more output where more was played.</summary>
    /// <param name="played">What had arrived.</param>
    /// <param name="inputTokens">The tokens of the request, as estimated.</param>
    /// <param name="reported">What the provider had counted; null where it did not say.</param>
    public static UsageDetails EstimateUsage(List<ChatResponseUpdate> played, int inputTokens, UsageDetails? reported) => new()
    {
        InputTokenCount = reported?.InputTokenCount ?? inputTokens,
        OutputTokenCount = Math.Max(reported?.OutputTokenCount ?? 0, CharactersOf(played) / RequestShape.CharactersPerToken),
        CachedInputTokenCount = reported?.CachedInputTokenCount,
        AdditionalCounts = reported?.AdditionalCounts,
    };

    private static long CharactersOf(List<ChatResponseUpdate> played)
    {
        long characters = 0;
        foreach (AIContent content in played.SelectMany(static update => update.Contents))
        {
            characters += content switch
            {
                TextContent text => text.Text.Length,
                TextReasoningContent reasoning => reasoning.Text.Length,
                _ => 0,
            };
        }

        return characters;
    }
}
