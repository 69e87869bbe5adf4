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

    /// <summary>
    /// The name in <see cref="UsageDetails.AdditionalCounts"/> of those of the <see cref="CacheWriteCount"/> tokens that the cache keeps for an
    /// hour instead of five minutes.
    /// </summary>
    public const string LongCacheWriteCount = "LongCacheWriteInputTokenCount";

    /// <summary>
    /// The name in <see cref="UsageDetails.AdditionalCounts"/> of what a call with tools cost, in millionths of a millionth of a USD. Usage that is
    /// added up over the calls of a function invocation holds the sum; see <see cref="CallOptionsExtensions.GetCost"/>.
    /// </summary>
    public const string CostCount = "CostPicoUsd";

    /// <summary>The name in <see cref="UsageDetails.AdditionalCounts"/> of the calls with tools whose price is not known.</summary>
    public const string UnpricedCount = "UnpricedCallCount";

    // Anthropic's factors on the input price are 1.25 for five minutes and 2 for an hour
    // (https://platform.claude.com/docs/en/build-with-claude/prompt-caching#pricing); no other provider reports the split.
    private const decimal LongWriteFactor = 1.6m;

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
        if (!TryCount(usage, out Counts counts)) return null;
        return ((decimal)counts.Plain * Input + counts.CacheReads * CacheRead + counts.CacheWrites * CacheWrite + counts.LongWrites * LongCacheWrite + counts.Output * Output) / 1_000_000m;
    }

    /// <summary>The same in billionths of a USD, rounded, and fifty times as fast: what budgets are kept in. 0 where nothing was reported.</summary>
    internal long NanosOf(UsageDetails? usage)
    {
        if (!TryCount(usage, out Counts counts)) return 0;
        double perMillion = counts.Plain * (double)Input + counts.CacheReads * (double)CacheRead + counts.CacheWrites * (double)CacheWrite + counts.LongWrites * (double)LongCacheWrite + counts.Output * (double)Output;
        return (long)Math.Clamp(Math.Round(perMillion * 1000), 0, long.MaxValue / 2);
    }

    // Where the cache has no surcharge, none is known of the longer time either.
    private decimal LongCacheWrite => CacheWrite > Input ? CacheWrite * LongWriteFactor : CacheWrite;

    private static bool TryCount(UsageDetails? usage, out Counts counts)
    {
        counts = default;
        if (usage is null || (usage.InputTokenCount is null && usage.OutputTokenCount is null)) return false;
        long writes = 0, longWrites = 0;
        usage.AdditionalCounts?.TryGetValue(CacheWriteCount, out writes);
        usage.AdditionalCounts?.TryGetValue(LongCacheWriteCount, out longWrites);
        writes = Count(writes);
        longWrites = Math.Min(Count(longWrites), writes);
        long reads = Count(usage.CachedInputTokenCount);
        long plain = Math.Max(0, Math.Max(0, Count(usage.InputTokenCount) - reads) - writes);
        counts = new Counts(plain, reads, writes - longWrites, longWrites, Count(usage.OutputTokenCount));
        return true;
    }

    // A provider that reports fewer than no tokens does not owe the caller money.
    private static long Count(long? tokens) => Math.Max(0, tokens ?? 0);

    private readonly record struct Counts(long Plain, long CacheReads, long CacheWrites, long LongWrites, long Output);
}
