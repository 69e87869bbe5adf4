using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>One attempt of a call at one deployment: what was asked, how it ended, and how long it took.</summary>
public readonly record struct Attempt
{
    /// <summary>Gets the name of the group that the deployment serves.</summary>
    public required string Group { get; init; }

    /// <summary>Gets the deployment's name.</summary>
    public required string Deployment { get; init; }

    /// <summary>Gets the provider and model, for example <c>openai/gpt-4o-mini</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Gets how it ended; <see cref="FailureKind.None"/> is a success.</summary>
    public required FailureKind Outcome { get; init; }

    /// <summary>Gets what the failure is about: the request, the model, the key, the provider. Where it is not set, <see cref="Outcome"/> decides.</summary>
    public FailureScope Scope
    {
        get => field is FailureScope.None ? FailureRule.For(Outcome).Scope : field;
        init;
    }

    /// <summary>Gets the HTTP status code of a failure, where there was a response.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Gets the provider's own code or type of the error, for example <c>rate_limit_exceeded</c>; null where it gave none. Never contains a key.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets whether the router's table has no row for what the provider said, so that a default for the status decided what follows.</summary>
    public bool IsUnrecognized { get; init; }

    /// <summary>Gets what went wrong, in words; null for a success. Never contains a key.</summary>
    public string? Message { get; init; }

    /// <summary>Gets how long the attempt took; for a stream, to its end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Gets how long the provider asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets whether the attempt was not made, because the call is a drill (<c>CallOptions.MockFailure</c>), or its stream was made to break.</summary>
    public bool IsMocked { get; init; }

    /// <summary>Describes an attempt.</summary>
    /// <param name="group">The group's name.</param>
    /// <param name="deployment">The deployment's name.</param>
    /// <param name="model">The provider and model.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="failure">How it failed; null where it did not.</param>
    internal static Attempt Of(string group, string deployment, string model, TimeSpan duration, AttemptFailure? failure) => new()
    {
        Group = group,
        Deployment = deployment,
        Model = model,
        Outcome = failure?.Kind ?? FailureKind.None,
        Scope = failure?.Scope ?? FailureScope.None,
        StatusCode = failure?.StatusCode,
        ErrorCode = failure?.ErrorCode,
        IsUnrecognized = failure is { IsUnrecognized: true },
        Message = failure?.Message,
        RetryAfter = failure?.RetryAfter,
        IsMocked = failure is { IsMocked: true },
        Duration = duration,
    };

    /// <summary>Returns one line for people: <c>anthropic/claude-haiku-4-5: RateLimited (429, rate_limit_error) after 12 ms: …</c>. The message may quote what users wrote.</summary>
    public override string ToString()
    {
        string status = (StatusCode, ErrorCode) switch
        {
            (null, null) => "",
            ({ } code, null) => $" ({code})",
            (null, { } code) => $" ({code})",
            ({ } number, { } code) => number.ToString(System.Globalization.CultureInfo.InvariantCulture) == code ? $" ({code})" : $" ({number}, {code})",
        };
        string message = Message is null ? "" : $": {Message}";
        string outcome = Outcome is FailureKind.None ? "answered" : Outcome.ToString();
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Deployment}: {outcome}{status} after {Duration.TotalMilliseconds:F0} ms{message}");
    }
}
