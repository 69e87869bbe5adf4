using System.Buffers.Binary;
using System.Text;
using RouterGen.Codecs;
using RouterGen.Infrastructure;

namespace RouterGen.Fuzzing;

/// <summary>
/// The reader of AWS event streams: it throws nothing but that a stream is damaged, and wherever the stream is cut, the events are the
/// same. Since an input by chance has no valid checksum, each is read as it is and once more with its checksums put right.
/// </summary>
internal sealed class EventStreamTarget : Target
{
    private const int Prelude = 12;
    private const int Tail = 4;

    public override string Name => "event-stream";

    public override IEnumerable<string> Seeds => [];

    public override IEnumerable<byte[]> SeedBytes =>
    [
        [.. Frame([.. Text(":event-type", "messageStart"), .. Text(":content-type", "application/json"), .. Text(":message-type", "event")], "{\"role\":\"assistant\"}"), .. Frame(Text(":event-type", "b"), "")],
        Frame([.. Text(":exception-type", "throttlingException"), .. Text(":message-type", "exception")], "{\"message\":\"slow\"}"),
        Frame([.. Text(":message-type", "error"), .. Text(":error-code", "c"), .. Text(":error-message", "m")], ""),
        Frame([1, (byte)'t', 0, 1, (byte)'b', 2, 9, 1, (byte)'s', 3, 1, 2, 1, (byte)'i', 4, 1, 2, 3, 4, 1, (byte)'r', 6, 0, 2, 7, 7, 1, (byte)'l', 5, .. new byte[8], 1, (byte)'d', 8, .. new byte[8], 1, (byte)'u', 9, .. new byte[16]], "x"),
    ];

    public override void Run(byte[] input)
    {
        RunAsItIs(input);
        RunAsItIs(Repaired(input));
    }

    private static void RunAsItIs(byte[] input)
    {
        string whole = Read(input, largest: int.MaxValue - 1, seed: 0);
        int seed = input.Length == 0 ? 0 : input[^1] << 8 | input[0];
        foreach (int largest in (ReadOnlySpan<int>)[1, 7, 64])
        {
            string parted = Read(input, largest, seed);
            Demand(whole == parted, $"In pieces of up to {largest} the events are {parted}, in one piece {whole}.");
        }
    }

    private static string Read(byte[] input, int largest, int seed)
    {
        using var reader = new EventStreamReader(new Pieces(input, largest, seed));
        var told = new StringBuilder();
        int fills = 0;
        try
        {
            do
            {
                while (reader.TryRead(out StreamEvent next)) told.Append(Encoding.Latin1.GetString(next.Type)).Append(": ").Append(Encoding.Latin1.GetString(next.Data)).Append(" | ");
                Demand(++fills <= input.Length + 2, "It reads on behind the end of the stream.");
            }
            while (reader.FillAsync(async: false, CancellationToken.None).GetAwaiter().GetResult());
        }
        catch (InvalidDataException)
        {
            told.Append("damaged");
        }

        return told.ToString();
    }

    /// <summary>The input with the checksums of its frames put right, as far as their lengths can be followed; a length that is too large ends at the input's end.</summary>
    private static byte[] Repaired(byte[] input)
    {
        byte[] bytes = [.. input];
        for (int at = 0; bytes.Length - at >= Prelude + Tail;)
        {
            Span<byte> frame = bytes.AsSpan(at);
            int length = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(frame), Prelude + Tail, (uint)frame.Length);
            BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)length);
            BinaryPrimitives.WriteUInt32BigEndian(frame[8..], EventStreamChecksum.Of(frame[..8]));
            BinaryPrimitives.WriteUInt32BigEndian(frame[(length - Tail)..], EventStreamChecksum.Of(frame[..(length - Tail)]));
            at += length;
        }

        return bytes;
    }

    private static byte[] Text(string name, string value) => [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), 7, 0, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    private static byte[] Frame(byte[] headers, string payload)
    {
        byte[] frame = [0, 0, 0, 0, 0, 0, 0, (byte)headers.Length, 0, 0, 0, 0, .. headers, .. Encoding.ASCII.GetBytes(payload), 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)frame.Length);
        return Repaired(frame);
    }
}
