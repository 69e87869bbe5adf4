namespace RouterGen;

/// <summary>
/// Sends what routers do to one destination, in the background. <c>UseOtlp</c>, <c>UseLangfuse</c> and <c>UseHelicone</c> return one; it is yours to dispose, after the routers. It slows and fails no call:
/// what finds no room in its queue, or is refused, is lost and counted (<see cref="Dropped"/>), and an outage is logged once. Thread-safe.
/// </summary>
public abstract class RouterTelemetrySink : IAsyncDisposable
{
    private readonly TelemetrySinkOptions _settings;
    private int _isDisposed;

    private protected RouterTelemetrySink(string name, Uri destination, TelemetrySinkOptions settings)
    {
        Name = name;
        Destination = destination;
        _settings = settings;
    }

    /// <summary>Gets what the sink is called in logs: <c>OTLP</c>, <c>Langfuse</c>, <c>Helicone</c>.</summary>
    public string Name { get; }

    /// <summary>Gets where it sends to.</summary>
    public Uri Destination { get; }

    /// <summary>Gets how many entries (spans, or calls) wait to be sent, or are under way.</summary>
    public abstract long Pending { get; }

    /// <summary>Gets how many entries were lost: because the queue was full, or because the destination did not take them. Metrics are not counted: the next ones include what was lost.</summary>
    public abstract long Dropped { get; }

    /// <summary>Gets why the destination failed the last time; null where it works. Never contains a key.</summary>
    public abstract string? LastError { get; }

    /// <summary>Gets how long a flush may take.</summary>
    private protected TimeSpan FlushTimeout => _settings.FlushTimeout;

    /// <summary>Sends what further routers do too. Routers that are made of the options afterwards have the sink.</summary>
    /// <param name="options">Their options.</param>
    public abstract void AddTo(RouterOptions options);

    /// <summary>Sends what waits now, and metrics as they are, for at most <see cref="TelemetrySinkOptions.FlushTimeout"/>.</summary>
    /// <param name="cancellationToken">Cancels the wait; the entries stay in the queue.</param>
    /// <returns>True where none of what waited does so any more: it was sent, or lost and counted. False where the time was over, metrics were not taken, or the sink is disposed.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task<bool> FlushAsync(CancellationToken cancellationToken = default) =>
        Volatile.Read(ref _isDisposed) == 0 && await FlushCoreAsync(cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Sends what waits, for at most <see cref="TelemetrySinkOptions.FlushTimeout"/>, and ends. What was not sent by then is lost, counted and logged.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await FlushCoreAsync(CancellationToken.None).ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<bool> FlushCoreAsync(CancellationToken cancellationToken);

    private protected abstract ValueTask EndAsync();
}
