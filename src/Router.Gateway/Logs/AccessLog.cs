using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Metrics;

namespace RouterGen.Gateway.Logs;

/// <summary>Logs each request when it is over: one entry, whose fields are names and numbers. Nothing of a request's body or headers is among them, and nothing of an answer.</summary>
/// <param name="logger">Where entries go.</param>
internal sealed class AccessLog(ILogger logger) : IGatewayObserver
{
    /// <summary>The category of the entries.</summary>
    public const string Category = "RouterGen.Gateway.Access";

    /// <summary>Returns the log of an application; nothing where it has none.</summary>
    public static IEnumerable<IGatewayObserver> Of(IServiceProvider services)
    {
        if (services.GetService<ILoggerFactory>() is { } factory) yield return new AccessLog(factory.CreateLogger(Category));
    }

    /// <inheritdoc/>
    public void CallEnded(GatewayCall call)
    {
        if (!logger.IsEnabled(LogLevel.Information)) return;
        IReadOnlyList<ObservedAttempt> attempts = call.Attempts;
        ObservedAttempt? last = attempts.Count == 0 ? null : attempts[^1];
        string error = call.WasLeft ? "client_left" : call.Error is { } told ? StatusTexts.Of(told.Reason) : "";
        AccessLogEntry.Write(
            logger,
            call.Id,
            call.Endpoint,
            call.Group?.Name ?? "",
            call.Caller?.Name ?? "",
            last?.Group ?? "",
            last?.Deployment ?? "",
            last?.Model ?? "",
            call.Status,
            error,
            call.IsStreaming,
            Milliseconds(call.Duration),
            call.TimeToFirstByte is { } first ? Milliseconds(first) : null,
            Milliseconds(call.ProviderTime),
            attempts.Count,
            call.InputTokens,
            call.OutputTokens,
            call.Cost,
            Activity.Current?.TraceId.ToHexString() ?? "");
    }

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);
}
