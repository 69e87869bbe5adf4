using System.Buffers.Binary;
using System.Text;

namespace RouterGen.FakeProviders;

/// <summary>How the events of a stream are put into bytes, and what can be wrong with them.</summary>
internal abstract class StreamForm
{
    public abstract string ContentType { get; }

    /// <summary>The event with its data cut in the middle.</summary>
    public abstract byte[] Truncated(byte[] bytes);

    /// <summary>The event with a byte in its text that UTF-8 does not have, in the place of the first of an "é".</summary>
    public abstract byte[] WithInvalidUtf8(byte[] bytes);

    /// <summary>An event that is no JSON.</summary>
    public abstract byte[] Garbage { get; }

    /// <summary>The event with lines that end in another way; the event itself where it has no lines.</summary>
    public abstract byte[] WithCrLf(byte[] bytes);

    /// <summary>What may come before any event, and says nothing.</summary>
    public abstract byte[] Comment { get; }

    /// <summary>What comes before and behind the padding of an event that is too large.</summary>
    public abstract (byte[] Start, byte[] End) Around(long paddingLength);

    protected static byte[] SpoilUtf8(byte[] bytes)
    {
        byte[] spoilt = [.. bytes];
        spoilt.AsSpan().Replace((byte)0xC3, (byte)0xFF);
        return spoilt;
    }
}

/// <summary>Server-sent events.</summary>
internal sealed class SseForm : StreamForm
{
    public static readonly SseForm Instance = new();

    public override string ContentType => "text/event-stream; charset=utf-8";

    public override byte[] Truncated(byte[] bytes) => SseBytes.Truncated(bytes);

    public override byte[] WithInvalidUtf8(byte[] bytes) => SpoilUtf8(bytes);

    public override byte[] Garbage => "event: garbage\ndata: <this is no JSON>\n\n"u8.ToArray();

    public override byte[] WithCrLf(byte[] bytes) => SseBytes.WithCrLf(bytes);

    public override byte[] Comment => ": keep-alive\n\n"u8.ToArray();

    public override (byte[] Start, byte[] End) Around(long paddingLength) => ("data: {\"padding\":\""u8.ToArray(), "\"}\n\n"u8.ToArray());
}

/// <summary>The frames of AWS event streams: lengths, headers, a payload and checksums.</summary>
internal sealed class FrameForm : StreamForm
{
    public static readonly FrameForm Instance = new();

    private const int PreludeLength = 12;
    private const int TailLength = 4;

    public override string ContentType => "application/vnd.amazon.eventstream";

    public override byte[] Truncated(byte[] bytes) => WithPayload(bytes, static payload => payload[..(payload.Length * 3 / 4)]);

    public override byte[] WithInvalidUtf8(byte[] bytes) => WithPayload(bytes, SpoilUtf8);

    public override byte[] Garbage => Event("contentBlockDelta", "<this is no JSON>"u8);

    public override byte[] WithCrLf(byte[] bytes) => bytes;

    public override byte[] Comment => Event("keepAlive", "{}"u8);

    public override (byte[] Start, byte[] End) Around(long paddingLength) => (Prelude((uint)Math.Min(paddingLength, uint.MaxValue), 0), []);

    public static byte[] Event(string type, ReadOnlySpan<byte> payload) => Frame([.. Header(":event-type", type), .. Header(":content-type", "application/json"), .. Header(":message-type", "event")], payload);

    public static byte[] Exception(string type, ReadOnlySpan<byte> payload) => Frame([.. Header(":exception-type", type), .. Header(":content-type", "application/json"), .. Header(":message-type", "exception")], payload);

    private static byte[] Frame(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> payload)
    {
        byte[] frame = [.. Prelude((uint)(PreludeLength + headers.Length + payload.Length + TailLength), (uint)headers.Length), .. headers, .. payload];
        return [.. frame, .. BigEndian(Checksum(frame))];
    }

    private static byte[] WithPayload(byte[] frame, Func<byte[], byte[]> change)
    {
        int start = PreludeLength + (int)BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4));
        return Frame(frame.AsSpan(PreludeLength..start), change(frame[start..^TailLength]));
    }

    private static byte[] Prelude(uint length, uint headersLength)
    {
        byte[] lengths = [.. BigEndian(length), .. BigEndian(headersLength)];
        return [.. lengths, .. BigEndian(Checksum(lengths))];
    }

    private static byte[] Header(string name, string value)
    {
        const byte text = 7;
        return [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), text, (byte)(value.Length >> 8), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
    }

    private static byte[] BigEndian(uint number)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte next in bytes)
        {
            sum ^= next;
            for (int bit = 0; bit < 8; bit++) sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
        }

        return ~sum;
    }
}
