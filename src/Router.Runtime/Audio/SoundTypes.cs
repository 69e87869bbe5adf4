namespace RouterGen;

/// <summary>Media types of sound that was asked for.</summary>
internal static class SoundTypes
{
    private const string Plain = "pcm";

    /// <summary>Returns the media type of sound.</summary>
    /// <param name="format">The format that was asked for; null for none.</param>
    /// <param name="start">How it begins; servers of a single format send that one, whatever is asked for.</param>
    public static string Of(string? format, ReadOnlySpan<byte> start)
    {
        string asked = format is null ? "" : format.ToLowerInvariant();
        if (asked != Plain && MediaFileTypes.Recognize(start) is { } recognized && recognized.StartsWith("audio/", StringComparison.Ordinal)) return recognized;
        return MediaFileTypes.Of("sound." + asked);
    }
}
