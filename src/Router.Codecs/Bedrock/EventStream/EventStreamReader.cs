using System;
using System.Buffers;
using System.Buffers.Binary;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Splits a stream into frames, in place in one pooled buffer. An event has the type and payload of its frame. An error has its code as type,
/// with <see cref="ErrorMark"/> in front, which no event's type begins with; its data is the payload, or the words in its headers.
/// </summary>
[Embedded]
internal sealed class EventStreamReader : StreamEventReader
{
    /// <summary>What the type of an error begins with.</summary>
    public const byte ErrorMark = (byte)'!';

    private readonly Stream _stream;
    private byte[] _buffer;
    private int _next; // where the frame to be taken starts
    private int _end;  // the end of what was read
    private EventStreamPrelude _prelude; // of the frame that is not complete, once it was read
    private bool _finished;

    /// <summary>Makes a reader.</summary>
    /// <param name="stream">The rest of the stream.</param>
    /// <param name="start">What was read of it before.</param>
    public EventStreamReader(Stream stream, ReadOnlySpan<byte> start = default)
    {
        _stream = stream;
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(8 * 1024, start.Length + 1));
        start.CopyTo(_buffer);
        _end = start.Length;
    }

    public override bool TryRead(out StreamEvent next)
    {
        next = default;
        Span<byte> rest = _buffer.AsSpan(_next, _end - _next);
        if (_prelude.Length == 0)
        {
            if (rest.Length < EventStreamPrelude.Size) return false;
            if (!EventStreamPrelude.TryRead(rest, out EventStreamPrelude prelude)) throw new InvalidDataException("A frame of the event stream is damaged.");
            if (prelude.IsTooLarge) throw new InvalidDataException("A frame of the event stream is larger than 16 MB.");
            _prelude = prelude;
        }

        if (rest.Length < _prelude.Length) return false;
        int length = _prelude.Length, headersLength = _prelude.HeadersLength;
        _prelude = default;
        _next += length;
        int end = length - EventStreamPrelude.Tail;
        if (BinaryPrimitives.ReadUInt32BigEndian(rest[end..]) != EventStreamChecksum.Of(rest[..end])) throw new InvalidDataException("A frame of the event stream is damaged.");
        next = Take(rest.Slice(EventStreamPrelude.Size, headersLength), rest[(EventStreamPrelude.Size + headersLength)..end]);
        return true;
    }

    public override async ValueTask<bool> FillAsync(bool async, CancellationToken cancellationToken)
    {
        if (_finished) return false;
        MakeRoom();
        int read = async ? await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false) : _stream.Read(_buffer, _end, _buffer.Length - _end);
        if (read > 0)
        {
            _end += read;
            return true;
        }

        _finished = true;
        if (_end > _next) throw new InvalidDataException("The event stream ends within a frame.");
        return false;
    }

    public override void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        _end = _next = 0;
        _prelude = default;
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    private static StreamEvent Take(Span<byte> headers, ReadOnlySpan<byte> payload)
    {
        EventStreamHeaders read = EventStreamHeaders.Read(headers);
        if (read.IsException) return new StreamEvent(Marked(headers, read.ExceptionType), payload);
        if (!read.IsError) return new StreamEvent(headers[read.EventType], payload);
        return new StreamEvent(Marked(headers, read.ErrorCode), payload.IsEmpty ? headers[read.ErrorMessage] : payload);
    }

    /// <summary>The value of a header with the mark in front. There is room for it: a value has its length there, which has been read.</summary>
    private static ReadOnlySpan<byte> Marked(Span<byte> headers, Range value)
    {
        int start = value.Start.Value;
        if (start == 0) return "!"u8; // There is no such header.
        headers[start - 1] = ErrorMark;
        return headers[(start - 1)..value.End.Value];
    }

    private void MakeRoom()
    {
        // A length is not believed before the bytes are there: the buffer grows with them.
        int kept = _end - _next;
        byte[] target = kept > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
        if (_next == 0 && ReferenceEquals(target, _buffer)) return;
        _buffer.AsSpan(_next, kept).CopyTo(target);
        if (!ReferenceEquals(target, _buffer))
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
        }

        _next = 0;
        _end = kept;
    }
}
