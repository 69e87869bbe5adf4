using System.Net;
using System.Security.Authentication;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What an exception of a client means.</summary>
internal static class ClientFailure
{
    private const int DeepestChain = 8;

    /// <summary>Names the failure behind an exception, or a limit that ended.</summary>
    /// <param name="exception">What the client threw, or what waiting for it did.</param>
    /// <param name="cause">Why the call's token was cancelled.</param>
    /// <param name="client">The client, which knows its exceptions.</param>
    /// <param name="now">The time.</param>
    public static AttemptFailure From(Exception exception, CancelCause cause, ConnectedClient client, DateTimeOffset now)
    {
        if (cause is not CancelCause.None and not CancelCause.Caller) return TransportFailure.From(exception, cause);
        int depth = 0;
        for (Exception? current = exception; current is not null && depth < DeepestChain; current = current.InnerException, depth++)
        {
            if ((client.Read(current, now) ?? Known(current)) is { } failure) return failure with { Exception = failure.Exception ?? exception, Detail = failure.Detail ?? current.GetType().Name };
        }

        return new AttemptFailure(FailureKind.ServerError, $"The client failed: {exception.GetType().Name}: {exception.Message}") { Exception = exception, Detail = exception.GetType().Name };
    }

    /// <summary>What exceptions of the framework mean, and those of a router behind the client; null for any other.</summary>
    private static AttemptFailure? Known(Exception exception) => exception switch
    {
        RoutingException routing => new(routing.Kind, routing.Message) { StatusCode = routing.StatusCode, ErrorCode = routing.ErrorCode, RetryAfter = routing.RetryAfter, Scope = routing.Scope },
        HttpRequestException { StatusCode: { } status } => OfStatus(status, exception.Message),
        HttpRequestException or IOException or AuthenticationException or OperationCanceledException => TransportFailure.From(exception, CancelCause.None),
        TimeoutException => new(FailureKind.Timeout, "The client gave up waiting: " + exception.Message),
        NotSupportedException or NotImplementedException => new(FailureKind.Unsupported, "The client cannot do it: " + exception.Message),
        _ => null,
    };

    /// <summary>What is assumed of a status of which nothing else is known. An SDK's exception that has more of the answer is read by that.</summary>
    private static AttemptFailure OfStatus(HttpStatusCode status, string message) => new(KindOf((int)status), message) { StatusCode = (int)status, IsUnrecognized = (int)status is < 500 and not (401 or 402 or 408 or 429) };

    private static FailureKind KindOf(int status) => status switch
    {
        401 or 407 => FailureKind.AuthenticationFailed,
        402 => FailureKind.QuotaExhausted,
        403 => FailureKind.PermissionDenied,
        404 or 405 or 410 => FailureKind.ModelNotFound,
        408 or 504 or 522 or 524 => FailureKind.Timeout,
        409 or 425 or 503 or 529 => FailureKind.Overloaded,
        413 or 414 or 415 or 431 => FailureKind.Unsupported,
        429 => FailureKind.RateLimited,
        >= 500 => FailureKind.ServerError,
        >= 400 => FailureKind.InvalidRequest,
        >= 300 => FailureKind.Redirected,
        _ => FailureKind.InvalidResponse,
    };
}
