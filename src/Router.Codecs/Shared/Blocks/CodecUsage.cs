using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Counts of APIs whose input tokens leave out what the cache had or took; <see cref="UsageDetails"/> counts that in.</summary>
[Embedded]
internal static class CodecUsage
{
    /// <summary>Returns the counts; null where none was reported.</summary>
    /// <param name="input">The input, without what the cache had or took.</param>
    /// <param name="output">The output.</param>
    /// <param name="written">What the cache took.</param>
    /// <param name="longWritten">What of that it keeps for an hour.</param>
    /// <param name="read">What the cache had.</param>
    public static UsageDetails? Of(long? input, long? output, long? written, long? longWritten, long? read)
    {
        if ((input ?? output ?? written ?? read) is null) return null;
        long? whole = (input ?? written ?? read) is null ? null : (input ?? 0) + (written ?? 0) + (read ?? 0);
        var usage = new UsageDetails
        {
            InputTokenCount = whole,
            OutputTokenCount = output,
            TotalTokenCount = (whole ?? 0) + (output ?? 0),
            CachedInputTokenCount = read,
        };
        Add(usage, UsageCounts.CacheWrites, written);
        Add(usage, UsageCounts.LongCacheWrites, longWritten < written ? longWritten : longWritten is null ? null : written);
        return usage;
    }

    /// <summary>Adds a count of its own, unless it is 0.</summary>
    public static void Add(UsageDetails usage, string name, long? count)
    {
        if (count > 0) (usage.AdditionalCounts ??= [])[name] = count.Value;
    }
}
