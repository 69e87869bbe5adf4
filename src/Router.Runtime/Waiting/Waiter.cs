namespace RouterGen;

/// <summary>A call that waits, asynchronously or on its thread, until a queue releases it or asks it to decide.</summary>
/// <remarks>Changed under the lock of the queues. Each end of a wait is signalled once.</remarks>
/// <param name="call">The call.</param>
/// <param name="deadline">When it gives up, in ticks of the router's clock.</param>
/// <param name="notBefore">Until when it wants no deployment: the end of its backoff.</param>
/// <param name="async">Whether it waits asynchronously.</param>
internal sealed class Waiter(IWaitingCall call, long deadline, long notBefore, bool async)
{
    private TaskCompletionSource? _completion; // These are of the last wait, and null where the call has not had to wait.
    private ManualResetEventSlim? _event;
    private CallQueue.Place? _turn;
    private volatile State _state;

    private enum State
    {
        Waiting,
        Deciding,
        Released,
        Admitted,
    }

    public IWaitingCall Call { get; } = call;

    public long Deadline { get; } = deadline;

    public long NotBefore { get; } = notBefore;

    /// <summary>Gets where it stands; given when it joins.</summary>
    public QueueRank Rank { get; set; }

    /// <summary>Gets whether it waits; else it was released, or decides.</summary>
    public bool IsWaiting => _state is State.Waiting;

    /// <summary>Gets whether it stands in no queue any more.</summary>
    public bool IsReleased => _state is State.Released or State.Admitted;

    /// <summary>Gets whether a deployment was entered for it under the lock.</summary>
    public bool IsAdmitted => _state is State.Admitted;

    /// <summary>Gets the place at which it is to decide; null where it is not to.</summary>
    public CallQueue.Place? Turn => _state is State.Deciding ? _turn : null;

    /// <summary>The call is to decide, on its own thread. It keeps its places meanwhile.</summary>
    public void Decide(CallQueue.Place place)
    {
        _turn = place;
        _state = State.Deciding;
    }

    /// <summary>It has decided, and goes on waiting.</summary>
    public void GoOnWaiting() => _state = State.Waiting;

    public void Release(bool admitted) => _state = admitted ? State.Admitted : State.Released;

    /// <summary>Prepares the signal of a call that still waits when the lock is released. Called by the call itself.</summary>
    public void Park()
    {
        if (!IsWaiting) return;
        if (async) _completion = new();
        else _event = new();
    }

    /// <summary>Signals that the call waits no longer. Called without the lock.</summary>
    public void Resume(RouterClock clock)
    {
        if (async) clock.Post(static completion => completion.SetResult(), _completion!);
        else _event!.Set();
    }

    /// <summary>Waits until the call is released or is to decide.</summary>
    public async ValueTask WaitAsync()
    {
        _event?.Wait();
        if (_completion is not null) await _completion.Task.ConfigureAwait(false);
    }
}
