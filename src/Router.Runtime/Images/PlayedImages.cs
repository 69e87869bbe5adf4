using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>What a stream of images has brought so far.</summary>
internal sealed class PlayedImages : PlayedUpdates<ImageUpdate>
{
    // Of 1,024 × 1,024 pixels. https://developers.openai.com/api/docs/guides/image-generation
    private const long TokensOfImage = 1056;

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

    // Providers count tokens at the end. An image that took shape is paid for: what one of a medium quality has, where tokens are paid.
    public override UsageDetails EstimateUsage(int inputTokens, UsageDetails? reported)
    {
        UsageDetails usage = reported ?? new UsageDetails { InputTokenCount = inputTokens };
        int begun = Math.Max(_whole, _partial > 0 ? 1 : 0);
        if (begun == 0) return usage;
        usage.AdditionalCounts ??= [];
        if (_whole == 0) usage.AdditionalCounts[UsageCounts.ImagesMade] = begun;
        usage.OutputTokenCount ??= usage.AdditionalCounts[UsageCounts.ImageOutput] = begun * TokensOfImage;
        return usage;
    }
}
