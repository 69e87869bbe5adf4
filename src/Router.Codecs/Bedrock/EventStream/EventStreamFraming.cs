using System;
using System.IO;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// AWS event streams (<c>application/vnd.amazon.eventstream</c>): binary frames, each with headers, a payload and two checksums. The
/// checksum of a frame's first bytes tells such a stream from anything else, whatever its content type says.
/// </summary>
[Embedded]
internal sealed class EventStreamFraming : StreamFraming
{
    public static readonly EventStreamFraming Instance = new();

    private EventStreamFraming()
    {
    }

    public override bool TryRecognize(ReadOnlySpan<byte> start, out bool isStream)
    {
        isStream = false;

        // The first byte of a length that is not too large is 0, which no text and no JSON begins with.
        if (start[0] != 0) return true;
        if (start.Length < EventStreamPrelude.Size) return false;
        isStream = EventStreamPrelude.TryRead(start, out _);
        return true;
    }

    public override StreamEventReader Open(Stream body, ReadOnlySpan<byte> start) => new EventStreamReader(body, start);
}
