namespace RouterGen;

/// <summary>Marks the spans of the routers that have a sink: a source of spans is the whole process's, and a sink sends those of its own routers alone.</summary>
/// <param name="key">The name of the mark.</param>
internal sealed class SpanMarks(string key) : IRouterObserver
{
    void IRouterObserver.CallStarted(ObservedCall call)
    {
        if (call.Span is { Recorded: true } span) span.SetCustomProperty(key, call);
    }

    void IRouterObserver.AttemptStarted(ObservedAttempt attempt)
    {
        if (attempt.Span is { Recorded: true } span) span.SetCustomProperty(key, attempt);
    }
}
