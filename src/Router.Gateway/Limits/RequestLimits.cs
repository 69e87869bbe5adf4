using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Limits;

/// <summary>
/// Bounds what requests hold: so many are under way, so many more wait, and their bodies have so many bytes together. What is beyond is refused at once, so that a gateway
/// with too much to do stays one that answers.
/// </summary>
internal sealed class RequestLimits : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly GatewayOptions _options;
    private readonly SemaphoreSlim _slots;
    private int _queued;
    private long _held;
    private long _full;
    private long _late;
    private long _bodies;

    public RequestLimits(GatewayOptions options)
    {
        _options = options;
        _slots = new SemaphoreSlim(options.MaxConcurrentRequests);
    }

    /// <summary>Gets how many requests are under way.</summary>
    public int Running => _options.MaxConcurrentRequests - _slots.CurrentCount;

    /// <summary>Gets how many requests wait.</summary>
    public int Queued => Volatile.Read(ref _queued);

    /// <summary>Gets how many bytes the bodies of requests under way have.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>Gets how many requests were refused because of how many waited.</summary>
    public long RefusedForQueue => Volatile.Read(ref _full);

    /// <summary>Gets how many requests were refused after they had waited for long.</summary>
    public long RefusedForTime => Volatile.Read(ref _late);

    /// <summary>Gets how many requests were refused because of the bytes of all bodies.</summary>
    public long RefusedForBodies => Volatile.Read(ref _bodies);

    /// <summary>Waits for a request's turn.</summary>
    /// <param name="cancellationToken">The client has gone.</param>
    /// <returns>Null where it is its turn, so that <see cref="Leave"/> must follow; else why it may not go on.</returns>
    public ValueTask<GatewayError?> EnterAsync(CancellationToken cancellationToken)
    {
        if (_slots.Wait(0, CancellationToken.None)) return default;
        if (Interlocked.Increment(ref _queued) <= _options.MaxQueuedRequests) return WaitAsync(cancellationToken);
        Interlocked.Decrement(ref _queued);
        Interlocked.Increment(ref _full);
        return new(Busy("The gateway has more requests than it takes."));
    }

    /// <summary>Ends a request that has had its turn.</summary>
    public void Leave() => _slots.Release();

    /// <summary>Adds bytes of a body to those that are held.</summary>
    /// <returns>False where they are too many; nothing is added then.</returns>
    public bool TryHold(long bytes)
    {
        // One body that is alone always fits.
        if (Interlocked.Add(ref _held, bytes) <= Math.Max(_options.MaxBufferedBytes, _options.MaxRequestBytes)) return true;
        Interlocked.Add(ref _held, -bytes);
        Interlocked.Increment(ref _bodies);
        return false;
    }

    /// <summary>Takes bytes of a body from those that are held.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _held, -bytes);

    /// <summary>Returns the error of a gateway that has too much to do.</summary>
    public static GatewayError Busy(string message) => new(429, ErrorReason.RateLimited, message + " Try again later.") { Code = "gateway_busy", RetryAfter = RetryAfter };

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private async ValueTask<GatewayError?> WaitAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(_options.MaxQueueTime, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await _slots.WaitAsync(either.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Interlocked.Increment(ref _late);
            return Busy("The gateway has more requests than it can answer, and this one has waited for long.");
        }
        finally
        {
            Interlocked.Decrement(ref _queued);
        }
    }
}
