using Microsoft.Extensions.AI;

namespace RouterGen.Gateway.Dialects.Shared;

/// <summary>The sums that OpenAI's answers state beside their parts.</summary>
internal static class TokenTotals
{
    /// <summary>Returns the total as it was counted, or the sum of input and output; 0 where nothing was counted.</summary>
    public static long Of(UsageDetails? usage) => usage?.TotalTokenCount ?? (usage?.InputTokenCount ?? 0) + (usage?.OutputTokenCount ?? 0);
}
