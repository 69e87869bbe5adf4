using System.Text;
using System.Threading.Channels;

namespace RouterGen.Runtime.Tests;

/// <summary>A stream of events that come one by one, when they are told to.</summary>
internal sealed class PacedStream(params string[] events) : Stream
{
    private readonly Channel<byte[]> _sent = Channel.CreateUnbounded<byte[]>();
    private readonly SemaphoreSlim[] _waiting = [.. Enumerable.Range(0, events.Length + 1).Select(_ => new SemaphoreSlim(0))];
    private int _next;
    private int _reads;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Completes when the reader waits for the event with this number.</summary>
    public Task WaitingAsync(int number) => _waiting[number].WaitAsync();

    /// <summary>Sends the next event.</summary>
    public void Send() => _sent.Writer.TryWrite(Encoding.UTF8.GetBytes($"data: {events[_next++]}\n\n"));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_reads < _waiting.Length) _waiting[_reads++].Release();
        byte[] sent = await _sent.Reader.ReadAsync(cancellationToken);
        sent.CopyTo(buffer);
        return sent.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
