using System.IO.Pipelines;

namespace RouterGen.Gateway.Page.Content;

/// <summary>Writes a response's body, and copies what is written.</summary>
/// <param name="inner">Where it is written to.</param>
/// <param name="copy">Where it is copied to.</param>
internal sealed class CopyingWriter(PipeWriter inner, CutCopy copy) : PipeWriter
{
    private Memory<byte> _given;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override void Advance(int bytes)
    {
        copy.Add(_given.Span[..bytes]);
        _given = _given[bytes..];
        inner.Advance(bytes);
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _given = inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        copy.Add(source.Span);
        return inner.WriteAsync(source, cancellationToken);
    }
}
