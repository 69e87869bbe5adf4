namespace RouterGen;

/// <summary>Media types of files by their extensions, and by how they begin. What is not known is <c>application/octet-stream</c>.</summary>
internal static class MediaFileTypes
{
    private const string Unknown = "application/octet-stream";

    // The first extension of a type is the one that a file without a name gets. Providers read sound by its extension.
    private static readonly (string Type, string[] Extensions)[] Types =
    [
        ("audio/mpeg", ["mp3", "mpga", "mpeg"]),
        ("audio/wav", ["wav"]),
        ("audio/mp4", ["m4a", "mp4"]),
        ("audio/flac", ["flac"]),
        ("audio/ogg", ["ogg", "oga", "opus"]),
        ("audio/webm", ["webm"]),
        ("audio/aac", ["aac"]),
        ("audio/pcm", ["pcm"]),
        ("image/png", ["png"]),
        ("image/jpeg", ["jpg", "jpeg"]),
        ("image/webp", ["webp"]),
        ("image/gif", ["gif"]),
    ];

    // Other names of the same types.
    private static readonly (string Other, string Type)[] Aliases =
    [
        ("audio/mp3", "audio/mpeg"), ("audio/x-wav", "audio/wav"), ("audio/wave", "audio/wav"), ("audio/x-m4a", "audio/mp4"), ("audio/m4a", "audio/mp4"), ("audio/x-flac", "audio/flac"), ("audio/opus", "audio/ogg"), ("video/mp4", "audio/mp4"), ("video/webm", "audio/webm"),
    ];

    /// <summary>Returns the media type of a file with that name.</summary>
    public static string Of(string name)
    {
        string extension = Path.GetExtension(name).TrimStart('.').ToLowerInvariant();
        return Array.Find(Types, row => Array.IndexOf(row.Extensions, extension) >= 0).Type ?? Unknown;
    }

    /// <summary>Returns a name for a file of that media type.</summary>
    public static string NameOf(string mediaType)
    {
        string type = mediaType.Split(';')[0].Trim().ToLowerInvariant();
        if (Array.Find(Aliases, alias => alias.Other == type).Type is { } usual) type = usual;
        return Array.Find(Types, row => row.Type == type).Extensions is { } extensions ? "file." + extensions[0] : "file";
    }

    /// <summary>Returns the media type of a file that begins so.</summary>
    public static string Recognize(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("ID3"u8) || (start.Length > 1 && start[0] == 0xFF && (start[1] & 0xE6) == 0xE2)) return "audio/mpeg";
        if (start.Length > 11 && start.StartsWith("RIFF"u8)) return start[8..].StartsWith("WAVE"u8) ? "audio/wav" : start[8..].StartsWith("WEBP"u8) ? "image/webp" : Unknown;
        if (start.Length > 7 && start[4..].StartsWith("ftyp"u8)) return "audio/mp4";
        if (start.StartsWith("fLaC"u8)) return "audio/flac";
        if (start.StartsWith("OggS"u8)) return "audio/ogg";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])) return "audio/webm";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])) return "image/png";
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return "image/jpeg";
        if (start.StartsWith("GIF8"u8)) return "image/gif";
        return Unknown;
    }
}
