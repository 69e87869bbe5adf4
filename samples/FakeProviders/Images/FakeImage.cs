using System.Buffers.Binary;
using System.Text;

namespace RouterGen.FakeProviders;

/// <summary>An image that a fake model makes: a file that begins like a PNG of its size, and goes on with what it shows.</summary>
internal static class FakeImage
{
    private static readonly byte[] Start = [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n', 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];

    /// <summary>Returns the bytes.</summary>
    /// <param name="shows">What it shows: the same words are the same image.</param>
    /// <param name="size">The size, as 1024x1536; null for 1024x1024.</param>
    public static byte[] Of(string shows, string? size)
    {
        string[] sides = (size ?? "").Split('x');
        if (sides.Length != 2 || !int.TryParse(sides[0], out int width) || !int.TryParse(sides[1], out int height)) (width, height) = (1024, 1024);
        byte[] ends = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(ends, width);
        BinaryPrimitives.WriteInt32BigEndian(ends.AsSpan(4), height);
        return [.. Start, .. ends, 8, 2, 0, 0, 0, .. Encoding.UTF8.GetBytes(shows)];
    }
}
