using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A piece of a text that is streamed. The last one of a stream is a <see cref="RoutedCompletionUpdate"/>.</summary>
/// <param name="text">The piece; empty where there is none.</param>
public class CompletionUpdate(string text)
{
    /// <summary>Gets the piece of the text; empty where the update brings none.</summary>
    public string Text { get; } = text ?? throw new ArgumentNullException(nameof(text));

    /// <summary>Gets the tokens of the piece and their probabilities; empty unless they were asked for.</summary>
    public IReadOnlyList<TokenProbability> Tokens { get; init; } = [];

    /// <summary>Gets why the model stopped; null where it has not.</summary>
    public ChatFinishReason? FinishReason { get; init; }

    /// <summary>Gets what the provider counted, of the whole call; null where the update does not tell.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Gets what was received, parsed, where <see cref="CallOptions.IncludeRawRepresentation"/> asked for it.</summary>
    public object? RawRepresentation { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>The last update of a stream: how the answer came about, and the usage where the provider reported it.</summary>
public sealed class RoutedCompletionUpdate : CompletionUpdate
{
    private readonly RouteSummary _route;

    internal RoutedCompletionUpdate(string text, RouteSummary route) : base(text) => _route = route;

    /// <summary>Gets the provider and model that answered, for example <c>openai/gpt-3.5-turbo-instruct</c>.</summary>
    public string ModelUsed => _route.ModelUsed;

    /// <summary>Gets the name of the deployment that answered.</summary>
    public string Deployment => _route.Deployment;

    /// <summary>Gets what it cost in USD; null where no price is known or the provider reported no usage.</summary>
    public decimal? Cost => _route.CostOf(Usage);

    /// <summary>Gets how long the whole call took, failed attempts, waits and the consumer's own time included.</summary>
    public TimeSpan Duration => _route.Duration;

    /// <summary>Gets the time from the start of the answering attempt to its first content; null where there was none.</summary>
    public TimeSpan? TimeToFirstToken => _route.TimeToFirstToken;

    /// <summary>Gets all attempts of the call in order; the last one answered.</summary>
    public IReadOnlyList<Attempt> Attempts => _route.Attempts;

    /// <summary>Gets what was left out of the request because the model that answered does not take it, for example <c>top_k: left out</c>; empty where it was sent as asked.</summary>
    public IReadOnlyList<string> LeftOut { get; internal init; } = [];
}
