using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reports an attempt's failure: never with a key, and in the logs without what providers or callers wrote.</summary>
internal static class FailureLog
{
    private const int LongestCode = 64;

    /// <summary>Takes the key that an attempt was made with out of what a provider or a transport said.</summary>
    public static AttemptFailure Redact(AttemptFailure failure, Credentials credentials)
    {
        string message = credentials.Redact(failure.Message);
        string? code = failure.ErrorCode is null ? null : credentials.Redact(failure.ErrorCode);
        return failure with { Message = message, ErrorCode = code, Exception = RedactedException.Of(failure.Exception, credentials) };
    }

    /// <summary>Logs how an attempt failed, or the copy of a call to a shadow.</summary>
    public static void Log(RouterContext router, Deployment deployment, in Lease lease, AttemptFailure failure)
    {
        if (deployment.IsShadow)
        {
            LogCopy(router, deployment, failure);
            return;
        }

        bool mustAct = FailureRule.For(failure.Kind).LoggedAsError && !lease.BlamesOtherKey(failure) && !failure.IsMocked;
        if (mustAct) RouterLog.AttemptFailedForGood(router.Logger, deployment.Group, deployment.Name, failure.Kind, failure.StatusCode, CodeOf(failure));
        else RouterLog.AttemptFailed(router.Logger, deployment.Group, deployment.Name, failure.Kind, failure.StatusCode, CodeOf(failure));
        LogMessage(router, deployment, failure, mustAct ? LogLevel.Error : LogLevel.Warning);
    }

    private static void LogCopy(RouterContext router, Deployment shadow, AttemptFailure failure)
    {
        RouterLog.MirrorFailed(router.Logger, shadow.Group, shadow.Name, failure.Kind, failure.StatusCode, CodeOf(failure));
        LogMessage(router, shadow, failure, LogLevel.Debug);
    }

    private static void LogMessage(RouterContext router, Deployment deployment, AttemptFailure failure, LogLevel asked)
    {
        LogLevel level = router.MessageLevel(asked);
        if (router.Logger.IsEnabled(level)) RouterLog.AttemptMessage(router.Logger, level, deployment.Group, deployment.Name, failure.Message);
    }

    /// <summary>The provider's code, where it is one: some put sentences there, and a sentence may quote anything.</summary>
    private static string? CodeOf(AttemptFailure failure) =>
        failure.ErrorCode is { Length: > 0 and <= LongestCode } code && !code.AsSpan().ContainsAnyExcept(CodeCharacters) ? code : failure.Detail;

    private static readonly System.Buffers.SearchValues<char> CodeCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:/");
}
