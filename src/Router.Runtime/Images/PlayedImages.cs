using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>What a stream of images has brought so far.</summary>
internal sealed class PlayedImages : PlayedUpdates<ImageUpdate>
{
    private int _whole;
    private int _partial;

    public override string Arrived => $"{_whole} {(_whole == 1 ? "image" : "images")} and {_partial} partial";

    public override void Add(ImageUpdate update)
    {
        Last = update;
        if (update.Image is null) return;
        if (update.IsPartial) _partial++;
        else _whole++;
    }

    // Providers count tokens at the end. An image that took shape is paid for.
    public override UsageDetails EstimateUsage(int inputTokens, UsageDetails? reported)
    {
        UsageDetails usage = reported ?? new UsageDetails { InputTokenCount = inputTokens };
        if (_whole == 0 && _partial > 0) (usage.AdditionalCounts ??= [])[UsageCounts.ImagesMade] = 1;
        return usage;
    }
}
