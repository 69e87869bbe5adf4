using System;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// FNV-1a over the UTF-16 units of a text, 64 bits: the same in each process, and it can be continued piece by piece. It
/// tells texts apart; it protects nothing.
/// </summary>
[Embedded]
internal struct CodecHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private ulong _value;
    private bool _started;

    /// <summary>Gets the hash of what was added.</summary>
    public readonly ulong Value => _started ? _value : Offset;

    /// <summary>Returns the hash of a whole text.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = new CodecHash();
        hash.Add(text);
        return hash.Value;
    }

    /// <summary>Adds a piece of a text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        ulong value = Value;
        foreach (char c in text) value = unchecked((value ^ c) * Prime);
        _value = value;
        _started = true;
    }
}
