using System.Buffers;
using System.Text;

namespace RouterGen.Aws;

/// <summary>A text of ASCII while it is put together, in a buffer that is large enough.</summary>
internal ref struct CanonicalText(Span<byte> buffer)
{
    private static readonly SearchValues<char> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/");

    private readonly Span<byte> _buffer = buffer;
    private int _length;

    /// <summary>Gets the text.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    public void Append(ReadOnlySpan<char> text) => _length += Encoding.ASCII.GetBytes(text, _buffer[_length..]);

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer[_length..]);
        _length += text.Length;
    }

    /// <summary>Appends bytes as hexadecimal digits in lower case.</summary>
    public void AppendHex(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            _buffer[_length++] = "0123456789abcdef"u8[value >> 4];
            _buffer[_length++] = "0123456789abcdef"u8[value & 15];
        }
    }

    /// <summary>Appends a path as it is sent, encoded once more: <c>%3A</c> is <c>%253A</c>, and what a signature has encoded is.</summary>
    public void AppendPath(ReadOnlySpan<char> path)
    {
        for (int next = path.IndexOfAnyExcept(Unreserved); next >= 0; next = path.IndexOfAnyExcept(Unreserved))
        {
            Append(path[..next]);
            _buffer[_length++] = (byte)'%';
            AppendDigit(path[next] >> 4);
            AppendDigit(path[next] & 15);
            path = path[(next + 1)..];
        }

        Append(path);
    }

    private void AppendDigit(int digit) => _buffer[_length++] = "0123456789ABCDEF"u8[digit & 15];
}
