namespace RouterGen;

/// <summary>Tells a stream of server-sent events by its first bytes: the content type of some servers says something else.</summary>
internal static class EventStart
{
    /// <summary>Tells what a body is.</summary>
    /// <param name="start">What has arrived of it.</param>
    /// <param name="isEvents">Whether it is a stream of events.</param>
    /// <returns>False where more must arrive first.</returns>
    public static bool TryTell(ReadOnlySpan<byte> start, out bool isEvents)
    {
        isEvents = false;
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (start.Length < mark.Length && mark.StartsWith(start)) return false;
        if (start.StartsWith(mark)) start = start[mark.Length..];
        start = start.TrimStart("\r\n"u8);
        if (start.IsEmpty) return false;
        if (start[0] == ':') return isEvents = true;
        return Tell("data:"u8, start, ref isEvents) && Tell("event:"u8, start, ref isEvents) && Tell("id:"u8, start, ref isEvents) && Tell("retry:"u8, start, ref isEvents);
    }

    /// <summary>Whether a field is told from the start: it is there, or cannot be.</summary>
    private static bool Tell(ReadOnlySpan<byte> field, ReadOnlySpan<byte> start, ref bool isEvents)
    {
        isEvents |= start.StartsWith(field);
        return isEvents || !field.StartsWith(start);
    }
}
