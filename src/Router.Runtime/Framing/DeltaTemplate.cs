using System.Text;
using System.Text.Unicode;

namespace RouterGen;

/// <summary>
/// What the deltas of a stream have in common. One differs from the next in its text, and in members that mean nothing to a router, such as a running number: where
/// all else is the same, byte for byte, the text is all that a decoder could find, so that it need not be asked.
/// </summary>
internal sealed class DeltaTemplate
{
    // The members that hold the text of a delta in one dialect or another.
    private static readonly byte[][] TextMembers = [.. new[] { "content", "text", "delta", "thinking", "reasoning_content", "reasoning" }.Select(Encoding.UTF8.GetBytes)];

    // Members that differ although they change nothing: padding against those who watch lengths, and counts.
    private static readonly byte[][] IgnoredMembers = [.. new[] { "obfuscation", "sequence_number", "created" }.Select(Encoding.UTF8.GetBytes)];

    private readonly byte[] _type;
    private readonly byte[] _data;
    private readonly Hole[] _holes;

    private DeltaTemplate(byte[] type, byte[] data, Hole[] holes)
    {
        _type = type;
        _data = data;
        _holes = holes;
    }

    /// <summary>Returns what an event has in common with others of its kind.</summary>
    /// <param name="type">The event's name.</param>
    /// <param name="data">Its data, a JSON object in one line.</param>
    /// <param name="text">The text that a decoder has found in it.</param>
    /// <returns>Null where it is not certain which member the text is of.</returns>
    public static DeltaTemplate? Of(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, string text)
    {
        byte[] quoted = Encoding.UTF8.GetBytes($"\"{text}\"");
        int at = data.IndexOf(quoted);
        if (at < 0 || data[(at + 1)..].IndexOf(quoted) >= 0 || !IsValueOf(data[..at], TextMembers)) return null;
        List<Hole> holes = [new Hole(at + 1, quoted.Length - 2, IsText: true, IsNumber: false)];
        foreach (byte[] member in IgnoredMembers)
        {
            if (HoleOf(data, member) is { } hole) holes.Add(hole);
        }

        holes.Sort(static (one, other) => one.Start.CompareTo(other.Start));
        for (int i = 1; i < holes.Count; i++)
        {
            if (holes[i].Start <= holes[i - 1].End) return null; // within the text
        }

        return new DeltaTemplate(type.ToArray(), data.ToArray(), [.. holes]);
    }

    /// <summary>Tells whether an event is a delta like the one that the template is of.</summary>
    /// <param name="type">The event's name.</param>
    /// <param name="data">Its data.</param>
    /// <param name="text">Its text, in UTF-8 and without escapes.</param>
    public bool Matches(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!type.SequenceEqual(_type)) return false;
        int from = 0;
        foreach (Hole hole in _holes)
        {
            ReadOnlySpan<byte> before = _data.AsSpan(from, hole.Start - from);
            if (!data.StartsWith(before)) return false;
            data = data[before.Length..];
            int length = hole.IsNumber ? DigitsOf(data) : PlainTextOf(data);
            if (length <= 0) return false;
            if (hole.IsText) text = data[..length];
            data = data[length..];
            from = hole.End;
        }

        return data.SequenceEqual(_data.AsSpan(from)) && Utf8.IsValid(text);
    }

    // The length of a text up to its quotation mark; -1 where it has escapes, or what no text has.
    private static int PlainTextOf(ReadOnlySpan<byte> data)
    {
        int end = data.IndexOfAny((byte)'"', (byte)'\\');
        return end < 0 || data[end] == '\\' || data[..end].ContainsAnyInRange((byte)0, (byte)0x1F) ? -1 : end;
    }

    private static int DigitsOf(ReadOnlySpan<byte> data)
    {
        int end = data.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? data.Length : end;
    }

    private static Hole? HoleOf(ReadOnlySpan<byte> data, byte[] member)
    {
        Span<byte> name = [(byte)'"', .. member, (byte)'"'];
        int at = data.IndexOf(name);
        if (at < 0) return null;
        int value = at + name.Length;
        while (value < data.Length && data[value] is (byte)':' or (byte)' ') value++;
        if (value == data.Length) return null;
        bool isText = data[value] == '"';
        if (isText) value++;
        int length = isText ? PlainTextOf(data[value..]) : DigitsOf(data[value..]);
        return length <= 0 ? null : new Hole(value, length, IsText: false, IsNumber: !isText);
    }

    private static bool IsValueOf(ReadOnlySpan<byte> before, byte[][] members)
    {
        before = before.TrimEnd((byte)' ');
        if (before.IsEmpty || before[^1] != ':') return false;
        before = before[..^1].TrimEnd((byte)' ');
        if (before.IsEmpty || before[^1] != '"') return false;
        int start = before[..^1].LastIndexOf((byte)'"');
        if (start < 0) return false;
        foreach (byte[] member in members)
        {
            if (before[(start + 1)..^1].SequenceEqual(member)) return true;
        }

        return false;
    }

    // Where deltas differ: a text between its quotation marks, or digits.
    private readonly record struct Hole(int Start, int Length, bool IsText, bool IsNumber)
    {
        public int End => Start + Length;
    }
}
