using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RouterGen.Gateway.Spend;

/// <summary>A row as a record of a file: four bytes with the length of what follows, four with its CRC-32C, both with the lowest byte first, and the row as JSON, which a later version may have more members of.</summary>
internal static class SpoolRecord
{
    /// <summary>The bytes before a row.</summary>
    public const int HeadLength = 8;

    /// <summary>Writes a row.</summary>
    public static void Write(MemoryStream stream, GatewaySpend row)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(row, SpoolJson.Default.GatewaySpend);
        Span<byte> head = stackalloc byte[HeadLength];
        BinaryPrimitives.WriteInt32LittleEndian(head, json.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], Checksum(json));
        stream.Write(head);
        stream.Write(json);
    }

    /// <summary>Reads the row at the beginning of some bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="length">The length of the record.</param>
    /// <returns>The row; null where there is none, or what is there is not what was written.</returns>
    public static GatewaySpend? Read(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (!IsWhole(bytes)) return null;
        length = HeadLength + BinaryPrimitives.ReadInt32LittleEndian(bytes);
        ReadOnlySpan<byte> json = bytes[HeadLength..length];
        if (Checksum(json) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..])) return null;
        try
        {
            return JsonSerializer.Deserialize(json, SpoolJson.Default.GatewaySpend);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Returns whether bytes begin with as many as their record says.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes) => bytes.Length >= HeadLength && BinaryPrimitives.ReadInt32LittleEndian(bytes) is > 0 and var length && length <= bytes.Length - HeadLength;

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte one in bytes) checksum = BitOperations.Crc32C(checksum, one);
        return ~checksum;
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(GatewaySpend))]
internal sealed partial class SpoolJson : JsonSerializerContext;
