using System;
using System.Buffers.Binary;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// The first bytes of a frame: how long it is, how long its headers are, and the checksum of both. All numbers are big-endian.
/// </summary>
[Embedded]
internal readonly struct EventStreamPrelude
{
    /// <summary>The length of this part, in bytes.</summary>
    public const int Size = 12;

    /// <summary>The length of the checksum at the end of a frame, in bytes.</summary>
    public const int Tail = sizeof(uint);

    /// <summary>The largest frame that is read, in bytes: its length has three bytes.</summary>
    public const int LargestFrame = (1 << 24) - 1;

    private readonly uint _length;

    private EventStreamPrelude(uint length, uint headersLength)
    {
        _length = length;
        HeadersLength = (int)headersLength;
    }

    /// <summary>Gets the length of the whole frame, in bytes; 0 where none has been read.</summary>
    public int Length => (int)_length;

    /// <summary>Gets the length of the headers, in bytes.</summary>
    public int HeadersLength { get; }

    /// <summary>Gets whether the frame is larger than what is read.</summary>
    public bool IsTooLarge => _length > LargestFrame;

    /// <summary>Reads the prelude of a frame that begins here; false where it is none, or its lengths cannot be true.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out EventStreamPrelude prelude)
    {
        prelude = default;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(frame);
        uint headersLength = BinaryPrimitives.ReadUInt32BigEndian(frame[4..]);
        if (BinaryPrimitives.ReadUInt32BigEndian(frame[8..]) != EventStreamChecksum.Of(frame[..8])) return false;
        if (length < Size + Tail || headersLength > length - Size - Tail) return false;
        prelude = new EventStreamPrelude(length, headersLength);
        return true;
    }
}
