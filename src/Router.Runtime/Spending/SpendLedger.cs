using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RouterGen;

/// <summary>
/// Counts what attempts cost, by group, deployment, model, tag, session and caller. Give it to <see cref="RouterOptions.Observers"/> of one router or several. No call
/// waits for it: entries go into a queue, and from there to the store in batches. While the store fails they stay in the queue, which is bounded; what does not fit is counted
/// (<see cref="Dropped"/>) and logged. What <see cref="FlushAsync"/> has returned for is in the store. Thread-safe. Dispose it to write what is left.
/// </summary>
public sealed partial class SpendLedger : IRouterObserver, IAsyncDisposable
{
    private const int LargestBatch = 1000;

    private readonly ISpendStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<SpendEntry> _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<Flush> _flushes = [];
    private readonly Task _writer;
    private TaskCompletionSource? _pause;
    private long _added;
    private long _stored;
    private long _dropped;

    /// <summary>Makes a ledger.</summary>
    /// <param name="store">Where entries are kept. It is not disposed.</param>
    /// <param name="capacity">The most entries that wait for the store; 1 or more.</param>
    /// <param name="timeProvider">The time of pauses after failures of the store; null for the system's.</param>
    /// <param name="loggerFactory">Where failures of the store are logged; null for nowhere.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is less than 1.</exception>
    public SpendLedger(ISpendStore store, int capacity = 100_000, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _store = store;
        _time = timeProvider ?? RouterClock.System;
        _logger = loggerFactory?.CreateLogger("RouterGen.Spending") is { } logger ? new QuietLogger(logger) : NullLogger.Instance;
        _queue = Channel.CreateBounded<SpendEntry>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _writer = WriteAsync();
    }

    /// <summary>Gets where entries are kept.</summary>
    public ISpendStore Store => _store;

    /// <summary>Gets how many entries wait for the store.</summary>
    public long Pending => Volatile.Read(ref _added) - Volatile.Read(ref _stored);

    /// <summary>Gets how many entries were lost because the queue was full.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Gets why the store failed the last time; null where it works.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>Adds an entry to the queue.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>False where the queue is full or the ledger disposed: the entry is lost, and counted.</returns>
    public bool Add(SpendEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Interlocked.Increment(ref _added); // Before it is in the queue: then what a flush waits for is never less than what stands before it there.
        if (_queue.Writer.TryWrite(entry)) return true;
        Interlocked.Add(ref _added, -1);
        if (Interlocked.Increment(ref _dropped) == 1) LogDropped(_logger);
        EndFlushes();
        return false;
    }

    /// <summary>Waits until all entries that were added before are in the store.</summary>
    /// <param name="cancellationToken">Cancels the wait; the entries stay in the queue.</param>
    /// <exception cref="SpendStoreException">The store fails. The entries stay in the queue and are tried again.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default)
    {
        var flush = new Flush(Volatile.Read(ref _added));
        lock (_gate)
        {
            _flushes.Add(flush);
            _pause?.TrySetResult();
        }

        EndFlushes();
        return flush.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Adds up what was spent in a period, the largest cost first. Entries that are still in the queue do not count.</summary>
    /// <param name="by">What it is added up by.</param>
    /// <param name="from">The first moment of the period.</param>
    /// <param name="until">The first moment after it.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public ValueTask<IReadOnlyList<SpendTotal>> SumAsync(SpendDimension by, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default) => _store.SumAsync(by, from, until, cancellationToken);

    /// <summary>Writes what is left, as far as the store takes it at the first try, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete()) return;
        await _stop.CancelAsync().ConfigureAwait(false); // No pause is waited for any more.
        await _writer.ConfigureAwait(false);
        _stop.Dispose();
    }

    void IRouterObserver.AttemptEnded(ObservedAttempt attempt) => Add(SpendEntry.Of(attempt));

    private async Task WriteAsync()
    {
        var batch = new List<SpendEntry>(LargestBatch);
        int failures = 0;
        while (batch.Count > 0 || await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < LargestBatch && _queue.Reader.TryRead(out SpendEntry? entry)) batch.Add(entry);
            if (await TryAppendAsync(batch).ConfigureAwait(false) is not { } failure)
            {
                Interlocked.Add(ref _stored, batch.Count);
                batch.Clear();
                failures = 0;
                EndFlushes();
                continue;
            }

            FailFlushes(failure);
            if (_stop.IsCancellationRequested)
            {
                LogLost(_logger, Pending);
                return;
            }

            await PauseAsync(failures++).ConfigureAwait(false);
        }
    }

    private async ValueTask<Exception?> TryAppendAsync(List<SpendEntry> batch)
    {
        try
        {
            await _store.AppendAsync(batch, CancellationToken.None).ConfigureAwait(false);
            if (LastError is not null) LogRecovered(_logger);
            return LastError = null;
        }
        catch (Exception exception)
        {
            if (LastError is null) LogFailed(_logger, exception.GetType().Name, exception.Message);
            return LastError = exception;
        }
    }

    /// <summary>Waits 0.1 s after the first failure, doubling up to 10 s; less where a flush wants to know, or the ledger ends.</summary>
    private async Task PauseAsync(int failures)
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_flushes.Count > 0) return;
            _pause = cut;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(Math.Min(10, 0.1 * Math.Pow(2, Math.Min(failures, 10)))), _time, over.Token), cut.Task).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        lock (_gate) _pause = null;
    }

    /// <summary>Ends the flushes whose entries are all in the store.</summary>
    private void EndFlushes()
    {
        lock (_gate)
        {
            long stored = Volatile.Read(ref _stored);
            long added = Volatile.Read(ref _added); // Less than a flush waits for where an entry found no room after all.
            _flushes.RemoveAll(flush => stored >= Math.Min(flush.Awaited, added) && flush.TrySetResult());
        }
    }

    private void FailFlushes(Exception failure)
    {
        lock (_gate)
        {
            foreach (Flush flush in _flushes) flush.TrySetException(new SpendStoreException($"The store of the ledger fails; {Pending} entries wait for it: {failure.Message}", failure));
            _flushes.Clear();
        }
    }

    [LoggerMessage(40, LogLevel.Error, "The store of the spend ledger fails; entries wait for it in memory: {Exception}: {Message}")]
    private static partial void LogFailed(ILogger logger, string exception, string message);

    [LoggerMessage(41, LogLevel.Information, "The store of the spend ledger works again")]
    private static partial void LogRecovered(ILogger logger);

    [LoggerMessage(42, LogLevel.Error, "The queue of the spend ledger is full: entries are lost from now on (SpendLedger.Dropped counts them)")]
    private static partial void LogDropped(ILogger logger);

    [LoggerMessage(43, LogLevel.Error, "The spend ledger was disposed while its store failed: {Count} entries are lost")]
    private static partial void LogLost(ILogger logger, long count);

    /// <summary>What waits until so many entries are in the store.</summary>
    private sealed class Flush(long awaited) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public long Awaited => awaited;
    }
}

/// <summary>The store of a <see cref="SpendLedger"/> fails.</summary>
public sealed class SpendStoreException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What fails, and what to do.</param>
    /// <param name="innerException">What the store threw.</param>
    public SpendStoreException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
