using System;
using System.Buffers.Binary;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// CRC-32 as in Ethernet, zip and AWS event streams (polynomial 0x04C11DB7, reflected), four bytes at a time. The framework has only the
/// CRC-32C of other formats (<c>BitOperations.Crc32C</c>), and this one in a package of its own.
/// </summary>
[Embedded]
internal static class EventStreamChecksum
{
    private const uint Reflected = 0xEDB88320;
    private const int Row = 256;
    private const int Step = 4;

    // Row n has the checksum of each byte with n zeros behind it.
    private static readonly uint[] Table = MakeTable();

    /// <summary>Returns the checksum of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint[] table = Table;
        uint sum = uint.MaxValue;
        for (; bytes.Length >= Step; bytes = bytes[Step..])
        {
            sum ^= BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            sum = table[(3 * Row) + (byte)sum] ^ table[(2 * Row) + (byte)(sum >> 8)] ^ table[Row + (byte)(sum >> 16)] ^ table[sum >> 24];
        }

        foreach (byte next in bytes) sum = table[(byte)(sum ^ next)] ^ (sum >> 8);
        return ~sum;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[Step * Row];
        for (uint i = 0; i < Row; i++)
        {
            uint sum = i;
            for (int bit = 0; bit < 8; bit++) sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ Reflected;
            table[i] = sum;
        }

        for (int i = Row; i < table.Length; i++) table[i] = table[(byte)table[i - Row]] ^ (table[i - Row] >> 8);
        return table;
    }
}
