using System.Numerics;
using Microsoft.Extensions.AI;

namespace RouterGen;

public sealed partial record TokenPrices
{
    private const decimal Million = 1_000_000m;
    private const decimal LongWriteFactor = 1.6m;

    private static readonly TokenPrices Free = new(0m, 0m);

    /// <summary>
    /// Returns what usage costs at these prices in USD, exactly. Cached and cache-writing tokens are part of the input tokens, reasoning tokens part
    /// of the output tokens, as <see cref="UsageDetails"/> defines them; <see cref="UsageCounts"/> has the names of the other counts.
    /// </summary>
    /// <param name="usage">What the provider counted.</param>
    /// <returns>USD; null where the provider reported neither tokens nor what is paid by the piece. What is free costs 0 whatever was reported.</returns>
    public decimal? CostOf(UsageDetails? usage) => TryCount(usage, out Counts counts) ? Sum<decimal>(counts) / Million : Equals(Free) ? 0m : null;

    /// <summary>Returns the same in billionths of a USD, rounded, and fifty times as fast: what budgets are kept in. 0 where nothing was reported.</summary>
    internal long NanosOf(UsageDetails? usage) =>
        TryCount(usage, out Counts counts) ? (long)Math.Clamp(Math.Round(Sum<double>(counts) * 1000), 0, long.MaxValue / 2) : 0;

    // Where the cache has no surcharge, none is known of the longer time either.
    private decimal PriceOfLongWrites => LongCacheWrite ?? (CacheWrite > Input ? CacheWrite * LongWriteFactor : CacheWrite);

    /// <summary>Adds up counts times prices, in millionths of a USD.</summary>
    private T Sum<T>(in Counts counts) where T : INumber<T>
    {
        T sum = Times<T>(counts.Plain, Input)
            + Times<T>(counts.CacheReads, CacheRead)
            + Times<T>(counts.CacheWrites, CacheWrite)
            + Times<T>(counts.LongWrites, PriceOfLongWrites)
            + Times<T>(counts.Output, Output);
        if (Reasoning is { } thought) sum += Times<T>(counts.Thoughts, thought - Output);
        if (Units?.Request is { } request) sum += Times<T>(1, request * Million);
        return counts.More is null ? sum : sum + SumOfMore<T>(counts.More, counts);
    }

    /// <summary>What parts of the tokens cost more or less than the others, and what is paid by the piece.</summary>
    private T SumOfMore<T>(AdditionalPropertiesDictionary<long> more, in Counts counts) where T : INumber<T>
    {
        T sum = T.Zero;
        if (AudioInput is { } heard) sum += Times<T>(Part(more, UsageCounts.AudioInput, counts.Plain), heard - Input);
        if (ImageInput is { } seen) sum += Times<T>(Part(more, UsageCounts.ImageInput, counts.Plain), seen - Input);
        if (AudioOutput is { } spoken) sum += Times<T>(Part(more, UsageCounts.AudioOutput, counts.Output), spoken - Output);
        if (ImageOutput is { } drawn) sum += Times<T>(Part(more, UsageCounts.ImageOutput, counts.Output), drawn - Output);
        if (Citations is { } cited) sum += Times<T>(Part(more, UsageCounts.Citations), cited);
        if (Units is not { } units) return sum;
        if (units.Search is { } search) sum += Times<T>(SearchesIn(more), search * Million);
        if (units.ImageRead is { } read) sum += Times<T>(Part(more, UsageCounts.ImagesRead), read * Million);
        if (units.ImageMade is { } made) sum += Times<T>(Part(more, UsageCounts.ImagesMade), made * Million);
        if (units.MegapixelMade is { } megapixel) sum += Times<T>(Part(more, UsageCounts.PixelsMade), megapixel);
        if (units.SecondHeard is { } hearing) sum += Times<T>(Part(more, UsageCounts.MillisecondsHeard), hearing * Million / 1000m);
        if (units.SecondSpoken is { } speaking) sum += Times<T>(Part(more, UsageCounts.MillisecondsSpoken), speaking * Million / 1000m);
        if (units.CharacterSpoken is { } character) sum += Times<T>(Part(more, UsageCounts.CharactersSpoken), character * Million);
        return sum;
    }

    private static T Times<T>(long count, decimal price) where T : INumber<T> => count == 0 ? T.Zero : T.CreateSaturating(count) * T.CreateSaturating(price);

    private bool TryCount(UsageDetails? usage, out Counts counts)
    {
        counts = default;
        if (usage is null || (usage.InputTokenCount is null && usage.OutputTokenCount is null && !HasPieces(usage.AdditionalCounts))) return false;
        AdditionalPropertiesDictionary<long>? more = usage.AdditionalCounts;
        long writes = Part(more, UsageCounts.CacheWrites);
        long longWrites = Math.Min(Part(more, UsageCounts.LongCacheWrites), writes);
        long reads = Count(usage.CachedInputTokenCount);
        long plain = Math.Max(0, Math.Max(0, Count(usage.InputTokenCount) - reads) - writes);
        long output = Count(usage.OutputTokenCount);
        counts = new Counts(plain, reads, writes - longWrites, longWrites, output, Math.Min(output, Count(usage.ReasoningTokenCount))) { More = more };
        return true;
    }

    /// <summary>Returns whether anything was counted that has a price by the piece.</summary>
    private bool HasPieces(AdditionalPropertiesDictionary<long>? more) => more is not null && Units is { } units
        && ((units.Search is not null && SearchesIn(more) > 0)
            || (units.ImageRead is not null && Part(more, UsageCounts.ImagesRead) > 0)
            || (units.ImageMade is not null && Part(more, UsageCounts.ImagesMade) > 0)
            || (units.MegapixelMade is not null && Part(more, UsageCounts.PixelsMade) > 0)
            || (units.SecondHeard is not null && Part(more, UsageCounts.MillisecondsHeard) > 0)
            || (units.CharacterSpoken is not null && Part(more, UsageCounts.CharactersSpoken) > 0)
            || (units.SecondSpoken is not null && Part(more, UsageCounts.MillisecondsSpoken) > 0));

    private static long SearchesIn(AdditionalPropertiesDictionary<long> more) =>
        Part(more, UsageCounts.WebSearches) + Part(more, UsageCounts.SearchQueries) + Part(more, UsageCounts.SearchUnits);

    private static long Part(AdditionalPropertiesDictionary<long>? more, string name, long atMost = long.MaxValue / 2) =>
        more is not null && more.TryGetValue(name, out long count) ? Math.Min(Count(count), atMost) : 0;

    // A provider that reports fewer than no tokens does not owe the caller money.
    private static long Count(long? tokens) => Math.Max(0, tokens ?? 0);

    private readonly record struct Counts(long Plain, long CacheReads, long CacheWrites, long LongWrites, long Output, long Thoughts)
    {
        /// <summary>Gets the counts that few answers have; null where there are none.</summary>
        public AdditionalPropertiesDictionary<long>? More { get; init; }
    }
}
