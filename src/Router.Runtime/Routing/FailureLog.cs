using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What is told of an attempt's failure: never with a key, and in the logs.</summary>
internal static class FailureLog
{
    /// <summary>Takes the key that an attempt was made with out of what a provider or a transport said.</summary>
    public static AttemptFailure Redact(AttemptFailure failure, Credentials credentials)
    {
        string message = credentials.Redact(failure.Message);
        string? code = failure.ErrorCode is null ? null : credentials.Redact(failure.ErrorCode);
        return failure with { Message = message, ErrorCode = code, Exception = credentials.Redact(failure.Exception) };
    }

    /// <summary>Logs how an attempt failed.</summary>
    public static void Log(RouterContext router, Deployment deployment, in Lease lease, AttemptFailure failure)
    {
        if (FailureRule.For(failure.Kind).LoggedAsError && !lease.BlamesCaller(failure))
            RouterLog.AttemptFailedForGood(router.Logger, deployment.Group, deployment.Name, failure.Kind, failure.StatusCode, failure.Message);
        else
            RouterLog.AttemptFailed(router.Logger, deployment.Group, deployment.Name, failure.Kind, failure.StatusCode, failure.Message);
    }
}
