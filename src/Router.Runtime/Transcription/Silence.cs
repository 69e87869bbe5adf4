namespace RouterGen;

/// <summary>The shortest sound that models take, for probes: a quarter of a second in which nothing is said.</summary>
internal static class Silence
{
    private const int SamplesPerSecond = 8000;
    private const int Samples = SamplesPerSecond / 4;
    private const byte Middle = 0x80; // of eight bits without a sign

    /// <summary>Gets the sound.</summary>
    public static MediaFile File { get; } = MediaFile.FromBytes(Wave(), "audio/wav");

    // http://soundfile.sapp.org/doc/WaveFormat/: one channel, eight bits.
    private static byte[] Wave()
    {
        byte[] header =
        [
            .. "RIFF"u8, .. Number(36 + Samples), .. "WAVEfmt "u8, .. Number(16), 1, 0, 1, 0, .. Number(SamplesPerSecond), .. Number(SamplesPerSecond), 1, 0, 8, 0, .. "data"u8, .. Number(Samples),
        ];
        byte[] wave = new byte[header.Length + Samples];
        header.CopyTo(wave, 0);
        wave.AsSpan(header.Length).Fill(Middle);
        return wave;
    }

    private static ReadOnlySpan<byte> Number(int number)
    {
        byte[] bytes = new byte[sizeof(int)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
