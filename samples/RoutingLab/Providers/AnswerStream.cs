using System.Net;
using System.Threading.Tasks.Sources;

namespace RoutingLab;

/// <summary>The body of an answer: its first token comes when the provider has it, the rest when the answer is complete.</summary>
/// <remarks>Whoever waits goes on within the event that ends the wait, on the simulating thread.</remarks>
internal sealed class AnswerStream(SimulatedTime time, SimulatedTransport transport, int provider, Verdict verdict, int inputTokens, bool streamed) : Stream, IValueTaskSource<int>, IScheduled
{
    private enum Stage { BeforeFirstToken, BeforeEnd, Ended }

    private readonly long _accepted = time.Now;
    private ManualResetValueTaskSourceCore<int> _wait;
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _token;
    private Memory<byte> _buffer;
    private Stage _stage = streamed ? Stage.BeforeFirstToken : Stage.BeforeEnd;
    private int _ticket;
    private bool _left;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_stage is Stage.Ended) return new(0);
        long wait = _accepted + (_stage is Stage.BeforeFirstToken ? verdict.FirstToken : verdict.End) - time.Now;
        if (wait <= 0) return new(Deliver(buffer.Span));
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);

        _wait.Reset();
        _buffer = buffer;
        _token = cancellationToken;
        _cancellation = cancellationToken.UnsafeRegister(static state => ((AnswerStream)state!).Cancel(), this);
        time.Schedule(wait, this, ++_ticket);
        return new ValueTask<int>(this, _wait.Version);
    }

    public void Fire(int ticket)
    {
        if (ticket != _ticket) return;
        _cancellation.Dispose();
        _wait.SetResult(Deliver(_buffer.Span));
    }

    public int GetResult(short token) => _wait.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _wait.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _wait.OnCompleted(continuation, state, token, flags);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>The connection is dropped: the provider stops.</summary>
    protected override void Dispose(bool disposing)
    {
        _ticket++;
        Leave();
    }

    private int Deliver(Span<byte> buffer)
    {
        transport.IsWarm = true;
        if (_stage is Stage.BeforeFirstToken)
        {
            _stage = Stage.BeforeEnd;
            LabCodec.FirstEvent.CopyTo(buffer);
            return LabCodec.FirstEvent.Length;
        }

        _stage = Stage.Ended;
        Leave();
        return streamed ? LabCodec.WriteLastEvent(buffer, inputTokens, verdict.OutputTokens) : LabCodec.WriteReply(buffer, inputTokens, verdict.OutputTokens);
    }

    private void Cancel()
    {
        _ticket++;
        _wait.SetException(new OperationCanceledException(_token));
    }

    private void Leave()
    {
        if (_left) return;
        _left = true;
        transport.Leave(provider, wasRead: _stage is Stage.Ended);
    }

    /// <summary>What an HTTP response holds it in.</summary>
    internal sealed class Content(AnswerStream stream) : HttpContent
    {
        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(stream);

        protected override Task SerializeToStreamAsync(Stream target, TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing) => stream.Dispose();
    }
}
