using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>Reads one stream of a chat model, event by event. Holds what must be assembled over several events, such as tool calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChatStreamDecoder : StreamDecoder<ChatResponseUpdate>
{
    /// <summary>
    /// Gets whether deltas need not be read that differ from the last one, which was read, in nothing but their text: <see cref="NoteJoined"/> tells of them.
    /// </summary>
    public virtual bool AllowsJoining => false;

    /// <summary>Notes deltas that were not read, before anything else is read.</summary>
    /// <param name="text">The text of all of them.</param>
    public virtual void NoteJoined(string text)
    {
    }

    /// <summary>Takes an event that was read out of what it is wrapped in where its model is served: a gateway's client gets it as the model wrote it.</summary>
    /// <param name="eventType">The event's name.</param>
    /// <param name="data">Its data; empty where the client is to see nothing of it.</param>
    public virtual void Unwrap(ref ReadOnlySpan<byte> eventType, ref ReadOnlySpan<byte> data)
    {
    }
}
