using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace RouterGen.Gateway.Page.Content;

/// <summary>Reads a request's body, and copies what was read.</summary>
/// <param name="inner">What it is read from.</param>
/// <param name="copy">Where it is copied to.</param>
internal sealed class CopyingReader(PipeReader inner, CutCopy copy) : PipeReader, IRequestBodyPipeFeature
{
    private ReadOnlySequence<byte> _read;

    public PipeReader Reader => this;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        foreach (ReadOnlyMemory<byte> part in _read.Slice(_read.Start, consumed)) copy.Add(part.Span);
        _read = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ReadResult result = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
        _read = result.Buffer;
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        bool hasRead = inner.TryRead(out result);
        _read = result.Buffer;
        return hasRead;
    }
}
