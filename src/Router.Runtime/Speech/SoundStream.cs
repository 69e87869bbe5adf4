namespace RouterGen;

/// <summary>A stream of speech as one to read. It holds one piece at a time.</summary>
internal sealed class SoundStream : Stream
{
    private readonly CancellationTokenSource _cancellation;
    private readonly IAsyncEnumerator<SpeechUpdate> _updates;
    private Task _filling = Task.CompletedTask;
    private ReadOnlyMemory<byte> _piece;
    private bool _hasEnded;
    private bool _isDisposed;

    private SoundStream(IAsyncEnumerable<SpeechUpdate> updates, CancellationToken cancellationToken)
    {
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _updates = updates.GetAsyncEnumerator(_cancellation.Token);
    }

    public override bool CanRead => !_isDisposed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("How long speech is, is known at its end.");

    public override long Position
    {
        get => throw new NotSupportedException("Speech is read once, from its beginning.");
        set => throw new NotSupportedException("Speech is read once, from its beginning.");
    }

    /// <summary>Starts to read, up to the first piece.</summary>
    public static async Task<Stream> OpenAsync(IAsyncEnumerable<SpeechUpdate> updates, CancellationToken cancellationToken)
    {
        var stream = new SoundStream(updates, cancellationToken);
        try
        {
            await stream.FillAsync().ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_piece.IsEmpty && !_hasEnded) await FillAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        int count = Math.Min(buffer.Length, _piece.Length);
        _piece[..count].CopyTo(buffer);
        _piece = _piece[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("Speech is read once, from its beginning.");

    public override void SetLength(long value) => throw new NotSupportedException("Speech is only read.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Speech is only read.");

    /// <summary>Ends the call: a read that is under way is cancelled, and waited for.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _piece = default;
        await _cancellation.CancelAsync().ConfigureAwait(false);
        await _filling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _updates.DisposeAsync().ConfigureAwait(false);
        _cancellation.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed) DisposeAsync().AsTask().GetAwaiter().GetResult(); // Dropping a connection waits for nothing.
        base.Dispose(disposing);
    }

    // A read that was cancelled leaves the next piece on its way, for the read after it.
    private Task FillAsync() => _filling.IsCompleted ? _filling = NextAsync() : _filling;

    private async Task NextAsync()
    {
        while (_piece.IsEmpty)
        {
            if (!await _updates.MoveNextAsync().ConfigureAwait(false))
            {
                _hasEnded = true;
                return;
            }

            _piece = _updates.Current.Audio;
        }
    }
}
