using System.Text;

namespace RouterGen.Telemetry.Tests;

/// <summary>A message of Protobuf: its fields, in order. https://protobuf.dev/programming-guides/encoding/</summary>
internal sealed class Protobuf
{
    private readonly List<(int Number, ulong Value, byte[]? Bytes)> _fields = [];

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public Protobuf(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            ulong key = ReadVarint(ref bytes);
            int number = (int)(key >> 3);
            if (number == 0) throw new FormatException("A field has the number 0.");
            switch (key & 7)
            {
                case 0: _fields.Add((number, ReadVarint(ref bytes), null)); break;
                case 1: _fields.Add((number, BitConverter.ToUInt64(Take(ref bytes, 8)), null)); break;
                case 2: _fields.Add((number, 0, Take(ref bytes, ReadVarint(ref bytes)).ToArray())); break;
                case 5: _fields.Add((number, BitConverter.ToUInt32(Take(ref bytes, 4)), null)); break;
                default: throw new FormatException("A field has an unknown type.");
            }
        }
    }

    public IEnumerable<Protobuf> Messages(int number) => _fields.Where(field => field.Number == number).Select(static field => new Protobuf(field.Bytes ?? throw new FormatException("A message is a number.")));

    public Protobuf? Message(int number) => Messages(number).FirstOrDefault();

    public bool Has(int number) => _fields.Any(field => field.Number == number);

    public ulong Number(int number) => _fields.FirstOrDefault(field => field.Number == number).Value;

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number));

    private byte[] Bytes(int number) => _fields.FirstOrDefault(field => field.Number == number).Bytes ?? [];

    private static ulong ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = Take(ref bytes, 1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new FormatException("A number is too long.");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, ulong count)
    {
        if (count > (ulong)bytes.Length) throw new FormatException("A field is longer than the message.");
        ReadOnlySpan<byte> taken = bytes[..(int)count];
        bytes = bytes[(int)count..];
        return taken;
    }
}
