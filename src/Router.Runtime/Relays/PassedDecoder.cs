using System.Buffers;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the stream of a deployment that speaks as a gateway's client does: its events go on as they are.</summary>
/// <param name="deployment">Who sends the stream.</param>
/// <param name="source">What the client asked for.</param>
/// <param name="decoder">Reads the dialect, for what routing and accounts must know.</param>
internal sealed class PassedDecoder(Deployment deployment, RelayedRequest source, ChatStreamDecoder decoder) : StreamDecoder<RelayedUpdate>
{
    // As much as is read at once, and what surrounds its events.
    private const int JoinedSize = 9 * 1024;

    private readonly ArrayBufferWriter<byte> _events = new(1024);
    private readonly TextRun _run = new(decoder);
    private bool _isCommitted;
    private bool _isHandedOut; // events that the caller has sent by the time that more are read

    public override UsageDetails? UsageSoFar => decoder.UsageSoFar;

    public override bool IsFinished => decoder.IsFinished;

    public override bool EndsWithConnection => decoder.EndsWithConnection;

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out RelayedUpdate? update, out AttemptFailure? failure)
    {
        Recycle();
        if (_run.TryAdd(eventType, data))
        {
            if (_events.Capacity < JoinedSize) _events.GetMemory(JoinedSize - _events.WrittenCount);
            Append(eventType, data);
            update = null;
            failure = null;
            return StreamSignal.Continue;
        }

        StreamSignal signal = _run.Decode(eventType, data, out ChatResponseUpdate? read, out failure);
        if (signal is StreamSignal.Failed)
        {
            update = null;
            return signal;
        }

        ChatResponseUpdate? before = _run.Take();
        ReadOnlySpan<byte> type = eventType, shown = data;
        decoder.Unwrap(ref type, ref shown);
        bool isShown = !shown.IsEmpty && source.Dialect.Shows(source, shown);
        if (isShown) Append(type, shown);
        _run.Learn(eventType, data, isShown ? signal : StreamSignal.Continue, read);

        // A part of a call that is not put together yet reaches the client as it is, and so commits the stream.
        bool hasContent = before is not null || (isShown && (signal is StreamSignal.Progress || (read is not null && ChatStreams.HasContent(read))));
        _isCommitted |= hasContent;
        update = new RelayedUpdate(deployment, TakeEvents(), read, hasContent) { Before = before };
        return signal is StreamSignal.Completed ? signal : StreamSignal.Update;
    }

    public override RelayedUpdate? Take() => _run.Take() is { } read ? new RelayedUpdate(deployment, TakeEvents(), read, hasContent: true) : null;

    public override StreamSignal End(out RelayedUpdate? update, out AttemptFailure? failure)
    {
        Recycle();
        ChatResponseUpdate? before = _run.Take();
        StreamSignal signal = decoder.End(out ChatResponseUpdate? read, out failure);
        update = read is null && before is null ? null : new RelayedUpdate(deployment, TakeEvents(), read, hasContent: false) { Before = before };
        return signal;
    }

    // Up to the first content, updates are held until it is certain that the stream is the client's.
    private ReadOnlyMemory<byte> TakeEvents()
    {
        _isHandedOut = true;
        return _isCommitted ? _events.WrittenMemory : _events.WrittenSpan.ToArray();
    }

    private void Recycle()
    {
        if (_isHandedOut) _events.ResetWrittenCount();
        _isHandedOut = false;
    }

    private void Append(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (!type.IsEmpty)
        {
            _events.Write("event: "u8);
            _events.Write(type);
            _events.Write("\n"u8);
        }

        for (int end; (end = data.IndexOf((byte)'\n')) >= 0; data = data[(end + 1)..])
        {
            _events.Write("data: "u8);
            _events.Write(data[..(end + 1)]);
        }

        _events.Write("data: "u8);
        _events.Write(data);
        _events.Write("\n\n"u8);
    }
}
