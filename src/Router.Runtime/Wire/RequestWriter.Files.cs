using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace RouterGen.Infrastructure;

// Files within JSON: as text in Base64, a piece at a time.
public sealed partial class RequestWriter
{
    // Three bytes make four letters.
    private const int PieceOfFile = 3 * 16 * 1024;

    /// <summary>Writes a file as a string of Base64: the value of the member whose name was written last.</summary>
    /// <param name="json">The writer that <see cref="StartObject"/> gave.</param>
    /// <param name="file">The file, which is read now.</param>
    /// <param name="prefix">What precedes the Base64, for example <c>data:image/png;base64,</c>; ASCII that JSON does not escape.</param>
    public void WriteBase64(Utf8JsonWriter json, MediaFile file, ReadOnlySpan<byte> prefix = default)
    {
        byte[] text = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(PieceOfFile));
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceOfFile);
        try
        {
            if (!prefix.IsEmpty) json.WriteStringValueSegment(prefix, isFinalSegment: false);
            for (long at = 0; at < file.Length || at == 0;)
            {
                int length = (int)Math.Min(PieceOfFile, file.Length - at);
                file.Read(piece.AsSpan(0, length), at);
                at += length;
                Base64.EncodeToUtf8(piece.AsSpan(0, length), text, out _, out int written);
                json.WriteStringValueSegment(text.AsSpan(0, written), isFinalSegment: at >= file.Length);
                if (length == 0) break;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
            ArrayPool<byte>.Shared.Return(text);
        }
    }
}
