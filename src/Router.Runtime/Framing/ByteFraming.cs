using System.Buffers;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A stream of bytes that is divided into nothing, such as sound: an event is what has arrived. A body is never recognised as one by its beginning.</summary>
internal sealed class ByteFraming : StreamFraming
{
    public static readonly ByteFraming Instance = new();

    private ByteFraming()
    {
    }

    public override bool TryRecognize(ReadOnlySpan<byte> start, out bool isStream)
    {
        isStream = false;
        return true;
    }

    public override StreamEventReader Open(Stream body, ReadOnlySpan<byte> start) => new Reader(body, start);

    private sealed class Reader : StreamEventReader
    {
        private const int Size = 32 * 1024;

        private readonly Stream _body;
        private byte[] _buffer;
        private int _length;

        public Reader(Stream body, ReadOnlySpan<byte> start)
        {
            _body = body;
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(Size, start.Length));
            start.CopyTo(_buffer);
            _length = start.Length;
        }

        public override bool TryRead(out StreamEvent next)
        {
            next = new StreamEvent([], _buffer.AsSpan(0, _length));
            bool has = _length > 0;
            _length = 0;
            return has;
        }

        public override async ValueTask<bool> FillAsync(bool async, CancellationToken cancellationToken)
        {
            _length = async ? await _body.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false) : _body.Read(_buffer);
            return _length > 0;
        }

        public override void Dispose()
        {
            byte[] buffer = _buffer;
            _buffer = [];
            _length = 0;
            if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
