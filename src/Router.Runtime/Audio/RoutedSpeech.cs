using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A text that was spoken, and how the answer came about.</summary>
public sealed class RoutedSpeech : ICallAnswer
{
    /// <summary>The additional property of the framework's answers that holds the <see cref="RoutedSpeech"/> they were made of.</summary>
    public const string RouteProperty = "routergen.route";

    private RouteSummary _route = RouteSummary.None;

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
        _route = new RouteSummary(modelUsed, modelUsed, null, default, duration, null, attempts?.ToArray() ?? []) { StatedCost = cost };

    /// <summary>Gets the sound. Empty in the last piece of a stream, which has handed it out before.</summary>
    public ReadOnlyMemory<byte> Audio { get; }

    /// <summary>Gets the media type of the sound, for example <c>audio/mpeg</c>; <c>application/octet-stream</c> where it is not known.</summary>
    public string MediaType { get; }

    /// <summary>Gets what was counted: tokens, as far as the provider says so, or the characters of the text (<see cref="UsageCounts.CharactersSpoken"/>).</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Gets the provider and model that answered, for example <c>openai/tts-1</c>.</summary>
    public string ModelUsed => _route.ModelUsed;

    /// <summary>Gets the name of the deployment that answered.</summary>
    public string Deployment => _route.Deployment;

    /// <summary>Gets what it cost in USD; null where no price is known, or the model is paid by the token and the provider reported none.</summary>
    public decimal? Cost => _route.CostOf(Usage);

    /// <summary>Gets how long the whole call took, failed attempts and waits included.</summary>
    public TimeSpan Duration => _route.Duration;

    /// <summary>Gets the time to the first sound of a stream, counted from the attempt that answered; null for a whole answer.</summary>
    public TimeSpan? TimeToFirstAudio => _route.TimeToFirstToken;

    /// <summary>Gets all attempts, in order.</summary>
    public IReadOnlyList<Attempt> Attempts => _route.Attempts;

    /// <summary>Gets what was left out of the request because the model that answered does not take it, for example <c>instructions: left out</c>; empty where it was sent as asked.</summary>
    public IReadOnlyList<string> LeftOut { get; internal set; } = [];

    ServiceTier? ICallAnswer.Tier => null;

    /// <summary>Writes the sound to a file, which is replaced where it exists.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) => File.WriteAllBytesAsync(path, Audio, cancellationToken);

    internal void Attach(RouteSummary route) => _route = route;
}
