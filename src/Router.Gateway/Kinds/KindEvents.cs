using System.Buffers;
using System.Text;
using System.Text.Json;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Kinds;

/// <summary>Writes the updates of a kind's stream as events that are JSON.</summary>
/// <typeparam name="TUpdate">The updates.</typeparam>
internal abstract class KindEvents<TUpdate> : IStreamEvents<TUpdate>
{
    private readonly ArrayBufferWriter<byte> _events = new(1024);

    public ValueTask<ReadOnlyMemory<byte>> EventsOf(TUpdate update)
    {
        _events.ResetWrittenCount();
        Write(update);
        return new(_events.WrittenMemory);
    }

    // The updates of kinds do not say it before the last.
    public Deployment? DeploymentOf(TUpdate update) => null;

    /// <summary>Writes an error as the last event of a stream that has begun.</summary>
    public static void WriteError(GatewayError error, IBufferWriter<byte> output)
    {
        EventText.Start(output, "error"u8);
        OpenAIErrorWriter.Write(error, output);
        EventText.End(output);
    }

    /// <summary>Writes what an update brings.</summary>
    private protected abstract void Write(TUpdate update);

    /// <summary>Writes an event, whose name its data says too.</summary>
    /// <param name="type">The name.</param>
    /// <param name="write">Writes its other members.</param>
    private protected void WriteEvent(string type, Action<Utf8JsonWriter> write) => WriteData(Encoding.ASCII.GetBytes(type), json =>
    {
        json.WriteString("type"u8, type);
        write(json);
    });

    /// <summary>Writes an event without a name.</summary>
    /// <param name="write">Writes the members of its data.</param>
    private protected void WriteData(Action<Utf8JsonWriter> write) => WriteData(default, write);

    /// <summary>Writes the event that ends a stream of texts.</summary>
    private protected void WriteDone() => _events.Write("data: [DONE]\n\n"u8);

    private void WriteData(ReadOnlySpan<byte> name, Action<Utf8JsonWriter> write)
    {
        EventText.Start(_events, name);
        using (var json = new Utf8JsonWriter(_events, EventText.Json))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        EventText.End(_events);
    }
}
