using Azure;
using Azure.Identity;
using Microsoft.Identity.Client;
using RouterGen.Infrastructure;

namespace RouterGen.Azure;

/// <summary>Tells an identity that is refused from an identity provider that could not be asked.</summary>
internal static class EntraFailures
{
    private const int LongestMessage = 600;

    public static AttemptFailure Read(Exception exception)
    {
        bool isRefused = IsOfIdentity(exception) && !IsPassing(exception);
        string message = exception.Message.ReplaceLineEndings(" ");
        if (message.Length > LongestMessage) message = string.Concat(message.AsSpan(0, LongestMessage - 1), "…");
        return new(isRefused ? FailureKind.AuthenticationFailed : FailureKind.ConnectionFailed, "Entra ID issued no token. " + message)
        {
            Scope = FailureScope.Key,
            ErrorCode = CodeOf(exception),
        };
    }

    // Also one that is not there: what a developer has not signed in to, or a machine does not have, does not come by itself.
    private static bool IsOfIdentity(Exception exception) => exception is AuthenticationFailedException or MsalException or RequestFailedException or ArgumentException;

    // What stands behind says so: the network, or a status that passes.
    private static bool IsPassing(Exception? exception) => exception switch
    {
        null => false,
        RequestFailedException failed when IsPassing(failed.Status) => true,
        MsalServiceException service when IsPassing(service.StatusCode) || service.IsRetryable => true,
        HttpRequestException or IOException or TimeoutException or OperationCanceledException => true,
        AggregateException several => several.InnerExceptions.Any(IsPassing),
        _ => IsPassing(exception.InnerException),
    };

    private static bool IsPassing(int status) => status is 0 or 408 or 429 or >= 500;

    private static string? CodeOf(Exception? exception) => exception switch
    {
        null => null,
        MsalException { ErrorCode.Length: > 0 } msal => msal.ErrorCode,
        RequestFailedException { ErrorCode.Length: > 0 } failed => failed.ErrorCode,
        _ => CodeOf(exception.InnerException),
    };
}
