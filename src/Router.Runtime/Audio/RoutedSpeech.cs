using System.ComponentModel;

namespace RouterGen;

/// <summary>A text that was spoken, and how the answer came about.</summary>
public sealed class RoutedSpeech : RoutedAnswer
{
    /// <summary>The additional property of the framework's answers that holds the <see cref="RoutedSpeech"/> they were made of.</summary>
    public const string RouteProperty = "routergen.route";

    /// <summary>Makes an answer of what a provider sent. For codecs.</summary>
    /// <param name="audio">The sound.</param>
    /// <param name="mediaType">Its media type.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RoutedSpeech(ReadOnlyMemory<byte> audio, string mediaType)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaType);
        Audio = audio;
        MediaType = mediaType;
    }

    /// <summary>Makes an answer by hand, for tests of code that takes one.</summary>
    public RoutedSpeech(ReadOnlyMemory<byte> audio, string mediaType, string modelUsed, decimal? cost = null, TimeSpan duration = default, IReadOnlyList<Attempt>? attempts = null) : this(audio, mediaType) =>
        Attach(RouteSummary.Stated(modelUsed, cost, duration, attempts));

    /// <summary>Gets the sound. Empty in the last piece of a stream, which has handed it out before.</summary>
    public ReadOnlyMemory<byte> Audio { get; }

    /// <summary>Gets the media type of the sound, for example <c>audio/mpeg</c>; <c>application/octet-stream</c> where it is not known.</summary>
    public string MediaType { get; }

    /// <summary>Gets the time to the first sound of a stream, counted from the attempt that answered; null for a whole answer.</summary>
    public TimeSpan? TimeToFirstAudio => Route.TimeToFirstToken;

    /// <summary>Writes the sound to a file, which is replaced where it exists.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) => File.WriteAllBytesAsync(path, Audio, cancellationToken);
}
