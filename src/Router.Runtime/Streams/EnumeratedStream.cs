using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A stream that is an enumeration of updates, not of bytes. It is complete where it ends. Disposing it cancels the token that the enumeration got.</summary>
/// <typeparam name="TUpdate">What it brings, piece by piece.</typeparam>
/// <param name="context">The attempt.</param>
internal abstract class EnumeratedStream<TUpdate>(AttemptContext context) : ProviderStream<TUpdate> where TUpdate : class
{
    private readonly CancellationTokenSource _cancellation = new();
    private IAsyncEnumerator<TUpdate>? _updates;
    private Task<bool>? _next;
    private int _brought;
    private bool _isLeft;

    /// <summary>Gets the attempt.</summary>
    private protected AttemptContext Context => context;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<StreamSignal> ReadAsync(CallClock clock, TimeSpan? idle, bool async = true)
    {
        // The first update may say no more than that there is an answer to come; those after it are the beginning of something.
        if (_brought > 1 && idle is { } limit) clock.Arm(limit, CancelCause.StreamIdleTimeout);
        if (_next is null && TryRead()) return Signal;
        try
        {
            bool hasNext = await _next!.WaitAsync(clock.Token).ConfigureAwait(false);
            _next = null;
            return Signal = Take(hasNext);
        }
        catch (Exception exception) when (!clock.IsCancelledByCaller && FailureOf(exception) is { } failure)
        {
            return Fail(failure);
        }
    }

    /// <inheritdoc/>
    public override bool TryRead()
    {
        if (_next is { IsCompleted: false }) return false;
        try
        {
            _updates ??= Open(_cancellation.Token);
            Task<bool>? before = _next;
            _next = null;
            ValueTask<bool> next = before is null ? _updates.MoveNextAsync() : new(before);
            if (!next.IsCompleted)
            {
                _next = next.AsTask();
                return false;
            }

            Signal = Take(next.GetAwaiter().GetResult());
        }
        catch (Exception exception) when (!context.Clock.IsCancelledByCaller && FailureOf(exception) is { } failure)
        {
            Fail(failure);
        }

        return true;
    }

    public override void Dispose()
    {
        if (_isLeft) return;
        _isLeft = true;
        if (Signal is not StreamSignal.Completed) Abandoned.Cancel(_cancellation);
        Abandoned.Forget(LeaveAsync());
    }

    /// <summary>Starts to ask for the updates.</summary>
    private protected abstract IAsyncEnumerator<TUpdate> Open(CancellationToken cancellationToken);

    /// <summary>Takes an update.</summary>
    private protected abstract StreamSignal Take(TUpdate update);

    /// <summary>Takes the end.</summary>
    private protected virtual StreamSignal End() => StreamSignal.Completed;

    /// <summary>Returns what an exception means; null where it is the caller's.</summary>
    private protected abstract AttemptFailure? FailureOf(Exception exception);

    private StreamSignal Take(bool hasNext)
    {
        Update = null;
        if (!hasNext) return End();
        _brought++;
        return Take(_updates!.Current);
    }

    private StreamSignal Fail(AttemptFailure failure)
    {
        Update = null;
        Failure = failure;
        return Signal = StreamSignal.Failed;
    }

    /// <summary>Ends the enumeration, once nothing is under way in it.</summary>
    private async Task LeaveAsync()
    {
        try
        {
            if (_next is { } next) await next.ConfigureAwait(false);
        }
        finally
        {
            if (_updates is { } updates) await updates.DisposeAsync().ConfigureAwait(false);
        }
    }
}
