using System.Buffers.Text;

namespace RouterGen.Benchmarks.Gateway;

/// <summary>As much of HTTP/1.1 as both ends of the benchmark need: where a message that has arrived so far ends.</summary>
internal static class HttpFraming
{
    /// <summary>Returns the length of a whole message; -1 where more must come.</summary>
    public static int LengthOf(ReadOnlySpan<byte> message)
    {
        int head = message.IndexOf("\r\n\r\n"u8);
        if (head < 0) return -1;
        head += 4;
        ReadOnlySpan<byte> headers = message[..head];
        if (Find(headers, "content-length: "u8) is var length && length >= 0)
        {
            Utf8Parser.TryParse(headers[length..], out int bytes, out _);
            return message.Length >= head + bytes ? head + bytes : -1;
        }

        if (Find(headers, "transfer-encoding: chunked"u8) < 0) return head;
        return message.EndsWith("\r\n0\r\n\r\n"u8) ? message.Length : -1; // nothing is sent ahead of an answer, so that the last chunk ends the buffer
    }

    // Where the value of a header begins, whatever its case.
    private static int Find(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> name)
    {
        for (int at = 0; at + name.Length <= headers.Length; at++)
        {
            int i = 0;
            while (i < name.Length && (headers[at + i] | 0x20) == (name[i] | 0x20)) i++;
            if (i == name.Length) return at + i;
        }

        return -1;
    }
}
