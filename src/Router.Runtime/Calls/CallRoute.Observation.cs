namespace RouterGen;

// How the call has ended, and what observers, spans and metrics see of it.
internal sealed partial class CallRoute
{
    private readonly ObservedCall? _observed;
    private FailureKind? _outcome;
    private long _endedAt;

    /// <summary>Begins to observe an attempt, which is about to be sent.</summary>
    public void Observe(AttemptScope attempt) => attempt.Observe(_observed, Request);

    /// <summary>Notes how the call has ended. What is noted first holds.</summary>
    public void NoteEnd(FailureKind outcome)
    {
        if (_outcome is not null) return;
        _outcome = outcome;
        if (_observed is not null) _endedAt = _router.Clock.Now;
    }

    /// <summary>Ends the log and what observes the call, after its last attempt. A call of which no end was noted was a stream that its caller left.</summary>
    public void EndObservation()
    {
        LogEnd();
        if (_observed is not { } call) return;
        bool leftEarly = _outcome is null;
        NoteEnd(FailureKind.None);
        CallWatch.End(_router, call, new TimeSpan(_endedAt - Clock.Started), _outcome!.Value, leftEarly);
    }

    private void NoteWait(WaitReason reason, TimeSpan duration)
    {
        if (_observed is { } call) CallWatch.Waited(_router, call, reason, duration);
    }

    private void NoteFallback(GroupState group)
    {
        if (_observed is { } call) CallWatch.FallbackEntered(_router, call, group.Name);
    }
}
