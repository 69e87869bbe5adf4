using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>What went wrong in one attempt, as a value. Exceptions exist only at the edge of the API.</summary>
/// <param name="Kind">What it means for the call.</param>
/// <param name="Message">What happened, in words: the provider's message where it gave one. Never contains a key.</param>
public sealed record AttemptFailure(FailureKind Kind, string Message)
{
    /// <summary>Gets the HTTP status code, where there was a response.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Gets the provider's own code or type of the error, for example <c>rate_limit_exceeded</c>.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets what the failure is about. Where it is not set, <see cref="Kind"/> decides.</summary>
    public FailureScope Scope
    {
        get => field is FailureScope.None ? FailureRule.For(Kind).Scope : field;
        init;
    }

    /// <summary>Gets whether no row of the dialect's table matches the refusal, so that the default for its status decided.</summary>
    public bool IsUnrecognized { get; init; }

    /// <summary>Gets how long the provider asks to be left alone; uncapped, as it was said.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets what the provider had counted, where there is no answer to hang that on; null where it did not say.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Gets whether it ended because the call's total deadline had passed, which is not the deployment's fault.</summary>
    internal bool AtDeadline { get; init; }

    /// <summary>Gets the exception behind a failure of the transport.</summary>
    public Exception? Exception { get; init; }

    /// <summary>Gets whether it is a drill's (<c>CallOptions.MockFailure</c>): it says nothing about the deployment.</summary>
    internal bool IsMocked { get; init; }

    /// <summary>Gets whether the request was not sent: the deployment's dialect cannot express it.</summary>
    internal bool IsUnsent { get; init; }

    /// <summary>Gets a word of the router's own for logs, where there is no code of the provider: which limit passed, or what the transport failed at.</summary>
    internal string? Detail { get; init; }

    private static readonly Dictionary<FailureKind, int> UsualStatus = new()
    {
        [FailureKind.RateLimited] = 429,
        [FailureKind.QuotaExhausted] = 402,
        [FailureKind.Overloaded] = 503,
        [FailureKind.ServerError] = 500,
        [FailureKind.InvalidResponse] = 200,
        [FailureKind.Redirected] = 302,
        [FailureKind.AuthenticationFailed] = 401,
        [FailureKind.PermissionDenied] = 403,
        [FailureKind.ModelNotFound] = 404,
        [FailureKind.InvalidRequest] = 400,
        [FailureKind.ContextWindowExceeded] = 400,
        [FailureKind.ContentFiltered] = 400,
        [FailureKind.Unsupported] = 400,
    };

    /// <summary>Makes a failure with the status that providers usually give to its kind; for drills and fakes.</summary>
    /// <param name="kind">What it means for the call.</param>
    /// <param name="message">What happened, in words.</param>
    /// <exception cref="ArgumentOutOfRangeException">No deployment makes an attempt end so.</exception>
    public static AttemptFailure Like(FailureKind kind, string message)
    {
        if (!Enum.IsDefined(kind) || kind is FailureKind.None or FailureKind.Superseded or FailureKind.Canceled or FailureKind.EmptyResponse)
            throw new ArgumentOutOfRangeException(nameof(kind), kind, $"No deployment makes an attempt end with {kind}.");
        return new AttemptFailure(kind, message) { StatusCode = UsualStatus.TryGetValue(kind, out int status) ? status : null };
    }
}
