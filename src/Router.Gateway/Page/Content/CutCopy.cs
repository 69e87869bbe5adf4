using System.Buffers;

namespace RouterGen.Gateway.Page.Content;

/// <summary>A copy of the first bytes of a body.</summary>
/// <param name="limit">How many bytes are kept.</param>
internal sealed class CutCopy(int limit)
{
    private readonly ArrayBufferWriter<byte> _kept = new();

    /// <summary>Gets whether there were more bytes than are kept.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        int room = limit - _kept.WrittenCount;
        if (bytes.Length > room) IsCut = true;
        _kept.Write(bytes[..Math.Min(room, bytes.Length)]);
    }

    /// <summary>Returns what is kept.</summary>
    public byte[] ToArray() => _kept.WrittenSpan.ToArray();
}
