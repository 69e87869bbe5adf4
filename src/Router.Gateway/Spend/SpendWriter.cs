using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Spend;

/// <summary>
/// Writes what requests cost to the store, in batches, beside the requests. While the store fails it is kept: on disk, where a folder is set, so that it outlives the process, else in memory. Both have a
/// limit; what does not fit is counted and logged. What was on disk is written first when the store works again, also by the next process. Thread-safe.
/// </summary>
internal sealed partial class SpendWriter
{
    private const int LargestBatch = 5000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly GatewayKeyOptions _options;
    private readonly AccountLedger _ledger;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<GatewaySpend> _queue;
    private readonly Lock _gate = new();
    private readonly SpendSpool? _spool;
    private readonly TaskCompletionSource _stopping = NewSource();
    private readonly Task _stopLimit;
    private readonly Task _writing;
    private TaskCompletionSource _wanted = NewSource();
    private TaskCompletionSource _written = NewSource();
    private DateTimeOffset _pruned;
    private DateTimeOffset _retryAt;
    private SpoolState _spoolState;
    private long _dropped;
    private bool _isFailing;
    private bool _isStopping;

    public SpendWriter(GatewayKeyOptions options, AccountLedger ledger, TimeProvider time, ILogger logger)
    {
        _options = options;
        _ledger = ledger;
        _time = time;
        _logger = logger;
        _pruned = time.GetUtcNow();
        _spool = options.SpoolFolder is { } folder ? new SpendSpool(folder, options.SpoolMaxBytes) : null;
        TryOpenSpool();
        _queue = Channel.CreateBounded<GatewaySpend>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        _stopLimit = LimitStopAsync();
        _writing = WriteAsync();
    }

    /// <summary>Adds a request to the queue.</summary>
    public void Add(GatewaySpend row)
    {
        if (!_queue.Writer.TryWrite(row) && Interlocked.Increment(ref _dropped) == 1) LogFull(_logger);
    }

    /// <summary>Has what waits written, and waits until it is, or until the store has failed once more.</summary>
    public async Task FlushAsync()
    {
        // Two rounds: one that is under way may have begun before what was added last.
        await Task.WhenAny(Want(), _writing).ConfigureAwait(false);
        await Task.WhenAny(Want(), _writing).ConfigureAwait(false);
    }

    /// <summary>Writes what waits, as far as the store takes it, and ends.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _isStopping = true;
            _stopping.TrySetResult();
            _wanted.TrySetResult();
        }

        return _writing;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task Want()
    {
        lock (_gate)
        {
            _wanted.TrySetResult();
            return _written.Task;
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<GatewaySpend>(LargestBatch);
        int failures = 0;
        while (true)
        {
            (Task wanted, bool isLast) = Begin();
            if (batch.Count == 0 && _spool?.IsEmpty is not false && !wanted.IsCompleted) await Task.WhenAny(_queue.Reader.WaitToReadAsync().AsTask(), wanted).ConfigureAwait(false);
            if (!wanted.IsCompleted) await PauseAsync(_spool is null ? PauseAfter(failures) : _options.FlushInterval, wanted).ConfigureAwait(false);
            isLast |= Begin().IsLast;
            if (!isLast && !wanted.IsCompleted && _spool is not null && _time.GetUtcNow() < _retryAt)
            {
                Spool(batch); // The store is not asked, but nothing waits in memory alone.
            }
            else
            {
                failures = await TryWriteAllAsync(batch, isLast).ConfigureAwait(false) ? 0 : failures + 1;
                if (failures > 0) _retryAt = _time.GetUtcNow() + PauseAfter(failures);
            }

            End(wanted);
            if (!isLast) continue;
            if (batch.Count + _queue.Reader.Count is > 0 and var lost) LogLost(_logger, lost);
            _spool?.Dispose();
            return;
        }
    }

    private (Task Wanted, bool IsLast) Begin()
    {
        lock (_gate) return (_wanted.Task, _isStopping);
    }

    private void End(Task wanted)
    {
        TaskCompletionSource written;
        lock (_gate)
        {
            if (wanted.IsCompleted && !_isStopping) _wanted = NewSource();
            written = _written;
            _written = NewSource();
        }

        written.SetResult();
    }

    private TimeSpan PauseAfter(int failures) => TimeSpan.FromSeconds(Math.Min(_options.FlushInterval.TotalSeconds * Math.Pow(2, Math.Min(failures, 10)), Math.Max(LongestPause.TotalSeconds, _options.FlushInterval.TotalSeconds)));

    private async Task PauseAsync(TimeSpan pause, Task wanted)
    {
        using var over = new CancellationTokenSource();
        await Task.WhenAny(Task.Delay(pause, _time, over.Token), wanted).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }

    private async Task<bool> TryWriteAllAsync(List<GatewaySpend> batch, bool isLast)
    {
        bool hasSpool = TryOpenSpool();
        if (isLast && _isFailing && Spool(batch)) return true; // A store that does not answer would take the time that the process has to end.
        try
        {
            while (hasSpool && !isLast && ReadSpool() is { } spooled)
            {
                IReadOnlyList<PeriodSpend> spent = await ChargeAsync(spooled.Rows).ConfigureAwait(false);
                _ledger.NoteStored(spent, spooled.IsOwn ? CostsOf(spooled.Rows) : null); // Those of an earlier process were never counted in this one.
                _spool!.Advance();
            }

            while (Fill(batch))
            {
                _ledger.NoteStored(await ChargeAsync(batch).ConfigureAwait(false), CostsOf(batch));
                batch.Clear();
            }

            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped) LogDropped(_logger, dropped);
            await PruneAsync().ConfigureAwait(false);
            if (_isFailing) LogRecovered(_logger);
            _isFailing = false;
            return true;
        }
        catch (Exception exception)
        {
            if (!_isFailing) LogFailed(_logger, exception.GetType().Name, exception.Message);
            _isFailing = true;
            Spool(batch);
            return false;
        }
    }

    // A store that does not answer is left behind when the process ends, so that there is time to bring what waits to the disk. What the store has done all the same is passed over when it is written again.
    private async Task<IReadOnlyList<PeriodSpend>> ChargeAsync(IReadOnlyList<GatewaySpend> rows)
    {
        Task<IReadOnlyList<PeriodSpend>> charging = _options.Store.ChargeAsync(rows, CancellationToken.None).AsTask();
        if (_spool is not null && await Task.WhenAny(charging, _stopLimit).ConfigureAwait(false) != charging) throw new TimeoutException("The store did not answer before the gateway ended.");
        return await charging.ConfigureAwait(false);
    }

    private async Task LimitStopAsync()
    {
        await _stopping.Task.ConfigureAwait(false);
        await Task.Delay(StopPatience, _time).ConfigureAwait(false);
    }

    // Adds what is queued to a batch; false where it is empty.
    private bool Fill(List<GatewaySpend> batch)
    {
        while (batch.Count < LargestBatch && _queue.Reader.TryRead(out GatewaySpend? row)) batch.Add(row);
        return batch.Count > 0;
    }

    // Brings what waits in memory to the disk; false where some of it stays, because there is no room or no folder.
    private bool Spool(List<GatewaySpend> batch)
    {
        if (!TryOpenSpool()) return false;
        try
        {
            while (Fill(batch))
            {
                batch.RemoveRange(0, _spool!.Append(batch));
                if (batch.Count == 0) continue;
                if (_spoolState is not SpoolState.Full) LogSpoolFull(_logger, _options.SpoolMaxBytes, _options.SpoolFolder!);
                _spoolState = SpoolState.Full;
                return false;
            }

            _spoolState = SpoolState.Open;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NoteSpoolFailed(exception);
            return false;
        }
    }

    // The oldest rows on disk; null where there are none, or they cannot be read now.
    private (IReadOnlyList<GatewaySpend> Rows, bool IsOwn)? ReadSpool()
    {
        try
        {
            return _spool!.Read(LargestBatch, (bytes, kept) =>
            {
                if (kept is null) LogTorn(_logger, bytes);
                else LogUnreadable(_logger, bytes, kept);
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NoteSpoolFailed(exception);
            return null;
        }
    }

    private bool TryOpenSpool()
    {
        if (_spool is null) return false;
        try
        {
            _spool.Open();
            if (_spoolState is SpoolState.Closed) _spoolState = SpoolState.Open;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NoteSpoolFailed(exception);
            return false;
        }
    }

    private void NoteSpoolFailed(Exception exception)
    {
        if (_spoolState is not SpoolState.Failing) LogSpoolFailed(_logger, _options.SpoolFolder!, exception.GetType().Name, exception.Message);
        _spoolState = SpoolState.Failing;
    }

    private async ValueTask PruneAsync()
    {
        DateTimeOffset now = _time.GetUtcNow();
        if (now < _pruned + PruneInterval) return;
        await _options.Store.PruneAsync(now - _options.SpendLogLifetime, CancellationToken.None).ConfigureAwait(false);
        _pruned = now;
    }

    private static Dictionary<AccountPeriod, decimal> CostsOf(IReadOnlyList<GatewaySpend> batch)
    {
        var costs = new Dictionary<AccountPeriod, decimal>();
        foreach (GatewaySpend row in batch)
        {
            foreach (AccountPeriod period in row.Charges) CollectionsMarshal.GetValueRefOrAddDefault(costs, period, out _) += row.Cost;
        }

        return costs;
    }

    [LoggerMessage(132, LogLevel.Error, "The store fails; the costs of requests wait for it in memory: {Exception}: {Message}")]
    private static partial void LogFailed(ILogger logger, string exception, string message);

    [LoggerMessage(133, LogLevel.Information, "The store takes the costs of requests again")]
    private static partial void LogRecovered(ILogger logger);

    [LoggerMessage(134, LogLevel.Error, "The queue of costs is full because the store fails or is too slow: the costs of requests are lost from now on")]
    private static partial void LogFull(ILogger logger);

    [LoggerMessage(137, LogLevel.Error, "The costs of {Count} requests were lost because the queue was full; limits of this process count them")]
    private static partial void LogDropped(ILogger logger, long count);

    [LoggerMessage(135, LogLevel.Error, "The gateway ended while its store failed: the costs of {Count} requests are lost")]
    private static partial void LogLost(ILogger logger, int count);

    [LoggerMessage(150, LogLevel.Error, "Costs of requests cannot be kept on disk, in '{Folder}'; they wait in memory: {Exception}: {Message}")]
    private static partial void LogSpoolFailed(ILogger logger, string folder, string exception, string message);

    [LoggerMessage(151, LogLevel.Error, "Costs of requests fill the {Bytes} bytes that they may have on disk, in '{Folder}'; further ones wait in memory")]
    private static partial void LogSpoolFull(ILogger logger, long bytes, string folder);

    [LoggerMessage(152, LogLevel.Error, "Of the costs of requests that were kept on disk, {Bytes} bytes cannot be read: they are damaged, and kept as '{File}'")]
    private static partial void LogUnreadable(ILogger logger, long bytes, string file);

    [LoggerMessage(153, LogLevel.Warning, "The last {Bytes} bytes of a file with costs of requests are a part of what was being written when a process was killed; they are ignored")]
    private static partial void LogTorn(ILogger logger, long bytes);

    private enum SpoolState
    {
        Closed,
        Open,
        Full,
        Failing,
    }
}
