using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>What a model costs, in USD per million tokens.</summary>
/// <param name="Input">Input tokens that were not read from or written to the provider's cache.</param>
/// <param name="Output">Output tokens, reasoning included.</param>
/// <param name="CacheRead">Input tokens read from the provider's cache.</param>
/// <param name="CacheWrite">Input tokens written to the provider's cache.</param>
public sealed record TokenPrices(decimal Input, decimal Output, decimal CacheRead, decimal CacheWrite)
{
    /// <summary>The name in <see cref="UsageDetails.AdditionalCounts"/> of the input tokens that were written to the provider's cache.</summary>
    public const string CacheWriteCount = "CacheWriteInputTokenCount";

    /// <summary>Prices without a discount or surcharge for the cache.</summary>
    public TokenPrices(decimal input, decimal output) : this(input, output, input, input)
    {
    }

    /// <summary>
    /// What a call cost in USD, exactly: cached and cache-writing tokens are part of the input tokens, and reasoning
    /// tokens part of the output tokens, as <see cref="UsageDetails"/> defines them.
    /// </summary>
    /// <returns>Null where the provider reported no token counts.</returns>
    public decimal? CostOf(UsageDetails? usage)
    {
        if (usage is null || (usage.InputTokenCount is null && usage.OutputTokenCount is null)) return null;
        long cacheWrites = 0;
        usage.AdditionalCounts?.TryGetValue(CacheWriteCount, out cacheWrites);
        long cacheReads = Count(usage.CachedInputTokenCount);
        decimal plain = Math.Max(0, (decimal)Count(usage.InputTokenCount) - cacheReads - Count(cacheWrites));
        return (plain * Input + cacheReads * CacheRead + Count(cacheWrites) * CacheWrite + Count(usage.OutputTokenCount) * Output) / 1_000_000m;
    }

    // A provider that reports fewer than no tokens does not owe the caller money.
    private static long Count(long? tokens) => Math.Max(0, tokens ?? 0);
}
