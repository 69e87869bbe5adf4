namespace RouterGen;

/// <summary>Why a call's token was cancelled.</summary>
internal enum CancelCause
{
    None,
    Caller,
    Deadline,
    AttemptTimeout,
    FirstTokenTimeout,
    StreamIdleTimeout,
    Superseded,
}

/// <summary>
/// The time limits of one call: its total deadline, the limit of what it is waiting for at the moment, and the caller's
/// cancellation, all behind one token. Pooled.
/// </summary>
/// <remarks>
/// Limits change with every event of a stream, timers are dear: arming only notes when the limit ends, and the timer,
/// when it fires too early, sleeps on. In the usual case nothing is scheduled or cancelled at all.
/// </remarks>
internal sealed class CallClock
{
    private const long Never = long.MaxValue;
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly Lock _gate = new();
    private readonly RouterClock _clock;
    private readonly ITimer _timer;
    private CancellationTokenSource _source = new();
    private CancellationTokenRegistration _callerRegistration;
    private CancelCause _cause;
    private CancelCause _limitCause;
    private long _deadline;
    private long _limit = Never;
    private long _timerFires = Never;

    public CallClock(RouterClock clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(static state => ((CallClock)state!).OnTimer(), this);
    }

    /// <summary>Gets the token that is cancelled when the limit that is armed ends, or by the caller.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Gets the caller's own token.</summary>
    public CancellationToken Caller { get; private set; }

    /// <summary>Gets why <see cref="Token"/> was cancelled.</summary>
    public CancelCause Cause
    {
        get { lock (_gate) return _cause; }
    }

    /// <summary>Gets whether the caller cancelled, also where the token has not heard of it yet.</summary>
    public bool IsCancelledByCaller => Cause is var cause && (cause is CancelCause.Caller || (cause is CancelCause.None && Caller.IsCancellationRequested));

    /// <summary>Gets when the call started.</summary>
    public long Started { get; private set; }

    /// <summary>Gets when it must have ended, in ticks of the router's clock.</summary>
    public long Deadline => _deadline;

    /// <summary>Gets what is left of the total deadline; zero or less when it has passed.</summary>
    public TimeSpan Remaining => new(_deadline - _clock.Now);

    /// <summary>Starts a call.</summary>
    public void Start(TimeSpan timeout, CancellationToken caller)
    {
        Started = _clock.Now;
        _deadline = timeout.Ticks < Never - Started ? Started + timeout.Ticks : Never - 1;
        Caller = caller;
        _callerRegistration = caller.UnsafeRegister(static state => ((CallClock)state!).OnCallerCancelled(), this);
    }

    /// <summary>Limits what comes next, up to <see cref="Disarm"/>. The total deadline holds as well.</summary>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cause">What to call it when it took longer.</param>
    public void Arm(TimeSpan limit, CancelCause cause)
    {
        long now = _clock.Now;
        bool deadlineFirst = _deadline - now <= limit.Ticks;
        lock (_gate)
        {
            _limit = deadlineFirst ? _deadline : now + limit.Ticks;
            _limitCause = deadlineFirst ? CancelCause.Deadline : cause;
            if (_limit > now)
            {
                if (_timerFires > _limit) Schedule(now);
                return;
            }
        }

        Expire(); // It is over before it began: a consumer may have taken all the time there was.
    }

    /// <summary>
    /// Clears the armed limit, even one that has just expired. A cancelled
    /// call or passed deadline stays so.
    /// </summary>
    public void Disarm()
    {
        lock (_gate)
        {
            _limit = Never;
            if (_cause is CancelCause.None or CancelCause.Caller or CancelCause.Deadline or CancelCause.Superseded) return;
            _cause = CancelCause.None;
            _source = new CancellationTokenSource();
        }

        // The caller may have cancelled while the limit was the cause.
        if (Caller.IsCancellationRequested) OnCallerCancelled();
    }

    /// <summary>Cancels what is under way, because its answer is not wanted any more.</summary>
    public void Supersede() => Cancel(CancelCause.Superseded);

    /// <summary>Ends the call and makes the clock ready for the next one.</summary>
    public void Stop()
    {
        _callerRegistration.Dispose();
        _callerRegistration = default;
        Caller = default;
        lock (_gate)
        {
            _limit = Never;
            // The cancellation may still be under way: such a source is left to the collector, never reused.
            if (_cause is not CancelCause.None || !_source.TryReset()) _source = new CancellationTokenSource();
            _cause = CancelCause.None;
        }
    }

    /// <summary>Frees the timer of a clock that will not be used again.</summary>
    public void Discard() => _timer.Dispose();

    private void OnTimer()
    {
        lock (_gate) _timerFires = Never;
        Expire();
    }

    /// <summary>Cancels where the limit has ended, else lets the timer sleep on.</summary>
    private void Expire()
    {
        CancellationTokenSource source;
        lock (_gate)
        {
            if (_limit == Never || _cause is not CancelCause.None) return;
            long now = _clock.Now;
            if (now < _limit)
            {
                if (_timerFires > _limit) Schedule(now);
                return;
            }

            // Decided under the same lock as the limit was read: the next moment the clock may be another call's.
            _cause = _limitCause;
            source = _source;
        }

        source.Cancel();
    }

    private void OnCallerCancelled() => Cancel(CancelCause.Caller);

    private void Cancel(CancelCause cause)
    {
        CancellationTokenSource source;
        lock (_gate)
        {
            if (_cause is not CancelCause.None) return;
            _cause = cause;
            source = _source;
        }

        source.Cancel();
    }

    private void Schedule(long now)
    {
        _timerFires = _limit;
        // Timers are coarse and may fire early: up to a millisecond late is better than twice.
        TimeSpan due = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, new TimeSpan(_limit - now).TotalMilliseconds)));
        _timer.Change(due < LongestTimer ? due : LongestTimer, Timeout.InfiniteTimeSpan);
    }
}
