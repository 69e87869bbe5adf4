using Microsoft.Extensions.Logging;

namespace RouterGen;

/// <summary>What waits at a sink, what was lost, and how the destination answers. An outage is logged when it begins and when it ends. Thread-safe; never throws.</summary>
/// <param name="sink">What the sink is called in logs.</param>
/// <param name="logs">Finds where to log, once there is something to say.</param>
/// <param name="capacity">The most entries that wait.</param>
/// <param name="bytes">The most bytes of content that wait.</param>
internal sealed class DeliveryState(string sink, Func<ILoggerFactory?> logs, int capacity, long bytes)
{
    private readonly Lock _gate = new();
    private readonly List<Flush> _flushes = [];
    private long _added;
    private long _done;
    private long _waitingBytes;
    private long _dropped;
    private bool _isDropping;
    private bool _hasEnded;
    private string? _lastError;

    /// <summary>Gets how many entries wait, or are under way.</summary>
    public long Pending => Volatile.Read(ref _added) - Volatile.Read(ref _done);

    /// <summary>Gets how many entries were lost.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Gets why the destination failed the last time; null where it works.</summary>
    public string? LastError => Volatile.Read(ref _lastError);

    /// <summary>Takes an entry in, where there is room for it.</summary>
    /// <param name="size">How much content it has, in bytes.</param>
    /// <returns>False where there is none: it is lost, and counted.</returns>
    public bool TryAdd(long size)
    {
        if (size > 0 && Interlocked.Add(ref _waitingBytes, size) > bytes)
        {
            Interlocked.Add(ref _waitingBytes, -size);
            Drop(1, "the queue is full of content");
            return false;
        }

        if (Interlocked.Increment(ref _added) - Volatile.Read(ref _done) <= capacity) return true;
        Interlocked.Decrement(ref _added);
        EndFlushes();
        if (size > 0) Interlocked.Add(ref _waitingBytes, -size);
        Drop(1, "the queue is full");
        return false;
    }

    /// <summary>Notes that entries have left: sent, or lost.</summary>
    public void Finish(long count, long size, bool isSent)
    {
        if (Volatile.Read(ref _hasEnded)) return; // It was counted as lost.
        if (!isSent) Drop(count, "they could not be sent");
        if (size > 0) Interlocked.Add(ref _waitingBytes, -size);
        Interlocked.Add(ref _done, count);
        EndFlushes();
    }

    /// <summary>Waits until all that was taken in before is sent or lost.</summary>
    /// <returns>False where the time was over.</returns>
    public async Task<bool> WhenDoneAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var flush = new Flush(Volatile.Read(ref _added));
        lock (_gate) _flushes.Add(flush);
        EndFlushes();
        try
        {
            await flush.Task.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            lock (_gate) _flushes.Remove(flush);
        }
    }

    /// <summary>Notes that the destination works.</summary>
    public void Succeeded()
    {
        if (Volatile.Read(ref _lastError) is null && !Volatile.Read(ref _isDropping)) return;
        lock (_gate)
        {
            if (_lastError is not null) Log(this, static (logger, state) => TelemetryLog.Recovered(logger, state.Name, state.Dropped));
            Volatile.Write(ref _lastError, null);
            _isDropping = false;
        }
    }

    /// <summary>Notes that the destination fails.</summary>
    /// <param name="reason">Why, without what is secret.</param>
    public void Failed(string reason)
    {
        lock (_gate)
        {
            if (_lastError is null) Log((Name, reason), static (logger, failure) => TelemetryLog.Failed(logger, failure.Name, failure.reason));
            Volatile.Write(ref _lastError, reason); // Last: an error that can be seen has been logged.
        }
    }

    /// <summary>Notes that the sink has ended; what waits is lost.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _hasEnded, true)) return;
        long count = Pending;
        if (count <= 0) return;
        Interlocked.Add(ref _dropped, count);
        Interlocked.Add(ref _done, count);
        EndFlushes();
        Log((Name, count), static (logger, lost) => TelemetryLog.Unsent(logger, lost.Name, lost.count));
    }

    private string Name => sink;

    private void Drop(long count, string cause)
    {
        Interlocked.Add(ref _dropped, count);
        if (Volatile.Read(ref _isDropping)) return;
        lock (_gate)
        {
            if (_isDropping) return;
            _isDropping = true;
            Log((Name, cause), static (logger, drop) => TelemetryLog.Dropping(logger, drop.Name, drop.cause));
        }
    }

    /// <summary>Ends the waits for what is sent or lost by now.</summary>
    private void EndFlushes()
    {
        lock (_gate)
        {
            long done = Volatile.Read(ref _done);
            long added = Volatile.Read(ref _added); // Less than a flush waits for where an entry found no room after all.
            foreach (Flush flush in _flushes)
            {
                if (done >= Math.Min(flush.Awaited, added)) flush.TrySetResult();
            }
        }
    }

    private void Log<T>(T what, Action<ILogger, T> write)
    {
        try
        {
            if (logs()?.CreateLogger("RouterGen.Telemetry") is { } logger) write(logger, what);
        }
        catch (Exception)
        {
            // A logger that throws must end neither a call nor the thread that sends.
        }
    }

    /// <summary>What waits until so many entries are sent or lost.</summary>
    private sealed class Flush(long awaited) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public long Awaited => awaited;
    }
}
