using System.Buffers;
using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>
/// How clients of a gateway speak of conversations: the other side of a codec, which speaks to providers. It reads requests, and writes answers and the
/// events of streams. Stateless and thread-safe.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ClientDialect
{
    /// <summary>Gets the wire format. Deployments that speak it get requests, and give answers, as they are.</summary>
    public abstract Dialect Dialect { get; }

    /// <summary>Reads a request, for a deployment that speaks otherwise.</summary>
    /// <param name="request">The request; its body is a JSON object.</param>
    /// <param name="messages">The conversation; at least one message where null is returned.</param>
    /// <param name="options">All else that is asked for.</param>
    /// <returns>Null, or what is wrong with it (<see cref="FailureKind.InvalidRequest"/>) or cannot be said in another dialect (<see cref="FailureKind.Unsupported"/>).</returns>
    public abstract AttemptFailure? Read(RelayedRequest request, out IReadOnlyList<ChatMessage> messages, out ChatOptions? options);

    /// <summary>Writes an answer as the body that the client expects.</summary>
    public abstract void WriteAnswer(RelayedRequest request, RoutedResponse answer, IBufferWriter<byte> output);

    /// <summary>Starts to write a stream.</summary>
    public abstract ClientStreamWriter StartStream(RelayedRequest request);

    /// <summary>Returns whether the client is to see an event that a deployment of its own dialect sent: it need not be one that it asked for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="data">The event's data.</param>
    public virtual bool Shows(RelayedRequest request, ReadOnlySpan<byte> data) => true;
}

/// <summary>Writes one stream as the events that a client expects.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ClientStreamWriter
{
    /// <summary>Writes what an update brings, as whole events; nothing where it brings nothing that the dialect tells.</summary>
    public abstract void Write(ChatResponseUpdate update, IBufferWriter<byte> output);

    /// <summary>Writes the end of a stream that is complete.</summary>
    /// <param name="last">What the end brought; null where it brought nothing.</param>
    /// <param name="usage">What was counted; null where the provider did not say.</param>
    /// <param name="output">Where events are written to.</param>
    public abstract void End(ChatResponseUpdate? last, UsageDetails? usage, IBufferWriter<byte> output);
}
