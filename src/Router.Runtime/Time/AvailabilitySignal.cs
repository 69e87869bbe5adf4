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

    /// <summary>How many calls wait; one that was woken does not, even before it has gone on. For tests.</summary>
    internal int Waiting
    {
        get { lock (_gate) return _waiters.Count(static waiter => !waiter.IsWoken); }
    }

    /// <summary>How many calls are listed, those included that were woken and have not gone on yet. For tests.</summary>
    internal int Listed
    {
        get { lock (_gate) return _waiters.Count; }
    }

    /// <summary>A slot was freed: of those who wait for the topic, the one that has waited longest looks again.</summary>
    public void WakeOne(object topic)
    {
        Interlocked.Increment(ref _version);
        lock (_gate)
        {
            foreach (Waiter waiter in _waiters)
            {
                if (waiter.WaitsFor(topic) && waiter.Wake(signalled: true)) return;
            }
        }
    }

    /// <summary>A deployment is open to everybody again, or to nobody: all who wait for the topic look again.</summary>
    public void WakeAll(object topic)
    {
        Interlocked.Increment(ref _version);
        lock (_gate)
        {
            foreach (Waiter waiter in _waiters)
            {
                if (waiter.WaitsFor(topic)) waiter.Wake(signalled: true);
            }
        }
    }

    /// <summary>Waits until something changed since <paramref name="version"/>, the time is over, or the token is cancelled; never throws.</summary>
    /// <returns>
    /// Whether it was woken by a signal. Then nobody else was, and whoever goes on without a use for it wakes the next
    /// (<see cref="WakeOne"/>).
    /// </returns>
    public async ValueTask<bool> WaitAsync(object[] topics, int version, TimeSpan atMost, bool async, CancellationToken cancellationToken)
    {
        if (version != Version) return false;
        var waiter = new Waiter(topics, async);

        // Up to a millisecond late rather than early: who looks too soon finds nothing and waits again.
        var due = TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(atMost.TotalMilliseconds), 0, int.MaxValue));
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static state => ((Waiter)state!).Wake(signalled: false), waiter);
        ITimer timer = time.CreateTimer(static state => ((Waiter)state!).Wake(signalled: false), waiter, due, Timeout.InfiniteTimeSpan);
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

        return waiter.WasSignalled;
    }

    private LinkedListNode<Waiter> Enlist(Waiter waiter, int version)
    {
        lock (_gate)
        {
            if (version != _version) waiter.Wake(signalled: false);
            return _waiters.AddLast(waiter);
        }
    }

    /// <summary>One call that waits, asynchronously or on its thread.</summary>
    private sealed class Waiter(object[] topics, bool async)
    {
        private const int Signalled = 1;
        private const int Otherwise = 2;

        private readonly TaskCompletionSource? _completion = async ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        private readonly ManualResetEventSlim? _event = async ? null : new();
        private int _woken;

        public Task Task => _completion!.Task;

        public bool IsWoken => Volatile.Read(ref _woken) != 0;

        public bool WasSignalled => Volatile.Read(ref _woken) == Signalled;

        public bool WaitsFor(object topic) => Array.IndexOf(topics, topic) >= 0;

        /// <returns>False where it was awake already.</returns>
        public bool Wake(bool signalled)
        {
            if (Interlocked.CompareExchange(ref _woken, signalled ? Signalled : Otherwise, 0) != 0) return false;
            _completion?.TrySetResult();
            _event?.Set();
            return true;
        }

        public void Block() => _event!.Wait();
    }
}
