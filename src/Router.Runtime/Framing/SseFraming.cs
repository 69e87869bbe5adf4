using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Server-sent events. Such a stream is recognised by its first bytes: the content type of some servers says something else.</summary>
internal sealed class SseFraming : StreamFraming
{
    // The files of images may have some 20 MB, a third more in Base64.
    private const int LargestImage = 64 * 1024 * 1024;

    /// <summary>The framing of streams of words.</summary>
    public static readonly SseFraming Instance = new(SseReader.LargestEvent);

    /// <summary>The framing of streams of images, each of which is an event.</summary>
    public static readonly SseFraming OfImages = new(LargestImage);

    private readonly int _largestEvent;

    private SseFraming(int largestEvent) => _largestEvent = largestEvent;

    public override bool TryRecognize(ReadOnlySpan<byte> start, out bool isStream)
    {
        isStream = false;
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (start.Length < mark.Length && mark.StartsWith(start)) return false;
        if (start.StartsWith(mark)) start = start[mark.Length..];
        start = start.TrimStart("\r\n"u8);
        if (start.IsEmpty) return false;
        if (start[0] == ':') return isStream = true;
        return IsClear("data:"u8, start, ref isStream) && IsClear("event:"u8, start, ref isStream) && IsClear("id:"u8, start, ref isStream) && IsClear("retry:"u8, start, ref isStream);
    }

    public override StreamEventReader Open(Stream body, ReadOnlySpan<byte> start) => new SseReader(body, start, _largestEvent);

    /// <summary>Whether it is clear if the start is that field: it is there, or cannot be.</summary>
    private static bool IsClear(ReadOnlySpan<byte> field, ReadOnlySpan<byte> start, ref bool isStream)
    {
        isStream |= start.StartsWith(field);
        return isStream || !field.StartsWith(start);
    }
}
