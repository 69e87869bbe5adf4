using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>What was said in a file of sound, and how the answer came about.</summary>
public sealed class RoutedTranscription : ICallAnswer
{
    /// <summary>The additional property of the framework's answers that holds the <see cref="RoutedTranscription"/> they were made of.</summary>
    public const string RouteProperty = "routergen.route";

    private RouteSummary _route = RouteSummary.None;

    /// <summary>Makes an answer of what a provider sent. For codecs.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RoutedTranscription(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
    }

    /// <summary>Makes an answer by hand, for tests of code that takes one.</summary>
    public RoutedTranscription(string text, string modelUsed, decimal? cost = null, TimeSpan duration = default, IReadOnlyList<Attempt>? attempts = null) : this(text) =>
        _route = new RouteSummary(modelUsed, modelUsed, null, default, duration, null, attempts?.ToArray() ?? []) { StatedCost = cost };

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

    /// <summary>Gets what the provider counted: tokens, or the length of the sound (<see cref="UsageCounts.MillisecondsHeard"/>); null where it did not say.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Gets the provider and model that answered, for example <c>openai/whisper-1</c>.</summary>
    public string ModelUsed => _route.ModelUsed;

    /// <summary>Gets the name of the deployment that answered.</summary>
    public string Deployment => _route.Deployment;

    /// <summary>Gets what it cost in USD; null where no price is known or the provider reported no usage.</summary>
    public decimal? Cost => _route.CostOf(Usage);

    /// <summary>Gets how long the whole call took, failed attempts and waits included.</summary>
    public TimeSpan Duration => _route.Duration;

    /// <summary>Gets all attempts, in order.</summary>
    public IReadOnlyList<Attempt> Attempts => _route.Attempts;

    /// <summary>Gets what was left out of the request because the model that answered does not take it, for example <c>prompt: left out</c>; empty where it was sent as asked.</summary>
    public IReadOnlyList<string> LeftOut { get; internal set; } = [];

    ServiceTier? ICallAnswer.Tier => null;

    /// <summary>Returns <see cref="Text"/>.</summary>
    public override string ToString() => Text;

    internal void Attach(RouteSummary route) => _route = route;
}
