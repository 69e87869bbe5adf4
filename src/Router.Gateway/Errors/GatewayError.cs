using Microsoft.AspNetCore.Http;

namespace RouterGen.Gateway.Errors;

/// <summary>Why a client gets no answer, before any dialect says it.</summary>
/// <param name="Status">The status of the response.</param>
/// <param name="Reason">What kind of error it is; each dialect has a name for it.</param>
/// <param name="Message">What happened, and what to do. Never contains a key of a provider.</param>
internal sealed record GatewayError(int Status, ErrorReason Reason, string Message)
{
    /// <summary>Gets the code that clients may look for; null where the reason says all.</summary>
    public string? Code { get; init; }

    /// <summary>Gets the member of the request that it is about; null where it is about none.</summary>
    public string? Parameter { get; init; }

    /// <summary>Gets how long the client should wait; null where that is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets whether the router has tried again already, so that a client that does so too multiplies requests.</summary>
    public bool WasRetried { get; init; }

    /// <summary>Gets whether trying again is of no use within a client's patience, whatever the status says.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Returns the error of a body that is larger than the gateway takes.</summary>
    public static GatewayError TooLarge(long limit) => new(413, ErrorReason.TooLarge, FormattableString.Invariant($"The body is larger than {limit} bytes, which is all that this gateway takes."));

    /// <summary>Returns the error of a body that the server refuses.</summary>
    public static GatewayError Of(BadHttpRequestException exception) => new(exception.StatusCode, exception.StatusCode is 413 ? ErrorReason.TooLarge : ErrorReason.InvalidRequest, exception.Message);

    /// <summary>Returns the error of a fault of the gateway's own.</summary>
    public static GatewayError Unexpected() => new(500, ErrorReason.Internal, "The gateway failed unexpectedly. Its log has the request's id.");

    /// <summary>Returns the error of a body that cannot be read: a chunk without a size, or an end in the midst of it.</summary>
    public static GatewayError Unreadable() => new(400, ErrorReason.InvalidRequest, "The body cannot be read: it is not in the form of HTTP that its headers say.");

    /// <summary>Returns the error of a client that sends its body too slowly, or not at all.</summary>
    public static GatewayError TooSlow() => new(408, ErrorReason.InvalidRequest, "The body did not arrive in time.");
}

/// <summary>The kinds of errors that dialects have names for.</summary>
internal enum ErrorReason
{
    InvalidRequest,
    NotFound,
    TooLarge,
    Unauthorized,
    Forbidden,
    RateLimited,
    QuotaExhausted,
    BudgetExceeded,
    ContextWindow,
    ContentFilter,
    Overloaded,
    Upstream,
    Timeout,
    Internal,
}
