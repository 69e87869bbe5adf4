using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Tells people of failures: in logs, and in the exception at the end of a call.</summary>
internal static class FailureReport
{
    /// <summary>Takes the deployment's key out of what a provider or a transport said.</summary>
    public static AttemptFailure Redact(AttemptFailure failure, Deployment deployment)
    {
        string message = deployment.Credentials.Redact(failure.Message);
        string? code = failure.ErrorCode is null ? null : deployment.Credentials.Redact(failure.ErrorCode);
        return failure with { Message = message, ErrorCode = code, Exception = deployment.Credentials.Redact(failure.Exception) };
    }

    public static void Log(RouterContext router, Deployment deployment, AttemptFailure failure)
    {
        if (FailureRule.For(failure.Kind).LoggedAsError)
            RouterLog.AttemptFailedForGood(router.Logger, deployment.Group, deployment.Name, failure.Kind, failure.StatusCode, failure.Message);
        else
            RouterLog.AttemptFailed(router.Logger, deployment.Group, deployment.Name, failure.Kind, failure.StatusCode, failure.Message);
    }

    /// <summary>The exception for a call that ended without an answer.</summary>
    public static RoutingException ToException(RouterContext router, Journey journey)
    {
        AttemptFailure? last = journey.LastFailure;
        AttemptFailure? behind = last ?? WhyNobody(journey);
        bool deadline = journey.Clock.Remaining <= TimeSpan.Zero;
        FailureKind kind =
            journey.FoundQueueFull ? FailureKind.RateLimited
            : deadline && last is null ? FailureKind.Timeout
            : behind?.Kind ?? FailureKind.RateLimited;

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Model group '{journey.Requested.Name}' could not answer");
        Attempt[] attempts = journey.Attempts;
        if (attempts.Length == 0) text.Append(": no deployment could be tried.");
        else text.Append(CultureInfo.InvariantCulture, $" after {attempts.Length} {(attempts.Length == 1 ? "attempt" : "attempts")} in {router.Clock.Since(journey.Clock.Started).TotalSeconds:F1} s.");

        foreach (Attempt attempt in attempts) text.Append("\n  ").Append(attempt.ToString());
        AppendUnusable(text, journey, attempts);
        if (journey.FoundQueueFull) text.Append(CultureInfo.InvariantCulture, $"\n  Too many calls wait for a deployment already: the queue is full (MaxQueueLength {journey.Requested.Definition.MaxQueueLength}).");
        if (deadline) text.Append("\n  The total deadline (TimeoutSeconds) has passed.");
        if (journey.RetryAfter is { } wait) text.Append(CultureInfo.InvariantCulture, $"\n  Try again in {Math.Ceiling(wait.TotalSeconds):F0} s.");

        return new RoutingException(text.ToString(), kind, attempts, last?.Exception)
        {
            RetryAfter = journey.RetryAfter,
            StatusCode = last?.StatusCode,
            ProviderMessage = last?.Message,
        };
    }

    /// <summary>The exception for a stream that failed after a part of it had reached the caller.</summary>
    public static RoutingException BrokenStream(Journey journey, AttemptFailure failure, ChatResponse partial)
    {
        string text = $"The stream of model group '{journey.Requested.Name}' from {journey.Deployment.Name} broke after {partial.Text.Length} characters had arrived: {failure.Message}";
        return new RoutingException(text, failure.Kind, journey.Attempts, failure.Exception)
        {
            RetryAfter = failure.RetryAfter,
            StatusCode = failure.StatusCode,
            ProviderMessage = failure.Message,
            PartialResponse = partial,
        };
    }

    /// <summary>Names the deployments that were passed over, and why.</summary>
    private static void AppendUnusable(StringBuilder text, Journey journey, Attempt[] attempts)
    {
        foreach (Deployment deployment in journey.Groups.SelectMany(static group => group.Deployments))
        {
            DeploymentStatus status = deployment.Status;
            bool asked = attempts.Any(attempt => attempt.Group == deployment.Group && attempt.Deployment == deployment.Name);
            if (status.Problem is not null) text.Append(CultureInfo.InvariantCulture, $"\n  {deployment.Name}: not used, because {status.Problem}");
            else if (asked) continue;
            else if (status.Health is DeploymentHealth.CoolingDown) text.Append(CultureInfo.InvariantCulture, $"\n  {deployment.Name}: cools down for another {status.CooldownRemaining.TotalSeconds:F1} s after {deployment.LastFailure?.Kind}");
            else if (attempts.Length == 0) text.Append(CultureInfo.InvariantCulture, $"\n  {deployment.Name}: at its limit (Rpm, Tpm or MaxConcurrency), or waiting for a probe");
        }
    }

    /// <summary>Why no attempt was made: what the deployment that returns first had failed of, or that none is configured.</summary>
    private static AttemptFailure? WhyNobody(Journey journey)
    {
        Deployment[] usable = journey.Groups.SelectMany(static group => group.Deployments).Where(static deployment => deployment.Credentials.Problem is null).ToArray();
        if (usable.Length == 0) return new AttemptFailure(FailureKind.NotConfigured, "No deployment is configured.");
        return usable.Where(static deployment => deployment.LastFailure is not null).MinBy(static deployment => deployment.Breaker.CoolUntil)?.LastFailure;
    }
}
