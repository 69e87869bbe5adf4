namespace RouterGen;

/// <summary>A part of what was said, a sentence or so.</summary>
/// <param name="Start">Where it begins in the sound.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Text">What was said.</param>
/// <param name="Speaker">What the provider calls who said it; null where it was not asked.</param>
public sealed record TranscriptionSegment(TimeSpan Start, TimeSpan End, string Text, string? Speaker = null);

/// <summary>A word that was said.</summary>
/// <param name="Start">Where it begins in the sound.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Text">The word.</param>
public sealed record TranscriptionWord(TimeSpan Start, TimeSpan End, string Text);
