namespace RouterGen.Gateway.Page.Log;

/// <summary>A request that has ended, as the request log keeps it.</summary>
internal sealed record RequestEntry
{
    /// <summary>Gets or sets the place in the order in which requests ended, from 1; the log sets it.</summary>
    public long Number { get; set; }

    /// <summary>Gets the id that the client was told.</summary>
    public required string Id { get; init; }

    /// <summary>Gets when it arrived.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets how long it took, for a stream to its end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Gets the path that was asked, without the version.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Gets the status of the response.</summary>
    public required int Status { get; init; }

    /// <summary>Gets the group that was asked; null where none was found.</summary>
    public string? Group { get; init; }

    /// <summary>Gets what the client called the model, where there is no such group; else null.</summary>
    public string? AskedModel { get; init; }

    /// <summary>Gets whether the answer was streamed.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>Gets whether the client left before the end.</summary>
    public bool LeftEarly { get; init; }

    /// <summary>Gets what went wrong, in words; null where nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>Gets the name of the key that was used, never the key; null where none was asked for.</summary>
    public string? Key { get; init; }

    /// <summary>Gets the deployment that answered; null where none did.</summary>
    public string? Deployment { get; init; }

    /// <summary>Gets the provider and model that answered; null where none did.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the time to the first byte of the answer; null where there was none.</summary>
    public TimeSpan? FirstByte { get; init; }

    /// <summary>Gets the tokens that were read.</summary>
    public long InputTokens { get; init; }

    /// <summary>Gets the tokens that were written.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Gets what it cost in USD; null where that is not known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Gets the groups that took over, in their order.</summary>
    public IReadOnlyList<string> Fallbacks { get; init; } = [];

    /// <summary>Gets the attempts, in their order.</summary>
    public IReadOnlyList<RequestAttempt> Attempts { get; init; } = [];

    /// <summary>Gets what was asked and answered; null where that is not kept, or no longer.</summary>
    public RequestContent? Content { get; init; }

    /// <summary>Gets whether it failed.</summary>
    public bool IsError => Status >= 400 || Error is not null;
}

/// <summary>One attempt at one deployment.</summary>
/// <param name="Group">The group that the deployment serves.</param>
/// <param name="Deployment">Its name.</param>
/// <param name="Model">The provider and model.</param>
/// <param name="Outcome">How it ended; null where it succeeded.</param>
/// <param name="Status">The HTTP status of a failure; null where there was none.</param>
/// <param name="ErrorCode">The provider's own code of the error; null where there was none.</param>
/// <param name="Duration">How long it took, for a stream to its end.</param>
/// <param name="FirstToken">The time to a stream's first content; null where there was none.</param>
/// <param name="Tokens">The tokens read and written.</param>
/// <param name="Cost">What it cost in USD; null where that is not known.</param>
internal sealed record RequestAttempt(string Group, string Deployment, string Model, string? Outcome, int? Status, string? ErrorCode, TimeSpan Duration, TimeSpan? FirstToken, long Tokens, decimal? Cost)
{
    /// <summary>The outcome of an attempt that lost a race, and was still under way when its request ended.</summary>
    public const string UnderWay = "UnderWay";

    /// <summary>Gets whether the attempt was still under way when its request ended.</summary>
    public bool IsUnderWay => Outcome is UnderWay;
}
