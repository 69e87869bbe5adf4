using System.Buffers;
using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RouterGen.Infrastructure;

/// <summary>
/// The body of one request while it is written: a pooled buffer and a JSON writer over it. Pooled itself; not thread-safe.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class RequestWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        // The body is JSON for a server, not part of a page: only what JSON demands is escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
#if !DEBUG
        SkipValidation = true,
#endif
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;
    private readonly RandomSource? _chance;
    private int _joint;

    /// <summary>Makes an empty body. The boundary of its forms is always the same: for tests.</summary>
    public RequestWriter() => _json = new Utf8JsonWriter(_buffer, Options);

    /// <summary>Makes an empty body.</summary>
    /// <param name="chance">What boundaries are made of.</param>
    internal RequestWriter(RandomSource chance) : this() => _chance = chance;

    /// <summary>Gets the body as it stands.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.WrittenMemory;

    /// <summary>Gets what was left out of the request or changed in it because the model does not take it; null where nothing was.</summary>
    public List<string>? Notes { get; private set; }

    /// <summary>Notes that something the caller wished for was left out or changed, for example <c>seed: left out</c>.</summary>
    /// <param name="note">Name of the option, then what became of it. It reaches the caller.</param>
    public void Note(string note) => (Notes ??= []).Add(note);

    /// <summary>Gets the headers that this request needs beside those of its deployment; null where it needs none.</summary>
    public List<KeyValuePair<string, string>>? Headers { get; private set; }

    /// <summary>Adds a header that this request needs.</summary>
    public void AddHeader(string name, string value) => (Headers ??= []).Add(new(name, value));

    /// <summary>Gets how many bytes are allocated.</summary>
    internal int Capacity => _buffer.Capacity;

    /// <summary>
    /// Starts the request's object with members that are known at compile time, and hands out the writer for the rest.
    /// </summary>
    /// <param name="prefix">An object without its closing brace: <c>{"model":"gpt-4o-mini"</c>, or <c>{</c> alone.</param>
    /// <returns>A writer inside the object, ready for the next property. It must be given back through <see cref="EndObject"/>.</returns>
    public Utf8JsonWriter StartObject(ReadOnlySpan<byte> prefix)
    {
        _joint = prefix.Length > 1 ? prefix.Length : 0; // The writer writes a brace of its own.
        _buffer.Write(prefix[.._joint]);
        _json.Reset(_buffer);
        _json.WriteStartObject();
        return _json;
    }

    /// <summary>Closes the request's object.</summary>
    public void EndObject()
    {
        _json.WriteEndObject();
        _json.Flush();
        if (_joint == 0) return;

        // The writer wrote an object of its own, {…}. Its opening brace becomes the comma that joins it to the prefix;
        // an empty object becomes the prefix's closing brace.
        Span<byte> rest = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory).Span[_joint..];
        if (rest.Length > 2)
        {
            rest[0] = (byte)',';
        }
        else
        {
            rest[0] = (byte)'}';
            rest[1] = (byte)' ';
        }
    }

    /// <summary>Empties the body, so that it can be written anew; notes and headers stay.</summary>
    public void Rewind()
    {
        _json.Reset();
        _buffer.ResetWrittenCount();
        ContentType = Json;
        Files = null;
    }

    /// <summary>Empties the body for its next use.</summary>
    public void Clear()
    {
        Rewind();
        Notes = null;
        Headers = null;
    }
}
