using System.Buffers;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Splits a stream into server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), in place
/// in one pooled buffer. Lines may end in CR, LF or CRLF, and the stream may be cut anywhere.
/// </summary>
/// <remarks>
/// It differs from the standard, for servers that do: at the end of the stream, what was begun is still an event; a JSON object that stands
/// where a line begins is an event of its own (JSON lines, or one whole document); and of two lines of data that are an object each, each is
/// an event although no blank line parts them.
/// </remarks>
internal sealed class SseReader : StreamEventReader
{
    /// <summary>The largest event that is read, in bytes.</summary>
    public const int LargestEvent = 16 * 1024 * 1024;

    /// <summary>The largest JSON object that is read where a line begins, in bytes: it may be a whole answer.</summary>
    private const int LargestObject = 64 * 1024 * 1024;

    private readonly Stream _stream;
    private readonly int _largestEvent;
    private byte[] _buffer;
    private int _next;          // where the line to be parsed starts
    private int _searched;      // up to where no line end was found
    private int _end;           // the end of what was read
    private bool _started;      // whether the byte order mark was looked for
    private bool _skipLineFeed; // whether the last line ended in a CR at the end of the buffer
    private bool _finished;
    private JsonObjectEnd _object; // how far the object has been searched that begins where the next line does

    // The event that is being put together. Its data is a range of the buffer; its type is short and copied, because
    // lines of data that are moved up to the first may pass over it.
    private byte[] _type = new byte[32];
    private int _typeLength;
    private int _dataStart, _dataLength = -1;

    /// <summary>Makes a reader.</summary>
    /// <param name="stream">The rest of the stream.</param>
    /// <param name="start">What was read of it before.</param>
    /// <param name="largestEvent">The largest event that is read, in bytes.</param>
    public SseReader(Stream stream, ReadOnlySpan<byte> start = default, int largestEvent = LargestEvent)
    {
        _stream = stream;
        _largestEvent = largestEvent;
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(8 * 1024, start.Length + 1));
        start.CopyTo(_buffer);
        _end = start.Length;
    }

    public override bool TryRead(out StreamEvent next)
    {
        while (true)
        {
            if (IsAtObject())
            {
                if (!TryReadObject(out next)) return false;
                return true;
            }

            if (!TryReadLine(out int start, out int length)) break;
            if (length > 0)
            {
                if (BeginsAnotherEvent(start, length))
                {
                    (_next, _searched, _skipLineFeed) = (start, start, false);
                    next = TakeEvent();
                    return true;
                }

                TakeField(start, length);
            }
            else if (_dataLength >= 0)
            {
                next = TakeEvent();
                return true;
            }
            else
            {
                _typeLength = 0; // An event without data is none.
            }
        }

        if (_finished && _dataLength >= 0)
        {
            next = TakeEvent();
            return true;
        }

        next = default;
        return false;
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
        if (_end > _next && _buffer[_next] == '{' && _dataLength < 0) (_dataStart, _dataLength) = (_next, _end - _next); // an object that was cut
        else if (_end > _next) TakeField(_next, _end - _next);
        _next = _end;
        return _dataLength >= 0; // an event that was begun and not ended
    }

    public override void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        _end = _next = _searched = 0;
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    private bool TryReadLine(out int start, out int length)
    {
        start = length = 0;
        if (_finished) return false;
        if (!_started && !TrySkipByteOrderMark()) return false;
        SkipLineFeed();
        int found = _buffer.AsSpan(_searched, _end - _searched).IndexOfAny((byte)'\n', (byte)'\r');
        if (found < 0)
        {
            _searched = _end;
            return false;
        }

        int lineEnd = _searched + found;
        start = _next;
        length = lineEnd - start;
        _next = lineEnd + 1;
        if (_buffer[lineEnd] == '\r')
        {
            if (_next == _end) _skipLineFeed = true;
            else if (_buffer[_next] == '\n') _next++;
        }

        _searched = _next;
        return true;
    }

    /// <summary>Skips the LF of a CRLF that the stream was cut in.</summary>
    private void SkipLineFeed()
    {
        if (!_skipLineFeed || _next == _end) return;
        if (_buffer[_next] == '\n') _searched = ++_next;
        _skipLineFeed = false;
    }

    /// <summary>Whether an object begins where the next line does, and no event has been begun.</summary>
    private bool IsAtObject()
    {
        if (_finished || _dataLength >= 0) return false;
        if (!_started && !TrySkipByteOrderMark()) return false;
        SkipLineFeed();
        int start = _next;
        while (start < _end && _buffer[start] is (byte)' ' or (byte)'\t') start++;
        if (start == _end || _buffer[start] != '{') return false;
        if (start > _next) _searched = _next = start;
        return true;
    }

    private bool TryReadObject(out StreamEvent next)
    {
        next = default;
        int searched = _object.Searched;
        if (!_object.Find(_buffer.AsSpan(_next + searched, _end - _next - searched), out int length))
        {
            _searched = _end;
            return false;
        }

        (_dataStart, _dataLength) = (_next, length);
        _searched = _next += length;
        next = TakeEvent();
        return true;
    }

    /// <summary>Whether a line of data is an event of its own, although no blank line has ended the one before it.</summary>
    private bool BeginsAnotherEvent(int start, int length)
    {
        if (_dataLength < 2 || _buffer[_dataStart] != '{' || _buffer[_dataStart + _dataLength - 1] != '}') return false;
        ReadOnlySpan<byte> line = _buffer.AsSpan(start, length);
        if (!line.StartsWith("data:"u8)) return false;
        ReadOnlySpan<byte> data = line["data:"u8.Length..].TrimStart((byte)' ');
        return data.StartsWith("{"u8) || data.StartsWith("[DONE]"u8);
    }

    private bool TrySkipByteOrderMark()
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        ReadOnlySpan<byte> head = _buffer.AsSpan(0, Math.Min(_end, mark.Length));
        if (head.Length < mark.Length && mark.StartsWith(head)) return false;
        if (head.SequenceEqual(mark)) _next = _searched = mark.Length;
        return _started = true;
    }

    private void TakeField(int start, int length)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(start, length);
        int colon = line.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? line : line[..colon];
        int value = colon < 0 ? length : colon + 1;
        if (value < length && line[value] == ' ') value++;

        if (name.SequenceEqual("data"u8)) TakeData(start + value, length - value);
        else if (name.SequenceEqual("event"u8)) TakeType(line[value..]);
    }

    private void TakeType(ReadOnlySpan<byte> type)
    {
        if (type.Length > _type.Length) _type = new byte[type.Length];
        type.CopyTo(_type);
        _typeLength = type.Length;
    }

    private void TakeData(int start, int length)
    {
        if (_dataLength < 0)
        {
            (_dataStart, _dataLength) = (start, length);
            return;
        }

        // A further line is moved up to the data before it: there is room, because its name and line end go.
        int joint = _dataStart + _dataLength;
        _buffer[joint] = (byte)'\n';
        _buffer.AsSpan(start, length).CopyTo(_buffer.AsSpan(joint + 1));
        _dataLength += 1 + length;
    }

    private StreamEvent TakeEvent()
    {
        var taken = new StreamEvent(_type.AsSpan(0, _typeLength), _buffer.AsSpan(_dataStart, _dataLength));
        _typeLength = 0;
        _dataLength = -1;
        return taken;
    }

    private void MakeRoom()
    {
        // What is kept: the line that is not complete, and the data of the event that is not.
        int keep = _dataLength < 0 ? _next : _dataStart;
        int kept = _end - keep;

        if (kept > (_object.Searched > 0 ? LargestObject : _largestEvent)) throw new InvalidDataException($"A server-sent event is larger than {_largestEvent / 1024 / 1024} MB.");
        byte[] target = kept > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
        if (keep == 0 && ReferenceEquals(target, _buffer)) return;

        _buffer.AsSpan(keep, kept).CopyTo(target);
        if (!ReferenceEquals(target, _buffer))
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
        }

        _next -= keep;
        _searched -= keep;
        _end -= keep;
        _dataStart -= keep;
    }
}
