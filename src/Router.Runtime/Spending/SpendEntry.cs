namespace RouterGen;

/// <summary>What one attempt cost, and for whom it was made.</summary>
public sealed record SpendEntry
{
    /// <summary>Gets the number of the entry, which no other has: a store that has it already ignores it.</summary>
    public required string Id { get; init; }

    /// <summary>Gets when the attempt began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the number of the call; null for what the router sends by itself.</summary>
    public string? CallId { get; init; }

    /// <summary>Gets the name of the group that the deployment serves.</summary>
    public required string Group { get; init; }

    /// <summary>Gets the deployment's name.</summary>
    public required string Deployment { get; init; }

    /// <summary>Gets the provider and model in one, for example <c>openai/gpt-6-luna</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Gets what was asked for.</summary>
    public CallKind Kind { get; init; }

    /// <summary>Gets what the attempt was for.</summary>
    public AttemptPurpose Purpose { get; init; }

    /// <summary>Gets how it ended.</summary>
    public FailureKind Outcome { get; init; }

    /// <summary>Gets for whom the call was made (<see cref="CallOptions.Caller"/>); null where it was not said.</summary>
    public string? Caller { get; init; }

    /// <summary>Gets the session that the call belongs to (<see cref="CallOptions.SessionKey"/>); null where it was not said.</summary>
    public string? Session { get; init; }

    /// <summary>Gets the call's <see cref="CallOptions.Tags"/> and <see cref="CallOptions.SpendTags"/>, each once.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gets the input tokens; null where they are not known.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Gets the output tokens; null where they are not known.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Gets what it cost in USD; null where that is not known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Gets whether tokens and cost are estimated, because a stream was cut.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>Gets whether it was paid for with a key of the caller's own.</summary>
    public bool IsCallersKey { get; init; }

    /// <summary>Gets how long the attempt took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Makes the entry of an attempt that has ended.</summary>
    internal static SpendEntry Of(ObservedAttempt attempt)
    {
        CallOptions? routing = attempt.Call?.Routing;
        return new SpendEntry
        {
            Id = attempt.Id,
            At = attempt.StartedAt,
            CallId = attempt.Call?.Id,
            Group = attempt.Group,
            Deployment = attempt.Deployment,
            Model = attempt.Provider + "/" + attempt.Model,
            Kind = attempt.Request.Kind,
            Purpose = attempt.Purpose,
            Outcome = attempt.Outcome,
            Caller = routing?.Caller,
            Session = routing?.SessionKey,
            Tags = routing is null || routing.Tags.Count + routing.SpendTags.Count == 0 ? [] : [.. routing.Tags.Concat(routing.SpendTags).Distinct(StringComparer.Ordinal)],
            InputTokens = attempt.Usage?.InputTokenCount,
            OutputTokens = attempt.Usage?.OutputTokenCount,
            Cost = attempt.Cost,
            IsEstimated = attempt.IsEstimated,
            IsCallersKey = attempt.IsCallersKey,
            Duration = attempt.Duration,
        };
    }
}
