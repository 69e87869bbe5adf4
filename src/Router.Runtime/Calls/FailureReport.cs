using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>The exception at the end of a call: what was tried, what came of it, and what to do.</summary>
internal static class FailureReport
{
    /// <summary>The exception for a call that ended without an answer.</summary>
    public static RoutingException ToException(RouterContext router, Journey journey)
    {
        AttemptFailure? last = journey.LastFailure;
        AttemptFailure? behind = last ?? WhyNobody(journey);
        bool deadline = journey.Clock.Remaining <= TimeSpan.Zero;
        FailureKind kind =
            journey.FoundQueueFull ? FailureKind.RateLimited
            : behind?.Kind ?? (deadline ? FailureKind.Timeout : FailureKind.RateLimited);

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Model group '{journey.Requested.Name}' could not answer");
        Attempt[] attempts = journey.Attempts;
        if (attempts.Length == 0) text.Append(": ").Append(behind?.Kind is FailureKind.Unsupported ? behind.Message : "no deployment could be tried.");
        else text.Append(CultureInfo.InvariantCulture, $" after {attempts.Length} {(attempts.Length == 1 ? "attempt" : "attempts")} in {router.Clock.Since(journey.Clock.Started).TotalSeconds:F1} s.");

        foreach (Attempt attempt in attempts) text.Append("\n  ").Append(attempt.ToString());
        AppendUnusable(text, journey, attempts);
        if (journey.FoundQueueFull) text.Append(CultureInfo.InvariantCulture, $"\n  Too many calls wait for a deployment already: the queue is full (MaxQueueLength {journey.Requested.Definition.MaxQueueLength}).");
        if (journey.HasMadeAllAttempts) text.Append(CultureInfo.InvariantCulture, $"\n  No more attempts are allowed (MaxAttempts {journey.MaxAttempts}).");
        if (journey.FoundRetryBudgetEmpty) text.Append("\n  No deployment was asked again: too many calls needed that lately, and the retry budget is used up.");
        if (attempts.Length > 0 && journey.DescribeRefusals() is { } refusals) text.Append(CultureInfo.InvariantCulture, $"\n  No other deployment was asked: {refusals}.");
        WaitReport.Append(text, journey);
        if (deadline) text.Append("\n  The total deadline (TimeoutSeconds) has passed.");
        if (behind is not null && (attempts.Length > 0 || behind.Kind is not FailureKind.Unsupported) && FailureAdvice.For(behind.Kind) is { } advice) text.Append("\n  ").Append(advice);
        if (journey.RetryAfter is { } wait) text.Append(CultureInfo.InvariantCulture, $"\n  Try again in {Math.Ceiling(wait.TotalSeconds):F0} s.");

        return new RoutingException(text.ToString(), kind, attempts, last?.Exception)
        {
            Scope = behind?.Scope ?? FailureRule.For(kind).Scope,
            RetryAfter = journey.RetryAfter,
            StatusCode = last?.StatusCode,
            ErrorCode = last?.ErrorCode,
            ProviderMessage = last?.Message,
        };
    }

    /// <summary>The exception for a call that its caller cancelled.</summary>
    public static RoutingCanceledException Canceled(RouterContext router, Journey journey)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"The call of model group '{journey.Requested.Name}' was cancelled by its caller after {router.Clock.Since(journey.Clock.Started).TotalSeconds:F1} s.");
        Attempt[] attempts = journey.Attempts;
        if (attempts.Length == 0) text.Append(" No deployment had been asked.");
        foreach (Attempt attempt in attempts) text.Append("\n  ").Append(attempt.ToString());
        return new RoutingCanceledException(text.ToString(), attempts, journey.Clock.Caller);
    }

    /// <summary>The exception for a stream that failed after a part of it had reached the caller.</summary>
    public static RoutingException BrokenStream(Journey journey, AttemptFailure failure, ChatResponse partial)
    {
        string text = $"The stream of model group '{journey.Requested.Name}' from {journey.Deployment.Name} broke after {partial.Text.Length} characters had arrived: {failure.Message}";
        return new RoutingException(text, failure.Kind, journey.Attempts, failure.Exception)
        {
            Scope = failure.Scope,
            RetryAfter = failure.RetryAfter,
            StatusCode = failure.StatusCode,
            ErrorCode = failure.ErrorCode,
            ProviderMessage = failure.Message,
            PartialResponse = partial,
        };
    }

    /// <summary>Names the deployments that were passed over, and why.</summary>
    private static void AppendUnusable(StringBuilder text, Journey journey, Attempt[] attempts)
    {
        foreach (Deployment deployment in journey.Suited)
        {
            DeploymentStatus status = deployment.Status;
            bool asked = attempts.Any(attempt => attempt.Group == deployment.Group && attempt.Deployment == deployment.Name);
            if (deployment.CredentialsFor(journey.Routing).Problem is { } problem) text.Append(CultureInfo.InvariantCulture, $"\n  {deployment.Name}: not used, because {problem}");
            else if (asked) continue;
            else if (IsOutOfService(deployment, journey)) text.Append(CultureInfo.InvariantCulture, $"\n  {deployment.Name}: not used, because it is {(status.Health is DeploymentHealth.Disabled ? "disabled" : "drained")}");
            else if (status.Health is DeploymentHealth.CoolingDown) text.Append(CultureInfo.InvariantCulture, $"\n  {deployment.Name}: cools down for another {status.CooldownRemaining.TotalSeconds:F1} s after {deployment.LastFailure?.Kind}{(deployment.LastFailure is { Scope: FailureScope.Key } ? " of its key" : "")}");
            else if (status.Spend.IsSpent) text.Append(CultureInfo.InvariantCulture, $"\n  {deployment.Name}: {Spent(status.Spend)}");
            else if (!deployment.IsSpent && (attempts.Length == 0 || journey.MustWaitFor(deployment))) text.Append(CultureInfo.InvariantCulture, $"\n  {deployment.Name}: at its limit (Rpm, Tpm or MaxConcurrency), or waiting for a probe");
        }

        foreach (GroupState group in journey.Groups)
        {
            if (group.Spend.Status is { IsSpent: true } spend) text.Append(CultureInfo.InvariantCulture, $"\n  Model group '{group.Name}' {Spent(spend)}");
        }
    }

    private static string Spent(in BudgetStatus spend) =>
        string.Create(CultureInfo.InvariantCulture, $"has spent its budget of {spend.Limit} USD for this {spend.Period.ToString().ToLowerInvariant()}");

    /// <summary>Why no attempt was made: why the deployment that returns first had failed, or that none is configured.</summary>
    private static AttemptFailure? WhyNobody(Journey journey)
    {
        if (!journey.Suited.Any()) return new AttemptFailure(FailureKind.Unsupported, $"{journey.UnmetDemand ?? "no deployment answers callers"}.");
        Deployment[] usable = journey.Suited.Where(deployment => deployment.CredentialsFor(journey.Routing).Problem is null && !IsOutOfService(deployment, journey)).ToArray();
        if (usable.Length == 0) return new AttemptFailure(FailureKind.NotConfigured, "No deployment is configured and in service.");
        if (journey.DescribeRefusals() is { } refusals) return new AttemptFailure(FailureKind.Unsupported, refusals + ".");
        if (Array.TrueForAll(usable, static deployment => deployment.IsSpent)) return new AttemptFailure(FailureKind.QuotaExhausted, "The budget is spent.");
        return usable.Where(static deployment => deployment.LastFailure is not null && !deployment.Breakers.IsClosed).MinBy(static deployment => deployment.Breakers.CoolUntil)?.LastFailure;
    }

    private static bool IsOutOfService(Deployment deployment, Journey journey) =>
        deployment.Settings.State is ServiceState.Disabled || (deployment.Settings.State is ServiceState.Draining && journey.Routing.Deployment is null);
}
