using System;
using System.IO;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// JSON lines: each is an event. A whole answer, or an error, is one line as well: only a second object behind the first line shows that a body is a
/// stream, whatever its content type says.
/// </summary>
[Embedded]
internal sealed class OllamaFraming : StreamFraming
{
    public static readonly OllamaFraming Instance = new();

    /// <summary>How far the end of the first line is looked for, in bytes: an event has a word or two, and a whole answer is not searched again and again.</summary>
    private const int LongestFirstLine = 64 * 1024;

    private OllamaFraming()
    {
    }

    public override bool TryRecognize(ReadOnlySpan<byte> start, out bool isStream)
    {
        isStream = false;
        start = OllamaLineReader.WithoutMark(start).TrimStart(" \t\r\n"u8);
        if (start.IsEmpty) return false;
        if (start[0] != (byte)'{') return !OllamaLineReader.Mark.StartsWith(start);
        int end = start[..Math.Min(start.Length, LongestFirstLine)].IndexOf((byte)'\n');
        if (end < 0) return start.Length >= LongestFirstLine;
        ReadOnlySpan<byte> second = start[end..].TrimStart(" \t\r\n"u8);
        if (second.IsEmpty) return start.Length >= LongestFirstLine;
        isStream = second[0] == (byte)'{';
        return true;
    }

    public override StreamEventReader Open(Stream body, ReadOnlySpan<byte> start) => new OllamaLineReader(body, start);
}
