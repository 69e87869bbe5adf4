using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>The exception at the end of a call: what was tried, what came of it, and what to do.</summary>
internal static class FailureReport
{
    /// <summary>The exception for a call that ended without an answer.</summary>
    public static RoutingException ToException(RouterContext router, CallRoute route)
    {
        AttemptFailure? last = route.LastFailure;
        AttemptFailure? behind = last ?? WhyNobody(route);
        bool deadline = route.Clock.Remaining <= TimeSpan.Zero;
        FailureKind kind =
            route.FoundQueueFull ? FailureKind.RateLimited
            : behind?.Kind ?? (deadline ? FailureKind.Timeout : FailureKind.RateLimited);
        route.NoteEnd(kind);

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Model group '{route.Requested.Name}' could not answer");
        Attempt[] attempts = route.Attempts;
        if (attempts.Length == 0) text.Append(": ").Append(behind?.Kind is FailureKind.Unsupported ? behind.Message : "no deployment could be tried.");
        else text.Append(CultureInfo.InvariantCulture, $" after {attempts.Length} {(attempts.Length == 1 ? "attempt" : "attempts")} in {router.Clock.Since(route.Clock.Started).TotalSeconds:F1} s.");

        foreach (Attempt attempt in attempts) text.Append("\n  ").Append(attempt.ToString());
        AppendUnusable(text, route, attempts);
        if (route.FoundQueueFull) text.Append(CultureInfo.InvariantCulture, $"\n  Too many calls wait for a deployment already: the queue is full (MaxQueueLength {route.Requested.Definition.MaxQueueLength}).");
        if (route.HasMadeAllAttempts) text.Append(CultureInfo.InvariantCulture, $"\n  No more attempts are allowed (MaxAttempts {route.MaxAttempts}).");
        if (route.HasMadeAllRetries) text.Append(CultureInfo.InvariantCulture, $"\n  No more retries are allowed (MaxRetries {route.Requested.Settings.MaxRetries}).");
        if (route.FoundRetryBudgetEmpty) text.Append("\n  No deployment was asked again: too many calls needed that lately, and the retry budget is used up.");
        if (attempts.Length > 0 && route.DescribeRefusals() is { } refusals) text.Append(CultureInfo.InvariantCulture, $"\n  No other deployment was asked: {refusals}.");
        WaitReport.Append(text, route);
        if (deadline) text.Append("\n  The total deadline (TimeoutSeconds) has passed.");
        if (behind is not null && (attempts.Length > 0 || behind.Kind is not FailureKind.Unsupported) && FailureAdvice.For(behind.Kind) is { } advice) text.Append("\n  ").Append(advice);
        if (route.RetryAfter is { } wait) text.Append(CultureInfo.InvariantCulture, $"\n  Try again in {Math.Ceiling(wait.TotalSeconds):F0} s.");

        return new RoutingException(text.ToString(), kind, attempts, last?.Exception)
        {
            Scope = behind?.Scope ?? FailureRule.For(kind).Scope,
            RetryAfter = route.RetryAfter,
            StatusCode = last?.StatusCode,
            ErrorCode = last?.ErrorCode,
            ProviderMessage = last?.Message,
        };
    }

    /// <summary>The exception for a call that its caller cancelled.</summary>
    public static RoutingCanceledException Canceled(RouterContext router, CallRoute route)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"The call of model group '{route.Requested.Name}' was cancelled by its caller after {router.Clock.Since(route.Clock.Started).TotalSeconds:F1} s.");
        Attempt[] attempts = route.Attempts;
        if (attempts.Length == 0) text.Append(" No deployment had been asked.");
        foreach (Attempt attempt in attempts) text.Append("\n  ").Append(attempt.ToString());
        return new RoutingCanceledException(text.ToString(), attempts, route.Clock.Caller);
    }

    /// <summary>The exception for a stream that failed after a part of it had reached the caller.</summary>
    /// <param name="route">The way of the call.</param>
    /// <param name="failure">Why it failed.</param>
    /// <param name="arrived">What had arrived: a count and what is counted.</param>
    /// <param name="partial">What had arrived of an answer of chat; null for other kinds of calls.</param>
    public static RoutingException BrokenStream(CallRoute route, AttemptFailure failure, string arrived, ChatResponse? partial)
    {
        route.NoteEnd(failure.Kind);
        string text = $"The stream of model group '{route.Requested.Name}' from {route.Deployment.Name} broke after {arrived} had arrived: {failure.Message}";
        return new RoutingException(text, failure.Kind, route.Attempts, failure.Exception)
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
    private static void AppendUnusable(StringBuilder text, CallRoute route, Attempt[] attempts)
    {
        foreach (Deployment deployment in route.Suited)
        {
            DeploymentStatus status = deployment.Status;
            bool asked = attempts.Any(attempt => attempt.Group == deployment.Group && attempt.Deployment == deployment.Name);
            if (deployment.CredentialsFor(route.Routing).Problem is { } problem) text.Append(CultureInfo.InvariantCulture, $"\n  {deployment.Name}: not used, because {problem}");
            else if (asked) continue;
            else if (IsOutOfService(deployment, route)) text.Append(CultureInfo.InvariantCulture, $"\n  {deployment.Name}: not used, because it is {(status.Health is DeploymentHealth.Disabled ? "disabled" : "drained")}");
            else if (status.Health is DeploymentHealth.CoolingDown) text.Append(CultureInfo.InvariantCulture, $"\n  {deployment.Name}: cools down for another {status.CooldownRemaining.TotalSeconds:F1} s after {deployment.LastFailure?.Kind}{(deployment.LastFailure is { Scope: FailureScope.Key } ? " of its key" : "")}");
            else if (status.Spend.IsSpent) text.Append(CultureInfo.InvariantCulture, $"\n  {deployment.Name}: {Spent(status.Spend)}");
            else if (!deployment.IsSpent && (attempts.Length == 0 || route.MustWaitFor(deployment))) text.Append(CultureInfo.InvariantCulture, $"\n  {deployment.Name}: at its limit (Rpm, Tpm or MaxConcurrency), or waiting for a probe");
        }

        foreach (GroupState group in route.Groups)
        {
            if (group.Spend.Status is { IsSpent: true } spend) text.Append(CultureInfo.InvariantCulture, $"\n  Model group '{group.Name}' {Spent(spend)}");
        }
    }

    private static string Spent(in BudgetStatus spend) =>
        string.Create(CultureInfo.InvariantCulture, $"has spent its budget of {spend.Limit} USD for this {spend.Period.ToString().ToLowerInvariant()}");

    /// <summary>Why no attempt was made: why the deployment that returns first had failed, or that none is configured.</summary>
    private static AttemptFailure? WhyNobody(CallRoute route)
    {
        if (!route.Suited.Any()) return new AttemptFailure(FailureKind.Unsupported, $"{route.UnmetDemand ?? "no deployment answers callers"}.");
        Deployment[] usable = route.Suited.Where(deployment => deployment.CredentialsFor(route.Routing).Problem is null && !IsOutOfService(deployment, route)).ToArray();
        if (usable.Length == 0) return new AttemptFailure(FailureKind.NotConfigured, "No deployment is configured and in service.");
        if (route.DescribeRefusals() is { } refusals) return new AttemptFailure(FailureKind.Unsupported, refusals + ".");
        if (Array.TrueForAll(usable, static deployment => deployment.IsSpent)) return new AttemptFailure(FailureKind.QuotaExhausted, "The budget is spent.");
        return usable.Where(static deployment => deployment.LastFailure is not null && !deployment.Breakers.IsClosed).MinBy(static deployment => deployment.Breakers.CoolUntil)?.LastFailure;
    }

    private static bool IsOutOfService(Deployment deployment, CallRoute route) =>
        deployment.Settings.State is ServiceState.Disabled || (deployment.Settings.State is ServiceState.Draining && route.Routing.Deployment is null);
}
