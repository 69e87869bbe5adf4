using System.Buffers.Binary;

namespace RouterGen;

/// <summary>
/// Reads the size of an image from the beginning of its file: PNG (https://www.w3.org/TR/png-3/), JPEG (ITU T.81), WebP (RFC 9649) and GIF.
/// </summary>
internal static class ImageHeader
{
    /// <summary>Returns the size in pixels; zero where the file does not say it, or is of another format.</summary>
    public static (int Width, int Height) SizeOf(ReadOnlySpan<byte> file)
    {
        if (file.Length < 10) return default;
        if (file.Length >= 24 && file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
        {
            return Positive(BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]));
        }

        if (file.StartsWith("GIF8"u8)) return (BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]));
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return OfJpeg(file);
        return file.Length >= 30 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? OfWebP(file[12..]) : default;
    }

    // Segments follow each other; the one that starts a frame has the size.
    private static (int Width, int Height) OfJpeg(ReadOnlySpan<byte> file)
    {
        int at = 2;
        while (at + 9 < file.Length && file[at] == 0xFF)
        {
            byte marker = file[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) return (BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            at += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return default;
    }

    private static (int Width, int Height) OfWebP(ReadOnlySpan<byte> chunk)
    {
        if (chunk.StartsWith("VP8X"u8)) return (1 + (int)(BinaryPrimitives.ReadUInt32LittleEndian(chunk[11..]) >> 8), 1 + (int)(BinaryPrimitives.ReadUInt32LittleEndian(chunk[14..]) >> 8));
        if (chunk.StartsWith("VP8L"u8))
        {
            uint bits = BinaryPrimitives.ReadUInt32LittleEndian(chunk[9..]);
            return (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }

        return chunk.StartsWith("VP8 "u8) && chunk.Length >= 18 ? (BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(chunk[16..]) & 0x3FFF) : default;
    }

    private static (int Width, int Height) Positive(int width, int height) => width > 0 && height > 0 ? (width, height) : default;
}
