using System.Diagnostics;
using System.Diagnostics.Metrics;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Tells observers, spans and metrics of an attempt.</summary>
internal static class AttemptWatch
{
    /// <summary>Begins to watch an attempt of a call.</summary>
    public static ObservedAttempt Start(ObservedCall call, CallRequest request, Deployment deployment, Uri? address, bool isCallersKey) =>
        Start(call, AttemptPurpose.Call, request, deployment, address, isCallersKey);

    /// <summary>Begins to watch what the router sends by itself.</summary>
    /// <returns>Null where nothing listens.</returns>
    public static ObservedAttempt? StartBeside(AttemptPurpose purpose, CallRequest request, Deployment deployment, Uri? address) =>
        deployment.Router.Observers.IsEmpty && !RouterTelemetry.IsListenedTo ? null : Start(call: null, purpose, request, deployment, address, isCallersKey: false);

    /// <summary>Notes that the first content of a stream has arrived.</summary>
    public static void FirstToken(ObservedAttempt attempt, RouterContext router, TimeSpan after, long at)
    {
        attempt.TimeToFirstToken = after;
        attempt.LastChunkAt = at;
        if (attempt.Purpose is AttemptPurpose.Call) RouterTelemetry.TimeToFirstChunk.Record(after.TotalSeconds, TagsOf(attempt));
        router.Observers.FirstToken(attempt);
    }

    /// <summary>Notes that a further chunk of a stream has arrived.</summary>
    public static void Chunk(ObservedAttempt attempt, long now)
    {
        if (!RouterTelemetry.TimePerOutputChunk.Enabled) return;
        RouterTelemetry.TimePerOutputChunk.Record(new TimeSpan(now - attempt.LastChunkAt).TotalSeconds, TagsOf(attempt));
        attempt.LastChunkAt = now;
    }

    /// <summary>Ends an attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="router">The router.</param>
    /// <param name="report">How it went, without what is secret.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="outcome">How it failed.</param>
    /// <param name="prices">What tokens cost there; null where that is not known.</param>
    /// <param name="circumstances">What changes the price.</param>
    public static void End(ObservedAttempt attempt, RouterContext router, in AttemptReport report, TimeSpan duration, FailureKind outcome, ModelPrices? prices, CallCircumstances circumstances)
    {
        attempt.Duration = duration;
        attempt.Outcome = outcome;
        attempt.StatusCode = report.Failure?.StatusCode;
        attempt.ErrorCode = report.Failure?.ErrorCode;
        attempt.IsEstimated = report.Estimate is not null;
        attempt.Usage = report.Estimate ?? report.Usage;
        attempt.Cost = attempt.Usage is { } usage ? prices?.CostOf(usage, circumstances) : null;
        if (attempt.CapturesContent) attempt.CapturedAnswer = report.Answer;
        if (attempt is { Call: { } call, Cost: { } spent }) call.Add(spent);
        if (attempt.Purpose is AttemptPurpose.Call) Measure(attempt, report.Answer?.ModelId);
        if (attempt.Cost is { } cost && !attempt.IsCallersKey) RouterTelemetry.Cost.Add((double)cost, new(GenAI.Group, attempt.Group), new(GenAI.Deployment, attempt.Deployment));
        if (attempt.Span is { } span) AttemptSpan.End(span, attempt, report);
        router.Observers.AttemptEnded(attempt);
    }

    private static ObservedAttempt Start(ObservedCall? call, AttemptPurpose purpose, CallRequest request, Deployment deployment, Uri? address, bool isCallersKey)
    {
        RouterContext router = deployment.Router;
        var attempt = new ObservedAttempt(call, purpose, request, deployment.Group, deployment.Name, deployment.Provider, deployment.Model)
        {
            TelemetryProvider = deployment.TelemetryProvider,
            ServerAddress = address?.Host,
            ServerPort = address?.Port ?? 0,
            IsCallersKey = isCallersKey,
            StartedAt = router.Clock.Provider.GetUtcNow(),
            Number = call is null ? 0 : ++call.Attempts,
            CapturesContent = router.CapturesContent,
        };
        attempt.Span = AttemptSpan.Start(attempt);
        if (call is not null)
        {
            if (call.LastAttempt is { Outcome: not FailureKind.None }) RouterTelemetry.Failovers.Add(1, new KeyValuePair<string, object?>(GenAI.Group, call.Group));
            call.LastAttempt = attempt;
        }

        if (attempt.Span is { IsAllDataRequested: true } span) AttemptSpan.Describe(span, attempt);
        router.Observers.AttemptStarted(attempt);
        return attempt;
    }

    private static void Measure(ObservedAttempt attempt, string? responseModel)
    {
        RouterTelemetry.Attempts.Add(1, new(GenAI.Group, attempt.Group), new(GenAI.Deployment, attempt.Deployment), new(GenAI.Outcome, attempt.Outcome is FailureKind.None ? "answered" : GenAI.ErrorTypeOf(attempt.Outcome)));
        if (!RouterTelemetry.OperationDuration.Enabled && !RouterTelemetry.TokenUsage.Enabled) return;
        TagList tags = TagsOf(attempt, responseModel);
        Record(RouterTelemetry.TokenUsage, attempt.Usage?.InputTokenCount, tags, "input");
        Record(RouterTelemetry.TokenUsage, attempt.Usage?.OutputTokenCount, tags, "output");
        if (attempt.Outcome is not FailureKind.None) tags.Add(GenAI.ErrorType, GenAI.ErrorTypeOf(attempt.Outcome));
        RouterTelemetry.OperationDuration.Record(attempt.Duration.TotalSeconds, tags);
    }

    private static void Record(Histogram<long> tokens, long? count, TagList tags, string type)
    {
        if (count is not { } known) return;
        tags.Add(GenAI.TokenType, type);
        tokens.Record(known, tags);
    }

    /// <summary>Returns what spans and metrics say of an attempt: operation, provider, models and server.</summary>
    public static TagList TagsOf(ObservedAttempt attempt, string? responseModel = null)
    {
        var tags = new TagList
        {
            { GenAI.Operation, GenAI.OperationOf(attempt.Request.Kind) },
            { GenAI.Provider, attempt.TelemetryProvider },
            { GenAI.RequestModel, attempt.Model },
        };
        if (responseModel is not null) tags.Add(GenAI.ResponseModel, responseModel);
        if (attempt.ServerAddress is { } address)
        {
            tags.Add(GenAI.ServerAddress, address);
            tags.Add(GenAI.ServerPort, attempt.ServerPort);
        }

        return tags;
    }
}
