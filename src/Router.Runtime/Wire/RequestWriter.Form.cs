using System.Buffers;
using System.Globalization;
using System.Text;

namespace RouterGen.Infrastructure;

// A body with files: a form of parts (RFC 7578), between which the files are sent from where they are.
public sealed partial class RequestWriter
{
    private const string Json = "application/json";

    // What is smaller is copied: a write of its own costs more.
    private const int SmallFile = 4096;

    private string _boundary = "";

    /// <summary>Gets the media type of the body.</summary>
    public string ContentType { get; private set; } = Json;

    /// <summary>Gets the files that are sent within the body, in order; null where there are none.</summary>
    internal List<(int Position, MediaFile File)>? Files { get; private set; }

    /// <summary>Starts a form (<c>multipart/form-data</c>) in place of a JSON object. It is closed by <see cref="EndForm"/>.</summary>
    public void StartForm()
    {
        // A file may hold anything: a boundary that can be foreseen could be in it.
        _boundary = string.Create(CultureInfo.InvariantCulture, $"routergen-{NextChance():x16}{NextChance():x16}");
        ContentType = "multipart/form-data; boundary=" + _boundary;
    }

    /// <summary>Adds a field.</summary>
    /// <param name="name">The field's name, without quotation marks.</param>
    /// <param name="value">The text.</param>
    public void AddField(string name, string value)
    {
        StartPart(name);
        Append("\r\n\r\n");
        Append(value);
        Append("\r\n");
    }

    /// <summary>Adds a file, which is sent from where it is.</summary>
    /// <param name="name">The field's name, without quotation marks.</param>
    /// <param name="file">The file.</param>
    public void AddFile(string name, MediaFile file)
    {
        StartPart(name);
        Append("; filename=\"");
        Append(Quoted(file.Name));
        Append("\"\r\nContent-Type: ");
        Append(OneLine(file.MediaType));
        Append("\r\n\r\n");
        if (file.Bytes is { Length: <= SmallFile } small) _buffer.Write(small.Span);
        else (Files ??= []).Add((_buffer.WrittenCount, file));
        Append("\r\n");
    }

    /// <summary>Closes the form.</summary>
    public void EndForm()
    {
        Append("--");
        Append(_boundary);
        Append("--\r\n");
    }

    private ulong NextChance() => _chance?.NextUInt64() ?? 0;

    private void StartPart(string name)
    {
        Append("--");
        Append(_boundary);
        Append("\r\nContent-Disposition: form-data; name=\"");
        Append(name);
        Append("\"");
    }

    private void Append(string text)
    {
        Span<byte> room = _buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        _buffer.Advance(Encoding.UTF8.GetBytes(text, room));
    }

    // As browsers escape the names of files: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
    private static string Quoted(string name) => name.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string OneLine(string mediaType) => mediaType.AsSpan().IndexOfAny('\r', '\n') < 0 ? mediaType : "application/octet-stream";
}
