using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A text that a model went on with, and how it came about.</summary>
public sealed class RoutedCompletion : ICallAnswer
{
    private RouteSummary _route = RouteSummary.None;

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
        _route = new RouteSummary(modelUsed, modelUsed, null, default, duration, null, attempts?.ToArray() ?? []) { StatedCost = cost };

    /// <summary>Gets what the model wrote, without the prompt.</summary>
    public string Text { get; }

    /// <summary>Gets why the model stopped; null where the provider did not say.</summary>
    public ChatFinishReason? FinishReason { get; init; }

    /// <summary>Gets the tokens of the text and their probabilities; empty unless <see cref="CompletionOptions.LogProbabilities"/> asked for them.</summary>
    public IReadOnlyList<TokenProbability> Tokens { get; init; } = [];

    /// <summary>Gets what the provider counted; null where it did not say.</summary>
    public UsageDetails? Usage { get; }

    /// <summary>Gets the provider and model that answered, for example <c>openai/gpt-3.5-turbo-instruct</c>.</summary>
    public string ModelUsed => _route.ModelUsed;

    /// <summary>Gets the name of the deployment that answered.</summary>
    public string Deployment => _route.Deployment;

    /// <summary>Gets what it cost in USD; null where no price is known or the provider reported no usage.</summary>
    public decimal? Cost => _route.CostOf(Usage);

    /// <summary>Gets how long the whole call took, failed attempts and waits included.</summary>
    public TimeSpan Duration => _route.Duration;

    /// <summary>Gets all attempts of the call in order; the last one answered.</summary>
    public IReadOnlyList<Attempt> Attempts => _route.Attempts;

    /// <summary>Gets what was left out of the request because the model that answered does not take it, for example <c>top_k: left out</c>; empty where it was sent as asked.</summary>
    public IReadOnlyList<string> LeftOut { get; internal set; } = [];

    /// <summary>Gets what was received, parsed, where <see cref="CallOptions.IncludeRawRepresentation"/> asked for it.</summary>
    public object? RawRepresentation { get; internal set; }

    ServiceTier? ICallAnswer.Tier => null;

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal void Attach(RouteSummary route) => _route = route;
}
