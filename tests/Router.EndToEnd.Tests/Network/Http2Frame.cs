using System.Buffers.Binary;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>The kinds of frames that the tests need (RFC 9113 §6).</summary>
internal enum FrameKind : byte
{
    Data = 0,
    Headers = 1,
    Reset = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
}

/// <summary>One frame of HTTP/2.</summary>
internal sealed record Http2Frame(FrameKind Kind, byte Flags, int Stream, byte[] Payload)
{
    public const byte EndStream = 1; // of DATA and HEADERS
    public const byte Ack = 1; // of SETTINGS and PING
    public const byte EndHeaders = 4;

    public bool Has(byte flag) => (Flags & flag) != 0;

    /// <summary>Reads the next frame; null at the end of the connection.</summary>
    public static async Task<Http2Frame?> ReadAsync(Stream from, CancellationToken cancellationToken)
    {
        byte[] head = new byte[9];
        if (await from.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) < head.Length) return null;
        byte[] payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
        await from.ReadExactlyAsync(payload, cancellationToken);
        return new Http2Frame((FrameKind)head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue, payload);
    }

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[9 + Payload.Length];
        (bytes[0], bytes[1], bytes[2]) = ((byte)(Payload.Length >> 16), (byte)(Payload.Length >> 8), (byte)Payload.Length);
        (bytes[3], bytes[4]) = ((byte)Kind, Flags);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), Stream);
        Payload.CopyTo(bytes, 9);
        return bytes;
    }

    /// <summary>The big-endian numbers of a payload.</summary>
    public static byte[] Numbers(params uint[] numbers)
    {
        byte[] bytes = new byte[4 * numbers.Length];
        for (int i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), numbers[i]);
        return bytes;
    }
}
