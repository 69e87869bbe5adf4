using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A text that a model went on with, and how it came about.</summary>
public sealed class RoutedCompletion : RoutedAnswer
{
    /// <summary>Makes an answer of what a provider sent. For codecs.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RoutedCompletion(string text, UsageDetails? usage)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
        Usage = usage;
    }

    /// <summary>Makes an answer by hand, for tests of code that takes one.</summary>
    public RoutedCompletion(string text, string modelUsed, decimal? cost = null, TimeSpan duration = default, IReadOnlyList<Attempt>? attempts = null) : this(text, usage: null) =>
        Attach(RouteSummary.Stated(modelUsed, cost, duration, attempts));

    /// <summary>Gets what the model wrote, without the prompt.</summary>
    public string Text { get; }

    /// <summary>Gets why the model stopped; null where the provider did not say.</summary>
    public ChatFinishReason? FinishReason { get; init; }

    /// <summary>Gets the tokens of the text and their probabilities; empty unless <see cref="CompletionOptions.LogProbabilities"/> asked for them.</summary>
    public IReadOnlyList<TokenProbability> Tokens { get; init; } = [];

    /// <summary>Gets what was received, parsed, where <see cref="CallOptions.IncludeRawRepresentation"/> asked for it.</summary>
    public object? RawRepresentation { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
