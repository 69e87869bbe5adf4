namespace RouterGen;

/// <summary>A piece of a transcription that comes as a stream.</summary>
/// <param name="text">What was said since the piece before; may be empty.</param>
public sealed class TranscriptionUpdate(string text)
{
    /// <summary>Gets what was said since the piece before; empty in the last piece, and in one that brings a segment alone.</summary>
    public string Text { get; } = text;

    /// <summary>Gets a segment that is complete; null where the piece brings none.</summary>
    public TranscriptionSegment? Segment { get; init; }

    /// <summary>Gets the whole answer, in the last piece; null in each one before.</summary>
    public RoutedTranscription? Transcription { get; init; }

    /// <summary>Gets the answer that the piece is all of, where a provider sent it whole.</summary>
    internal RoutedTranscription? Whole { get; init; }

    /// <summary>Returns <see cref="Text"/>.</summary>
    public override string ToString() => Text;
}
