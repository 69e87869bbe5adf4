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

    /// <summary>Gets whether the request was not sent: the deployment's dialect cannot express it.</summary>
    internal bool IsUnsent { get; init; }

    /// <summary>Gets a word of the router's own for logs, where there is no code of the provider: which limit passed, or what the transport failed at.</summary>
    internal string? Detail { get; init; }
}
