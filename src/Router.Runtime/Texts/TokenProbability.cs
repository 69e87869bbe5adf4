namespace RouterGen;

/// <summary>A token that a model wrote, and how likely it was.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="LogProbability">The natural logarithm of its probability, 0 or less; null where the provider did not say.</param>
public sealed record TokenProbability(string Token, double? LogProbability)
{
    /// <summary>Gets the likeliest tokens of its place, with the logarithms of their probabilities; empty where none were asked for.</summary>
    public IReadOnlyDictionary<string, double> Alternatives { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, double>.Empty;
}
