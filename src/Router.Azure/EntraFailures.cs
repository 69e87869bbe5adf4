using Azure;
using Azure.Identity;
using Microsoft.Identity.Client;
using RouterGen.Infrastructure;

namespace RouterGen.Azure;

/// <summary>Tells an identity that is refused from an identity provider that could not be asked.</summary>
internal static class EntraFailures
{
    private const int LongestMessage = 600;

    private const string Passing = "Entra ID issued no token. ";

    private const string Refused = "Entra ID refused the identity and issued no token: check its tenant, client ID, secret or certificate. ";

    private const string Absent =
        "There is no identity of Entra ID: set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, assign a managed identity, or sign in with 'az login'; or set the key of the deployment. ";

    public static AttemptFailure Read(Exception exception)
    {
        // An identity that the machine has not is not there because its endpoint could not be reached: that will not pass.
        bool isAbsent = exception is CredentialUnavailableException;
        bool isRefused = isAbsent || (IsOfIdentity(exception) && !IsPassing(exception));
        string message = exception.Message.ReplaceLineEndings(" ");
        if (message.Length > LongestMessage) message = string.Concat(message.AsSpan(0, LongestMessage - 1), "…");
        return new(isRefused ? FailureKind.AuthenticationFailed : FailureKind.ConnectionFailed, (isAbsent ? Absent : isRefused ? Refused : Passing) + message)
        {
            Scope = FailureScope.Key,
            ErrorCode = CodeOf(exception),
        };
    }

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
