using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>Reads one stream of a chat model, event by event. Holds what must be assembled over several events, such as tool calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChatStreamDecoder : StreamDecoder<ChatResponseUpdate>;
