using System;
using System.Buffers;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Splits a stream into lines, in place in one pooled buffer. Lines may end in LF or CRLF, blank ones are passed over, and the stream may be cut
/// anywhere: what was begun at its end is still a line.
/// </summary>
[Embedded]
internal sealed class OllamaLineReader : StreamEventReader
{
    /// <summary>The longest line that is read, in bytes: it may be a whole answer.</summary>
    public const int LongestLine = 64 * 1024 * 1024;

    private readonly Stream _stream;
    private byte[] _buffer;
    private int _next;     // where the next line starts
    private int _searched; // up to where no line end was found
    private int _end;      // the end of what was read
    private bool _isFirst = true;
    private bool _finished;

    /// <summary>Makes a reader.</summary>
    /// <param name="stream">The rest of the stream.</param>
    /// <param name="start">What was read of it before.</param>
    public OllamaLineReader(Stream stream, ReadOnlySpan<byte> start)
    {
        _stream = stream;
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(8 * 1024, start.Length + 1));
        start.CopyTo(_buffer);
        _end = start.Length;
    }

    /// <summary>Gets the byte order mark.</summary>
    public static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Returns a text without its byte order mark.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith(Mark) ? text[Mark.Length..] : text;

    public override bool TryRead(out StreamEvent next)
    {
        while (true)
        {
            int found = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
            if (found < 0 && !(_finished && _next < _end))
            {
                _searched = _end;
                next = default;
                return false;
            }

            int end = found < 0 ? _end : _searched + found;
            ReadOnlySpan<byte> line = _buffer.AsSpan(_next, end - _next);
            _searched = _next = Math.Min(end + 1, _end);
            if (_isFirst) line = WithoutMark(line);
            _isFirst = false;
            line = line.Trim(" \t\r"u8);
            if (line.IsEmpty) continue;
            next = new StreamEvent(default, line);
            return true;
        }
    }

    public override async ValueTask<bool> FillAsync(bool async, CancellationToken cancellationToken)
    {
        if (_finished) return false;
        MakeRoom();
        int read = async ? await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false) : _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _finished = read == 0;
        return read > 0 || _next < _end; // a line that was begun and not ended
    }

    public override void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        _end = _next = _searched = 0;
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    private void MakeRoom()
    {
        int kept = _end - _next;
        if (kept > LongestLine) throw new InvalidDataException($"A line of the stream is larger than {LongestLine / 1024 / 1024} MB.");
        byte[] target = kept > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
        if (_next == 0 && ReferenceEquals(target, _buffer)) return;

        _buffer.AsSpan(_next, kept).CopyTo(target);
        if (!ReferenceEquals(target, _buffer))
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
        }

        _searched -= _next;
        _end = kept;
        _next = 0;
    }
}
