namespace RouterGen.Codecs.Tests.Support;

/// <summary>Bytes with a few changes: other bytes, missing ones, and ones that mean something in JSON.</summary>
internal static class Mutation
{
    public static byte[] Of(ReadOnlySpan<byte> whole, Random random)
    {
        List<byte> bytes = [.. whole];
        for (int n = random.Next(1, 4); n > 0 && bytes.Count > 0; n--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, "{}[]\",:\\0n"u8[random.Next(10)]); break;
                case 3: bytes[at] = (byte)random.Next(0x80, 0x100); break;
                default: bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 20))); break;
            }
        }

        return [.. bytes];
    }
}
