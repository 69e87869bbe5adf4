using System.Text;

namespace RouterGen.Runtime.Tests;

/// <summary>
/// Server-sent events as the standard describes them, read as slowly and plainly as can be: what
/// <see cref="SseReader"/> is compared with. Bytes are characters here (Latin-1).
/// </summary>
internal static class SseReference
{
    public static List<(string Type, string Data)> Parse(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.Latin1.GetString(bytes);
        if (text.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal)) text = text[3..];

        var events = new List<(string, string)>();
        string type = "";
        List<string> data = [];
        foreach (string line in text.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n'))
        {
            if (line.Length == 0)
            {
                if (data.Count > 0) events.Add((type, string.Join('\n', data)));
                type = "";
                data.Clear();
                continue;
            }

            string[] parts = line.Split(':', 2);
            string value = parts.Length < 2 ? "" : parts[1].StartsWith(' ') ? parts[1][1..] : parts[1];
            if (parts[0] == "data") data.Add(value);
            if (parts[0] == "event") type = value;
        }

        // Where the reader departs from the standard: what was begun at the end is an event too.
        if (data.Count > 0) events.Add((type, string.Join('\n', data)));
        return events;
    }
}
