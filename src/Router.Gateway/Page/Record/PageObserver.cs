using System.Globalization;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Page.Log;

namespace RouterGen.Gateway.Page.Record;

/// <summary>Keeps for the page what it shows of requests.</summary>
/// <param name="record">Where it is kept.</param>
internal sealed class PageObserver(PageRecord record) : IGatewayObserver
{
    private const int LongestText = 500;

    // What machines that watch ask all the time, and what browsers and scanners ask for that is not there: no traffic.
    private static readonly HashSet<string> Facts = ["/models", "/health", GatewayCall.UnknownEndpoint];

    /// <inheritdoc/>
    public void CallStarted(GatewayCall call)
    {
        if (!Facts.Contains(call.Endpoint)) record.Started();
    }

    /// <inheritdoc/>
    public void CallEnded(GatewayCall call)
    {
        if (Facts.Contains(call.Endpoint)) return;
        IReadOnlyList<ObservedAttempt> attempts = call.Attempts;
        ObservedAttempt? answering = attempts.LastOrDefault(static attempt => attempt.Outcome is FailureKind.None && HasEnded(attempt)) ?? attempts.LastOrDefault(static attempt => attempt.Outcome is FailureKind.None);
        record.Ended(new RequestEntry
        {
            Id = call.Id,
            StartedAt = call.StartedAt,
            Duration = call.Duration,
            Endpoint = call.Endpoint,
            Status = call.Status,
            Group = call.Group?.Name,
            AskedModel = call.Group is null && call.AskedModel.Length > 0 ? Cut(call.AskedModel) : null,
            Key = call.Caller?.Name,
            IsStreaming = call.IsStreaming,
            LeftEarly = call.WasLeft,
            Error = ErrorOf(call, attempts),
            Deployment = call.Error is null ? answering?.Deployment : null,
            Model = call.Error is null && answering is not null ? ModelOf(answering) : null,
            FirstByte = call.TimeToFirstByte,
            InputTokens = call.InputTokens,
            OutputTokens = call.OutputTokens,
            Cost = attempts.Any(static attempt => attempt.Cost is not null) ? call.Cost : null,
            Fallbacks = [.. attempts.Select(static attempt => attempt.Group).Where(group => group != call.Group?.Name).Distinct()],
            Attempts = [.. attempts.Select(attempt => attempt == answering || HasEnded(attempt) ? AttemptOf(attempt) : AttemptOf(attempt) with { Outcome = RequestAttempt.UnderWay })],
            Content = record.Content?.Take(call.Id),
        });
    }

    /// <inheritdoc/>
    public void AttemptEndedLate(GatewayCall call, ObservedAttempt attempt) => record.EndedLate(call.Id, call.Group?.Name, AttemptOf(attempt));

    private static bool HasEnded(ObservedAttempt attempt) => attempt.Outcome is not FailureKind.None || attempt.Duration > TimeSpan.Zero;

    private static RequestAttempt AttemptOf(ObservedAttempt attempt) => new(
        attempt.Group,
        attempt.Deployment,
        ModelOf(attempt),
        attempt.Outcome is FailureKind.None ? null : attempt.Outcome.ToString(),
        attempt.StatusCode,
        attempt.ErrorCode is { } code ? Cut(code) : null,
        attempt.Duration,
        attempt.TimeToFirstToken,
        (attempt.Usage?.InputTokenCount ?? 0) + (attempt.Usage?.OutputTokenCount ?? 0),
        attempt.Cost);

    // What a provider says of an error may quote the prompt. What the gateway says by itself names places and groups.
    private string? ErrorOf(GatewayCall call, IReadOnlyList<ObservedAttempt> attempts)
    {
        if (call.Error is not { } error) return null;
        if (record.Options.KeepsContent || attempts.Count == 0) return Cut(error.Message);
        return Cut(error.Reason + ": " + string.Join("; ", attempts.Select(Describe)));
    }

    private static string Describe(ObservedAttempt attempt)
    {
        string status = attempt.StatusCode is { } code ? code.ToString(CultureInfo.InvariantCulture) : "";
        string details = string.Join(", ", new[] { status, attempt.ErrorCode }.Where(static part => !string.IsNullOrEmpty(part)));
        return $"{attempt.Deployment} {attempt.Outcome}{(details.Length > 0 ? $" ({details})" : "")}";
    }

    private static string ModelOf(ObservedAttempt attempt) => attempt.Provider + "/" + attempt.Model;

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
