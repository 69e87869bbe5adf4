using System.Diagnostics;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Tells observers, spans and metrics of a call. Where none is there, a call has no <see cref="ObservedCall"/>, and nothing here is asked.</summary>
internal static class CallWatch
{
    /// <summary>Begins to watch a call.</summary>
    /// <returns>Null where nothing listens.</returns>
    public static ObservedCall? Start(RouterContext router, string group, CallRequest request, CallOptions routing) =>
        router.Observers.IsEmpty && routing.Observer is null && !RouterTelemetry.IsListenedTo ? null : Begin(router, group, request, routing);

    /// <summary>Ends a call.</summary>
    public static void End(RouterContext router, ObservedCall call, TimeSpan duration, FailureKind outcome, bool leftEarly)
    {
        call.Duration = duration;
        call.Outcome = outcome;
        call.LeftEarly = leftEarly;
        RouterTelemetry.CallDuration.Record(duration.TotalSeconds, outcome is FailureKind.None ? new TagList { { GenAI.Group, call.Group } } : new TagList { { GenAI.Group, call.Group }, { GenAI.ErrorType, GenAI.ErrorTypeOf(outcome) } });
        if (call.Span is { } span) CallSpan.End(span, call);
        router.Observers.CallEnded(call);
    }

    /// <summary>Notes that a call has waited.</summary>
    public static void Waited(RouterContext router, ObservedCall call, WaitReason reason, TimeSpan duration)
    {
        RouterTelemetry.QueueWait.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(GenAI.Group, call.Group), new(GenAI.WaitReason, CallSpan.NameOf(reason)));
        call.Span?.AddEvent(CallSpan.Waited(router.Clock.Provider.GetUtcNow(), reason, duration));
        router.Observers.CallWaited(call, reason, duration);
    }

    /// <summary>Notes that a fallback group takes over.</summary>
    public static void FallbackEntered(RouterContext router, ObservedCall call, string group)
    {
        call.Span?.AddEvent(CallSpan.FallbackEntered(router.Clock.Provider.GetUtcNow(), group));
        router.Observers.FallbackEntered(call, group);
    }

    private static ObservedCall Begin(RouterContext router, string group, CallRequest request, CallOptions routing)
    {
        var call = new ObservedCall(group, request, routing, router.Clock.Provider.GetUtcNow()) { Span = CallSpan.Start(group, request, routing) };
        router.Observers.CallStarted(call);
        return call;
    }
}
