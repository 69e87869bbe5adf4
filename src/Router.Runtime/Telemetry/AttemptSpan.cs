using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>The span of an attempt: the client's span of the conventions, one for each request to a provider.</summary>
internal static class AttemptSpan
{
    /// <summary>Starts it, below the call's. What sampling may look at is known from the start.</summary>
    /// <returns>Null where nothing records it.</returns>
    public static Activity? Start(ObservedAttempt attempt)
    {
        if (!RouterTelemetry.Source.HasListeners()) return null;

        // Two attempts of a hedged call are siblings, whichever is the current activity. What the router sends by itself belongs to no caller's trace.
        if (attempt.Purpose is not AttemptPurpose.Call) Activity.Current = null;
        string name = GenAI.OperationOf(attempt.Request.Kind) + " " + attempt.Model;
        return RouterTelemetry.Source.StartActivity(name, ActivityKind.Client, attempt.Call?.Span?.Context ?? default, AttemptWatch.TagsOf(attempt));
    }

    /// <summary>Describes the request.</summary>
    public static void Describe(Activity span, ObservedAttempt attempt)
    {
        CallRequest request = attempt.Request;
        span.SetTag(GenAI.Group, attempt.Group);
        span.SetTag(GenAI.Deployment, attempt.Deployment);
        if (attempt.Number > 0) span.SetTag(GenAI.Attempt, attempt.Number);
        else span.SetTag(GenAI.Purpose, attempt.Purpose is AttemptPurpose.Probe ? "probe" : "shadow");
        if (attempt.Call is { } call) CallSpan.AddCaller(span, call.Routing);
        if (request.IsStreaming) span.SetTag(GenAI.Stream, true);
        if (GenAI.OutputTypeOf(request.Kind) is { } type) span.SetTag(GenAI.OutputType, type);
        switch (request)
        {
            case ChatRequest chat:
                DescribeChat(span, chat);
                if (attempt.CapturesContent) MessageContent.AddRequest(span, chat);
                break;
            case CompletionRequest { Options: { } options }:
                Set(span, GenAI.MaxTokens, options.MaxOutputTokens);
                Set(span, GenAI.Temperature, options.Temperature);
                Set(span, GenAI.TopP, options.TopP);
                Set(span, GenAI.Seed, options.Seed);
                break;
            case EmbeddingRequest { Dimensions: { } dimensions }:
                span.SetTag(GenAI.Dimensions, dimensions);
                break;
        }
    }

    /// <summary>Ends it.</summary>
    public static void End(Activity span, ObservedAttempt attempt, in AttemptReport report)
    {
        if (span.IsAllDataRequested)
        {
            if (report.Answer is { } answer) DescribeAnswer(span, answer, attempt.CapturesContent);
            if (report.Usage is { } usage) DescribeUsage(span, usage);
            if (attempt.TimeToFirstToken is { } first) span.SetTag(GenAI.TimeToFirstChunk, first.TotalSeconds);
            if (attempt.Cost is { } cost) span.SetTag(GenAI.Cost, (double)cost);
            CallSpan.AddFailure(span, attempt.Outcome);
            if (attempt.StatusCode is { } status) span.SetTag("http.response.status_code", status);
        }

        span.Stop();
    }

    private static void DescribeChat(Activity span, ChatRequest request)
    {
        if (request.Options is not { } options) return;
        Set(span, GenAI.MaxTokens, options.MaxOutputTokens);
        Set(span, GenAI.Temperature, options.Temperature);
        Set(span, GenAI.TopP, options.TopP);
        Set(span, GenAI.TopK, options.TopK);
        Set(span, GenAI.FrequencyPenalty, options.FrequencyPenalty);
        Set(span, GenAI.PresencePenalty, options.PresencePenalty);
        Set(span, GenAI.Seed, options.Seed);
        if (options.StopSequences is { Count: > 0 } stops) span.SetTag(GenAI.StopSequences, stops.ToArray());
        if (options.ConversationId is { } conversation) span.SetTag(GenAI.ConversationId, conversation);
        if (options.ResponseFormat is { } format) span.SetTag(GenAI.OutputType, format is ChatResponseFormatJson ? "json" : "text");
        else if (request.Answer is not null) span.SetTag(GenAI.OutputType, "json");
    }

    private static void DescribeAnswer(Activity span, ChatResponse answer, bool capturesContent)
    {
        if (answer.ResponseId is { } id) span.SetTag(GenAI.ResponseId, id);
        if (answer.ModelId is { } model) span.SetTag(GenAI.ResponseModel, model);
        if (answer.FinishReason is { } reason) span.SetTag(GenAI.FinishReasons, (string[])[reason.Value]);
        if (capturesContent) MessageContent.AddAnswer(span, answer);
    }

    private static void DescribeUsage(Activity span, UsageDetails usage)
    {
        Set(span, GenAI.InputTokens, usage.InputTokenCount);
        Set(span, GenAI.OutputTokens, usage.OutputTokenCount);
        Set(span, GenAI.CacheReadTokens, usage.CachedInputTokenCount);
        Set(span, GenAI.ReasoningTokens, usage.ReasoningTokenCount);
        if (usage.AdditionalCounts is { } counts && counts.TryGetValue(UsageCounts.CacheWrites, out long written)) span.SetTag(GenAI.CacheCreationTokens, written);
    }

    private static void Set<T>(Activity span, string name, T? value) where T : struct
    {
        if (value is { } known) span.SetTag(name, known);
    }
}
