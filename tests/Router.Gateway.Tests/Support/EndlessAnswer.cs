using System.Text;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>A stream of Chat Completions that is there as fast as it is read, and knows how much was.</summary>
/// <param name="events">How many pieces of text it has.</param>
internal sealed class EndlessAnswer(int events) : Stream
{
    /// <summary>What each piece has beside its letter.</summary>
    public static readonly string Padding = new('.', 200);

    private static readonly byte[] Piece = Encoding.UTF8.GetBytes(Wire.Unnamed($$$"""{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"x{{{Padding}}}"},"finish_reason":null}]}"""));
    private static readonly byte[] Last = Encoding.UTF8.GetBytes(Wire.Unnamed("""{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""", """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""", "[DONE]"));

    private long _read;

    /// <summary>Gets the most bytes of one read.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Gets behind how many bytes no more come, without an end.</summary>
    public long Stops { get; init; } = long.MaxValue;

    /// <summary>Gets how many bytes were read.</summary>
    public long BytesRead => Volatile.Read(ref _read);

    /// <summary>Gets whether it was left.</summary>
    public bool IsDisposed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => (long)events * Piece.Length + Last.Length;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (BytesRead >= Stops) await Task.Delay(Timeout.Infinite, cancellationToken);
        long pieces = (long)events * Piece.Length;
        (byte[] from, int at) = _read < pieces ? (Piece, (int)(_read % Piece.Length)) : (Last, (int)(_read - pieces));
        int length = Math.Min(Math.Min(Most, buffer.Length), from.Length - at);
        from.AsMemory(at, length).CopyTo(buffer);
        Volatile.Write(ref _read, _read + length);
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
