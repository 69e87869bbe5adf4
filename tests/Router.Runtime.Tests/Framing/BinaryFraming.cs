using System.Buffers.Binary;
using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Framing;

/// <summary>A binary framing: a mark, the lengths of name and data, both, and a checksum over all of it.</summary>
internal sealed class BinaryFraming : StreamFraming
{
    private const byte Mark = 0xF7;
    private const int Head = 1 + 1 + 4;
    private const int Tail = 4;

    public static byte[] Frame(string name, string data)
    {
        byte[] bytes = new byte[Head + Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(data) + Tail];
        bytes[0] = Mark;
        bytes[1] = (byte)Encoding.UTF8.GetBytes(name, bytes.AsSpan(Head));
        int length = Encoding.UTF8.GetBytes(data, bytes.AsSpan(Head + bytes[1]));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(2), length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(bytes.Length - Tail), SumOf(bytes.AsSpan(0, bytes.Length - Tail)));
        return bytes;
    }

    public override bool TryRecognize(ReadOnlySpan<byte> start, out bool isStream)
    {
        isStream = start[0] == Mark;
        return true;
    }

    public override StreamEventReader Open(Stream body, ReadOnlySpan<byte> start) => new Reader(body, start.ToArray());

    private static uint SumOf(ReadOnlySpan<byte> bytes)
    {
        uint sum = 1;
        foreach (byte next in bytes) sum = (sum * 31) + next;
        return sum;
    }

    private sealed class Reader(Stream body, byte[] read) : StreamEventReader
    {
        private readonly byte[] _piece = new byte[512];
        private byte[] _read = read;
        private int _next;

        public override bool TryRead(out StreamEvent next)
        {
            next = default;
            ReadOnlySpan<byte> rest = _read.AsSpan(_next);
            if (rest.Length < Head) return false;
            int size = Head + rest[1] + BinaryPrimitives.ReadInt32BigEndian(rest[2..]) + Tail;
            if (rest[0] != Mark || size < 0) throw new InvalidDataException("A frame is damaged.");
            if (rest.Length < size) return false;
            if (SumOf(rest[..(size - Tail)]) != BinaryPrimitives.ReadUInt32BigEndian(rest[(size - Tail)..])) throw new InvalidDataException("A frame's checksum is wrong.");
            next = new StreamEvent(rest.Slice(Head, rest[1]), rest[(Head + rest[1])..(size - Tail)]);
            _next += size;
            return true;
        }

        public override async ValueTask<bool> FillAsync(bool async, CancellationToken cancellationToken)
        {
            int count = async ? await body.ReadAsync(_piece, cancellationToken) : body.Read(_piece);
            _read = [.. _read.AsSpan(_next), .. _piece.AsSpan(0, count)];
            _next = 0;
            if (count == 0 && _read.Length > 0) throw new InvalidDataException("The stream ends within a frame.");
            return count > 0;
        }

        public override void Dispose() => _read = [];
    }
}
