using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A request's body on its way out of a pooled <see cref="RequestWriter"/>.</summary>
internal sealed class RequestContent : HttpContent
{
    private const int Closed = int.MinValue / 2;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly List<(int Position, MediaFile File)>? _files;
    private readonly string _contentType;
    private RequestContent? _copy; // for the same body, should it be sent once more
    private int _sending;
    private int _sent;

    public RequestContent(RequestWriter writer) : this(writer.WrittenMemory, writer.ContentType, writer.Files)
    {
    }

    private RequestContent(ReadOnlyMemory<byte> body, string contentType, List<(int Position, MediaFile File)>? files)
    {
        _body = body;
        _contentType = contentType;
        _files = files;
        Headers.TryAddWithoutValidation("Content-Type", contentType);
    }

    /// <summary>
    /// Ends the use of the body, where it was sent and is no longer read: from now on it may be another request's.
    /// A server may answer before it has read the request, and a connection may still be tried after we gave up on it; then
    /// the body must be left to its reader.
    /// </summary>
    public bool TryClose() =>
        Volatile.Read(ref _sent) > 0 && Interlocked.CompareExchange(ref _sending, Closed, 0) == 0 && _copy?.TryClose() is not false;

    /// <summary>Gets the body, without the files that are sent within it.</summary>
    public ReadOnlyMemory<byte> Body => _body;

    /// <summary>Returns the same body for another request. It is closed together with this one.</summary>
    public RequestContent Copy() => _copy is null ? _copy = new RequestContent(_body, _contentType, _files) : _copy.Copy();

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        if (_files is not null) length += _files.Sum(static part => part.File.Length);
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        BeginSending();
        ValueTask write = _files is null ? stream.WriteAsync(_body, cancellationToken) : WriteWithFilesAsync(_files, stream, async: true, cancellationToken);
        if (!write.IsCompletedSuccessfully) return AwaitWrite(write);
        EndSending();
        return Task.CompletedTask;
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        BeginSending();
        try
        {
            if (_files is null) stream.Write(_body.Span);
            else WriteWithFilesAsync(_files, stream, async: false, cancellationToken).GetAwaiter().GetResult(); // nothing to wait for
        }
        finally
        {
            EndSending();
        }
    }

    private async ValueTask WriteWithFilesAsync(List<(int Position, MediaFile File)> files, Stream stream, bool async, CancellationToken cancellationToken)
    {
        int written = 0;
        foreach ((int position, MediaFile file) in files)
        {
            if (async) await stream.WriteAsync(_body[written..position], cancellationToken).ConfigureAwait(false);
            else stream.Write(_body.Span[written..position]);
            await file.CopyToAsync(stream, async, cancellationToken).ConfigureAwait(false);
            written = position;
        }

        if (async) await stream.WriteAsync(_body[written..], cancellationToken).ConfigureAwait(false);
        else stream.Write(_body.Span[written..]);
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

    private void BeginSending()
    {
        // A handler that keeps a request and sends or logs it later must not get what has become another call's words.
        if (Interlocked.Increment(ref _sending) <= 0) throw new ObjectDisposedException(nameof(RequestContent), "The call that this request was made for is over.");
    }

    private void EndSending()
    {
        Interlocked.Increment(ref _sent);
        Interlocked.Decrement(ref _sending);
    }
}
