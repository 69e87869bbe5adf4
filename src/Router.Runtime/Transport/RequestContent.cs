using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A request's body on its way out of a pooled <see cref="RequestWriter"/>.</summary>
internal sealed class RequestContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;
    private int _sending;
    private int _sent;

    public RequestContent(RequestWriter writer)
    {
        _body = writer.WrittenMemory;
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
    }

    /// <summary>
    /// Whether the body was sent and nobody reads it any more. A server may answer before it has read the request, and a
    /// connection may still be tried after we gave up on it; then the writer must not be used for another request.
    /// </summary>
    public bool IsReleased => Volatile.Read(ref _sent) > 0 && Volatile.Read(ref _sending) == 0;

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _sending);
        ValueTask write = stream.WriteAsync(_body, cancellationToken);
        if (!write.IsCompletedSuccessfully) return AwaitWrite(write);
        EndSending();
        return Task.CompletedTask;
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _sending);
        try
        {
            stream.Write(_body.Span);
        }
        finally
        {
            EndSending();
        }
    }

    private async Task AwaitWrite(ValueTask write)
    {
        try
        {
            await write.ConfigureAwait(false);
        }
        finally
        {
            EndSending();
        }
    }

    private void EndSending()
    {
        Interlocked.Increment(ref _sent);
        Interlocked.Decrement(ref _sending);
    }
}
