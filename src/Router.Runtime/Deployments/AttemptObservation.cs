namespace RouterGen;

/// <summary>How an attempt went: what a <see cref="SelectionPolicy"/> may learn from.</summary>
public readonly record struct AttemptObservation
{
    /// <summary>Gets the deployment that was asked.</summary>
    public required Deployment Deployment { get; init; }

    /// <summary>Gets why it failed; <see cref="FailureKind.None"/> for an answer.</summary>
    public required FailureKind Outcome { get; init; }

    /// <summary>Gets whether the answer was streamed.</summary>
    public required bool IsStreaming { get; init; }

    /// <summary>Gets the time from the start of the attempt to its end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Gets the time from the start of the attempt to its first content; null where none came, or not as a stream.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>Gets the input tokens, as the provider counted them; null where it did not say.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Gets the output tokens, as the provider counted them; null where it did not say.</summary>
    public long? OutputTokens { get; init; }
}
