namespace RouterGen;

/// <summary>A stream of speech as one to read. It holds one piece at a time.</summary>
internal sealed class SoundStream : Stream
{
    private readonly IAsyncEnumerator<SpeechUpdate> _updates;
    private ReadOnlyMemory<byte> _piece;
    private bool _hasEnded;

    private SoundStream(IAsyncEnumerator<SpeechUpdate> updates) => _updates = updates;

    public override bool CanRead => !_hasEnded || !_piece.IsEmpty;

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
        var stream = new SoundStream(updates.GetAsyncEnumerator(cancellationToken));
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
        cancellationToken.ThrowIfCancellationRequested();
        if (_piece.IsEmpty && !_hasEnded) await FillAsync().ConfigureAwait(false);
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

    public override async ValueTask DisposeAsync()
    {
        _hasEnded = true;
        _piece = default;
        await _updates.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_hasEnded)
        {
            _hasEnded = true;
            _updates.DisposeAsync().AsTask().GetAwaiter().GetResult(); // Dropping a connection waits for nothing.
        }

        base.Dispose(disposing);
    }

    private async ValueTask FillAsync()
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
