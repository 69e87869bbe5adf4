namespace RouterGen;

/// <summary>What a request holds, roughly: enough to tell which deployments can serve it, and to admit it to a token limit, which real usage corrects afterwards.</summary>
/// <param name="InputTokens">The tokens of its text, as estimated; at least 1.</param>
/// <param name="OutputTokens">The most tokens that the caller wants to be written; 0 where no limit is set.</param>
/// <param name="Needs">What a model must be able to do to serve it.</param>
internal sealed record RequestShape(int InputTokens, int OutputTokens, ModelCapabilities Needs)
{
    // English text has about four characters a token in all current tokenizers.
    internal const int CharactersPerToken = 4;

    /// <summary>Gets the tokens of the longest text that a model reads at once, which must fit into its window: all of it, but for batches of texts.</summary>
    public int LongestPrompt { get; init; } = InputTokens;

    /// <summary>Gets what it may use of a token limit.</summary>
    public int Tokens => (int)Math.Min((long)InputTokens + OutputTokens, int.MaxValue);
}
