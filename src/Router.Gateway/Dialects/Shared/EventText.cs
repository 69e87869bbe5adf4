using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RouterGen.Gateway.Dialects.Shared;

/// <summary>What surrounds the data of server-sent events, and how that is written.</summary>
internal static class EventText
{
    /// <summary>How JSON is written: it is for programs, not part of a page.</summary>
    public static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes what precedes the data of an event.</summary>
    /// <param name="output">Where it is written to.</param>
    /// <param name="type">What the event is called; empty for no name.</param>
    public static void Start(IBufferWriter<byte> output, ReadOnlySpan<byte> type = default)
    {
        if (!type.IsEmpty)
        {
            output.Write("event: "u8);
            output.Write(type);
            output.Write("\n"u8);
        }

        output.Write("data: "u8);
    }

    /// <summary>Writes what follows the data of an event.</summary>
    public static void End(IBufferWriter<byte> output) => output.Write("\n\n"u8);
}
