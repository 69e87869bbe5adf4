namespace RouterGen;

/// <summary>
/// Wakes calls that wait for a deployment when one may have become available: a probe ended, a slot was freed.
/// What comes back with time alone needs no signal; waiters give the time at which they look again.
/// </summary>
internal sealed class AvailabilitySignal(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private int _version;

    /// <summary>To be read before looking for a deployment, so that no change between looking and waiting is missed.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>How many calls wait; not those that have been woken and are about to go on.</summary>
    public int Waiting
    {
        get { lock (_gate) return _waiters.Count(static waiter => !waiter.IsAwake); }
    }

    /// <summary>Something changed: all who wait look again.</summary>
    public void Pulse()
    {
        Interlocked.Increment(ref _version);
        lock (_gate)
        {
            foreach (Waiter waiter in _waiters) waiter.Wake();
        }
    }

    /// <summary>Waits until something changed since <paramref name="version"/>, the time is over, or the token is cancelled; never throws.</summary>
    public async ValueTask WaitAsync(int version, TimeSpan atMost, bool async, CancellationToken cancellationToken)
    {
        if (version != Version) return;
        var waiter = new Waiter(async);

        // Up to a millisecond late rather than early: who looks too soon finds nothing and waits again.
        var due = TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(atMost.TotalMilliseconds), 0, int.MaxValue));
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static state => ((Waiter)state!).Wake(), waiter);
        ITimer timer = time.CreateTimer(static state => ((Waiter)state!).Wake(), waiter, due, Timeout.InfiniteTimeSpan);
        LinkedListNode<Waiter> node = Enlist(waiter, version);
        try
        {
            if (async) await waiter.Task.ConfigureAwait(false);
            else waiter.Block();
        }
        finally
        {
            lock (_gate) _waiters.Remove(node);
            timer.Dispose();
            registration.Dispose();
        }
    }

    private LinkedListNode<Waiter> Enlist(Waiter waiter, int version)
    {
        lock (_gate)
        {
            if (version != _version) waiter.Wake();
            return _waiters.AddLast(waiter);
        }
    }

    /// <summary>One call that waits, asynchronously or on its thread.</summary>
    private sealed class Waiter(bool async)
    {
        private readonly TaskCompletionSource? _completion = async ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        private readonly ManualResetEventSlim? _event = async ? null : new();

        public Task Task => _completion!.Task;

        public bool IsAwake => _completion?.Task.IsCompleted ?? _event!.IsSet;

        public void Wake()
        {
            _completion?.TrySetResult();
            _event?.Set();
        }

        public void Block() => _event!.Wait();
    }
}
