using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Spend;

/// <summary>
/// Writes what requests cost to the store, in batches, beside the requests. What waits has a limit: while the store fails it is kept, and what does not fit is counted and logged.
/// Thread-safe.
/// </summary>
internal sealed partial class SpendWriter
{
    private const int LargestBatch = 5000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    private readonly GatewayKeyOptions _options;
    private readonly AccountLedger _ledger;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<GatewaySpend> _queue;
    private readonly Lock _gate = new();
    private readonly Task _writing;
    private TaskCompletionSource _wanted = NewSource();
    private TaskCompletionSource _written = NewSource();
    private DateTimeOffset _pruned;
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
        _queue = Channel.CreateBounded<GatewaySpend>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
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
            if (batch.Count == 0 && !wanted.IsCompleted) await Task.WhenAny(_queue.Reader.WaitToReadAsync().AsTask(), wanted).ConfigureAwait(false);
            if (!wanted.IsCompleted) await PauseAsync(failures, wanted).ConfigureAwait(false);
            failures = await TryWriteAllAsync(batch).ConfigureAwait(false) ? 0 : failures + 1;
            End(wanted);
            if (!isLast) continue;
            if (failures > 0) LogLost(_logger, batch.Count + _queue.Reader.Count);
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

    private async Task PauseAsync(int failures, Task wanted)
    {
        TimeSpan pause = TimeSpan.FromSeconds(Math.Min(_options.FlushInterval.TotalSeconds * Math.Pow(2, Math.Min(failures, 10)), Math.Max(LongestPause.TotalSeconds, _options.FlushInterval.TotalSeconds)));
        using var over = new CancellationTokenSource();
        await Task.WhenAny(Task.Delay(pause, _time, over.Token), wanted).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }

    private async Task<bool> TryWriteAllAsync(List<GatewaySpend> batch)
    {
        try
        {
            while (true)
            {
                while (batch.Count < LargestBatch && _queue.Reader.TryRead(out GatewaySpend? row)) batch.Add(row);
                if (batch.Count == 0) break;
                _ledger.NoteStored(await _options.Store.ChargeAsync(batch, CancellationToken.None).ConfigureAwait(false), CostsOf(batch));
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
            return false;
        }
    }

    private async ValueTask PruneAsync()
    {
        DateTimeOffset now = _time.GetUtcNow();
        if (now < _pruned + PruneInterval) return;
        await _options.Store.PruneAsync(now - _options.SpendLogLifetime, CancellationToken.None).ConfigureAwait(false);
        _pruned = now;
    }

    private static Dictionary<AccountPeriod, decimal> CostsOf(List<GatewaySpend> batch)
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
}
