namespace RouterGen.Runtime.Tests;

/// <summary>A body that arrives in the pieces that a test says, each read giving one piece or less.</summary>
internal sealed class ChunkedStream(IEnumerable<ReadOnlyMemory<byte>> chunks) : Stream
{
    private readonly IEnumerator<ReadOnlyMemory<byte>> _chunks = chunks.GetEnumerator();
    private ReadOnlyMemory<byte> _rest;

    /// <summary>How many bytes were read.</summary>
    public long Delivered { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The bytes in pieces of at most so many.</summary>
    public static ChunkedStream InPiecesOf(int size, ReadOnlyMemory<byte> bytes) => new(Cut(size, bytes));

    public override int Read(Span<byte> buffer)
    {
        while (_rest.IsEmpty)
        {
            if (!_chunks.MoveNext()) return 0;
            _rest = _chunks.Current;
        }

        int length = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..length].CopyTo(buffer);
        _rest = _rest[length..];
        Delivered += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<int>(Read(buffer.Span));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static IEnumerable<ReadOnlyMemory<byte>> Cut(int size, ReadOnlyMemory<byte> bytes)
    {
        for (int at = 0; at < bytes.Length; at += size) yield return bytes[at..Math.Min(bytes.Length, at + size)];
    }
}
