using System.Security.Authentication;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What an exception out of the transport, or a limit that ended, means.</summary>
internal static class TransportFailure
{
    /// <summary>Names the failure behind an exception. A caller's cancellation must have been looked for before.</summary>
    public static AttemptFailure From(Exception exception, CancelCause cause)
    {
        bool isOurs = cause is not CancelCause.None and not CancelCause.Caller;
        if (!isOurs && FileFault(exception) is { } unreadable) return new AttemptFailure(FailureKind.InvalidRequest, unreadable.Message) { Exception = exception, Detail = "File", IsUnsent = true };
        if (!isOurs && exception is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }) return ProxyFault.From(exception);
        CertificateFault? certificate = exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } ? CertificateFault.Find(exception) : null;
        long code = 0;
        bool hasCode = !isOurs && Http2Error.TryFind(exception, out code);
        (FailureKind kind, string message) = exception switch
        {
            _ when isOurs => (FailureKind.Timeout, Describe(cause)),
            _ when hasCode => (Http2Error.KindOf(code), Http2Error.Describe(code)),
            OperationCanceledException => (FailureKind.Timeout, "The transport gave up waiting" + Because(exception.InnerException)),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => (FailureKind.ConnectionFailed, "The host name could not be resolved" + Because(exception)),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => (FailureKind.ConnectionFailed, "No secure connection could be made" + SecureFault(exception, certificate)),
            HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError } => (FailureKind.ConnectionFailed, "The server does not speak the version of HTTP that RouterOptions.HttpVersionPolicy demands. Set RouterOptions.HttpVersion to another one, or the policy to RequestVersionOrLower."),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => (FailureKind.ConnectionFailed, "The connection could not be made" + Because(exception)),
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => (FailureKind.InvalidResponse, "The answer is not valid HTTP" + Because(exception)),
            HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => (FailureKind.ConnectionFailed, "The connection was closed in the middle of the answer."),
            HttpRequestException or IOException or ObjectDisposedException or AuthenticationException => (FailureKind.ConnectionFailed, "The connection failed" + Because(exception.InnerException ?? exception)),
            InvalidDataException => (FailureKind.InvalidResponse, exception.Message),
            _ => (FailureKind.InvalidResponse, $"The answer could not be read: {exception.GetType().Name}" + Because(exception)),
        };
        return new AttemptFailure(kind, message) { Exception = exception, AtDeadline = cause is CancelCause.Deadline, Detail = hasCode ? Http2Error.NameOf(code) : certificate is not null && !isOurs ? certificate.Detail : DetailOf(exception, cause) };
    }

    /// <summary>What happened in one word that quotes nothing: an exception's message may hold anything.</summary>
    private static string DetailOf(Exception exception, CancelCause cause) => exception switch
    {
        _ when cause is not CancelCause.None and not CancelCause.Caller => cause.ToString(),
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request => request.HttpRequestError.ToString(),
        HttpIOException { HttpRequestError: not HttpRequestError.Unknown } io => io.HttpRequestError.ToString(),
        _ => exception.GetType().Name,
    };

    private static string Describe(CancelCause cause) => cause switch
    {
        CancelCause.Deadline => "The call's total deadline (TimeoutSeconds) passed.",
        CancelCause.AttemptTimeout => "No answer within the time for one attempt (AttemptTimeoutSeconds).",
        CancelCause.FirstTokenTimeout => "No first content in time (FirstTokenTimeoutSeconds).",
        CancelCause.Superseded => "Another deployment answered first.",
        _ => "The stream fell silent (StreamIdleTimeoutSeconds).",
    };

    private static string SecureFault(Exception exception, CertificateFault? certificate) =>
        certificate is not null ? ": " + certificate.Message : $": {exception.GetBaseException().Message.TrimEnd('.')}. Check that the endpoint of the deployment speaks https, and the version of HTTP that is asked for.";

    // A transport may wrap what the request's body throws.
    private static MediaFileException? FileFault(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is MediaFileException fault) return fault;
        }

        return null;
    }

    private static string Because(Exception? exception) => exception is null ? "." : ": " + exception.Message;
}
