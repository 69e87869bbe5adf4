using System.Globalization;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>What a stream of sound has brought so far: how much, and how it began. The sound itself is the caller's.</summary>
internal sealed class PlayedSound : PlayedUpdates<SpeechUpdate>
{
    // A second of MP3 has some 16,000 bytes and 20 tokens.
    private const int BytesPerToken = 800;

    private long _bytes;

    /// <summary>Gets the first piece, by which the format is told.</summary>
    public ReadOnlyMemory<byte> Start { get; private set; }

    /// <inheritdoc/>
    public override string Arrived => string.Create(CultureInfo.InvariantCulture, $"{_bytes} bytes");

    /// <inheritdoc/>
    public override void Add(SpeechUpdate update)
    {
        Last = update;
        if (Start.IsEmpty) Start = update.Audio;
        _bytes += update.Audio.Length;
    }

    /// <inheritdoc/>
    public override UsageDetails EstimateUsage(int inputTokens, UsageDetails? reported)
    {
        if (reported is not null) return reported;
        long tokens = _bytes / BytesPerToken;
        return new UsageDetails { InputTokenCount = inputTokens, OutputTokenCount = tokens, AdditionalCounts = new() { [UsageCounts.AudioOutput] = tokens } };
    }
}
