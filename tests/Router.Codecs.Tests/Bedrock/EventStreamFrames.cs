using System.Buffers.Binary;
using System.Text;

namespace RouterGen.Codecs.Tests.Bedrock;

/// <summary>Makes frames of event streams, whole and spoilt. Its checksum is computed bit by bit, so that it shares nothing with the codec's.</summary>
internal static class EventStreamFrames
{
    public static byte[] Event(string type, string payload) => Frame(
        [.. Text(":event-type", type), .. Text(":content-type", "application/json"), .. Text(":message-type", "event")], Encoding.UTF8.GetBytes(payload));

    public static byte[] Exception(string type, string payload) => Frame(
        [.. Text(":exception-type", type), .. Text(":content-type", "application/json"), .. Text(":message-type", "exception")], Encoding.UTF8.GetBytes(payload));

    public static byte[] Error(string code, string message) => Frame([.. Text(":message-type", "error"), .. Text(":error-code", code), .. Text(":error-message", message)], []);

    /// <summary>A header with a text.</summary>
    public static byte[] Text(string name, string value)
    {
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)Encoding.UTF8.GetByteCount(value));
        return Header(name, 7, [.. length, .. Encoding.UTF8.GetBytes(value)]);
    }

    /// <summary>A header of any type.</summary>
    public static byte[] Header(string name, byte type, byte[] value) => [(byte)Encoding.UTF8.GetByteCount(name), .. Encoding.UTF8.GetBytes(name), type, .. value];

    public static byte[] Frame(byte[] headers, byte[] payload, int? length = null, int? headersLength = null)
    {
        byte[] prelude = [.. BigEndian((uint)(length ?? (12 + headers.Length + payload.Length + 4))), .. BigEndian((uint)(headersLength ?? headers.Length))];
        byte[] body = [.. prelude, .. BigEndian(Checksum(prelude)), .. headers, .. payload];
        return [.. body, .. BigEndian(Checksum(body))];
    }

    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte next in bytes)
        {
            sum ^= next;
            for (int bit = 0; bit < 8; bit++) sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
        }

        return ~sum;
    }

    private static byte[] BigEndian(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
