using System;
using System.Buffers.Binary;
using System.IO;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// The headers of a frame that say what it is. A header is a name of up to 255 bytes, a type, and a value whose length depends on the type:
/// https://smithy.io/2.0/aws/amazon-eventstream.html.
/// </summary>
[Embedded]
internal ref struct EventStreamHeaders
{
    private const byte TextType = 7;
    private const byte LengthOfLength = sizeof(ushort);

    // By the number of the type: true, false, 8 to 64 bits, bytes, text, a time, a UUID. Those of bytes and text have their length in front.
    private static ReadOnlySpan<byte> Lengths => [0, 0, 1, 2, 4, 8, LengthOfLength, LengthOfLength, 8, 16];

    /// <summary>Whether the frame is an error that the service has declared.</summary>
    public bool IsException;

    /// <summary>Whether it is any other error; its words are in a header.</summary>
    public bool IsError;

    /// <summary>The ranges of the values within the headers; empty where there is no such header.</summary>
    public Range EventType, ExceptionType, ErrorCode, ErrorMessage;

    /// <summary>Reads the headers of a frame.</summary>
    /// <exception cref="InvalidDataException">They are not whole, or one has a type that the format does not have.</exception>
    public static EventStreamHeaders Read(ReadOnlySpan<byte> headers)
    {
        var read = new EventStreamHeaders();
        int at = 0;
        while (at < headers.Length)
        {
            int nameLength = headers[at++];
            if (nameLength == 0 || headers.Length - at <= nameLength) throw Damaged();
            ReadOnlySpan<byte> name = headers.Slice(at, nameLength);
            at += nameLength;
            byte type = headers[at++];
            if (type >= Lengths.Length) throw Damaged();
            int length = Lengths[type];
            if (headers.Length - at < length) throw Damaged();
            if (type is TextType or TextType - 1)
            {
                length = BinaryPrimitives.ReadUInt16BigEndian(headers[at..]);
                at += LengthOfLength;
                if (headers.Length - at < length) throw Damaged();
            }

            if (type is TextType) read.Take(name, headers, at..(at + length));
            at += length;
        }

        return read;
    }

    private void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> headers, Range value)
    {
        if (name.SequenceEqual(":event-type"u8)) EventType = value;
        else if (name.SequenceEqual(":exception-type"u8)) ExceptionType = value;
        else if (name.SequenceEqual(":error-code"u8)) ErrorCode = value;
        else if (name.SequenceEqual(":error-message"u8)) ErrorMessage = value;
        else if (name.SequenceEqual(":message-type"u8))
        {
            IsException = headers[value].SequenceEqual("exception"u8);
            IsError = headers[value].SequenceEqual("error"u8);
        }
    }

    private static InvalidDataException Damaged() => new("A frame of the event stream has damaged headers.");
}
