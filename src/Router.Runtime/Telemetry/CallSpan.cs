using System.Diagnostics;

namespace RouterGen;

/// <summary>The span of a call: internal, with the router's own attributes. Tokens are on the spans of its attempts alone, so that none is counted twice.</summary>
internal static class CallSpan
{
    /// <summary>Starts it, as the current activity.</summary>
    /// <returns>Null where nothing records it.</returns>
    public static Activity? Start(string group, CallRequest request, CallOptions routing)
    {
        if (!RouterTelemetry.Source.HasListeners()) return null;
        Activity? span = RouterTelemetry.Source.StartActivity("route " + group, ActivityKind.Internal);
        if (span is not { IsAllDataRequested: true }) return span;
        span.SetTag(GenAI.Group, group);
        span.SetTag(GenAI.Operation, GenAI.OperationOf(request.Kind));
        AddCaller(span, routing);
        if (routing.Tags.Count + routing.SpendTags.Count > 0) span.SetTag(GenAI.Tags, (string[])[.. routing.Tags, .. routing.SpendTags]);
        return span;
    }

    /// <summary>Ends it.</summary>
    public static void End(Activity span, ObservedCall call)
    {
        if (span.IsAllDataRequested)
        {
            span.SetTag(GenAI.CallId, call.Id);
            span.SetTag(GenAI.Attempts, call.Attempts);
            if (call.LastAttempt is { } last) span.SetTag(GenAI.Deployment, last.Deployment);
            if (call.Cost > 0) span.SetTag(GenAI.Cost, (double)call.Cost);
            if (call.LeftEarly) span.SetTag(GenAI.LeftEarly, true);
            AddFailure(span, call.Outcome);
        }

        span.Stop();
    }

    /// <summary>Adds whose call it is: the session, which is the conversation's where it is one, and the caller.</summary>
    public static void AddCaller(Activity span, CallOptions routing)
    {
        if (routing.SessionKey is { } session) span.SetTag(GenAI.Session, session);
        if (routing.Caller is { } caller) span.SetTag(GenAI.User, caller);
    }

    /// <summary>Adds what went wrong; nothing where nothing did.</summary>
    public static void AddFailure(Activity span, FailureKind outcome)
    {
        if (outcome is FailureKind.None) return;
        span.SetTag(GenAI.ErrorType, GenAI.ErrorTypeOf(outcome));

        // A race that was lost, or a caller that has no more use for the answer, is no error of the system.
        if (outcome is not (FailureKind.Superseded or FailureKind.Canceled)) span.SetStatus(ActivityStatusCode.Error, outcome.ToString());
    }

    public static ActivityEvent Waited(DateTimeOffset at, WaitReason reason, TimeSpan duration) =>
        new("routergen.wait", at, new ActivityTagsCollection { { GenAI.WaitReason, NameOf(reason) }, { GenAI.WaitSeconds, duration.TotalSeconds } });

    public static ActivityEvent FallbackEntered(DateTimeOffset at, string group) => new("routergen.fallback", at, new ActivityTagsCollection { { GenAI.Group, group } });

    public static string NameOf(WaitReason reason) => reason is WaitReason.Limits ? "limits" : "recovery";
}
