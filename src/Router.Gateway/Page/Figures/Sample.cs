namespace RouterGen.Gateway.Page.Figures;

/// <summary>What one request, or one attempt of it, adds to figures.</summary>
/// <param name="IsError">Whether it failed.</param>
/// <param name="Duration">How long it took, for a stream to its end.</param>
/// <param name="FirstToken">The time to a stream's first content; null where there was none.</param>
/// <param name="Tokens">The tokens read and written.</param>
/// <param name="Spend">What it cost in USD.</param>
internal readonly record struct Sample(bool IsError, TimeSpan Duration, TimeSpan? FirstToken, long Tokens, decimal Spend)
{
    /// <summary>Gets whether it is only what comes to a request that was counted already: its tokens and its cost.</summary>
    public bool IsLate { get; init; }
}
