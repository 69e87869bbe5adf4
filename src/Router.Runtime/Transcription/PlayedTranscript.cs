using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>What a stream of a transcription has brought so far.</summary>
internal sealed class PlayedTranscript : PlayedUpdates<TranscriptionUpdate>
{
    private readonly StringBuilder _text = new();
    private readonly List<TranscriptionSegment> _segments = [];

    /// <inheritdoc/>
    public override string Arrived => string.Create(CultureInfo.InvariantCulture, $"{_text.Length} characters");

    /// <inheritdoc/>
    public override void Add(TranscriptionUpdate update)
    {
        Last = update;
        _text.Append(update.Text);
        if (update.Segment is { } segment) _segments.Add(segment);
    }

    /// <inheritdoc/>
    public override UsageDetails EstimateUsage(int inputTokens, UsageDetails? reported) => reported ?? new UsageDetails
    {
        InputTokenCount = inputTokens,
        OutputTokenCount = _text.Length / RequestShape.CharactersPerToken,
        AdditionalCounts = new() { [UsageCounts.AudioInput] = inputTokens },
    };

    /// <summary>Returns the whole answer.</summary>
    /// <param name="usage">What the provider counted; null where it did not say.</param>
    public RoutedTranscription ToTranscription(UsageDetails? usage) => Last?.Whole ?? new RoutedTranscription(_text.ToString()) { Segments = _segments, Usage = usage };
}
