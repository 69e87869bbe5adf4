using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A piece of speech that comes as a stream.</summary>
/// <param name="audio">The sound since the piece before.</param>
public sealed class SpeechUpdate(ReadOnlyMemory<byte> audio)
{
    /// <summary>Gets the sound since the piece before; empty in the last piece. Pieces end anywhere: all of them together are one file.</summary>
    public ReadOnlyMemory<byte> Audio { get; } = audio;

    /// <summary>Gets how the answer came about, in the last piece; null in each one before.</summary>
    public RoutedSpeech? Speech { get; init; }

    /// <summary>Gets what the provider counted; null where the piece does not say.</summary>
    public UsageDetails? Usage { get; init; }
}
