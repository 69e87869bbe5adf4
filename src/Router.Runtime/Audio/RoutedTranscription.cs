using System.ComponentModel;

namespace RouterGen;

/// <summary>What was said in a file of sound, and how the answer came about.</summary>
public sealed class RoutedTranscription : RoutedAnswer
{
    /// <summary>The additional property of the framework's answers that holds the <see cref="RoutedTranscription"/> they were made of.</summary>
    public const string RouteProperty = "routergen.route";

    /// <summary>Makes an answer of what a provider sent. For codecs.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RoutedTranscription(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
    }

    /// <summary>Makes an answer by hand, for tests of code that takes one.</summary>
    public RoutedTranscription(string text, string modelUsed, decimal? cost = null, TimeSpan duration = default, IReadOnlyList<Attempt>? attempts = null) : this(text) =>
        Attach(RouteSummary.Stated(modelUsed, cost, duration, attempts));

    /// <summary>Gets what was said; empty where nothing was.</summary>
    public string Text { get; }

    /// <summary>Gets the language that was spoken, as the provider calls it (<c>english</c> or <c>en</c>); null where it did not say.</summary>
    public string? Language { get; init; }

    /// <summary>Gets how long the sound is; null where the provider did not say.</summary>
    public TimeSpan? DurationOfSound { get; init; }

    /// <summary>Gets the parts of the text, in order; empty where the provider gave none.</summary>
    public IReadOnlyList<TranscriptionSegment> Segments { get; init; } = [];

    /// <summary>Gets the words, in order; empty where the provider gave none.</summary>
    public IReadOnlyList<TranscriptionWord> Words { get; init; } = [];

    /// <summary>Returns <see cref="Text"/>.</summary>
    public override string ToString() => Text;
}
