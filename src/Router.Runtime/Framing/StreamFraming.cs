using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>How a stream of an answer is divided into events: as server-sent events, or in binary frames. Stateless and thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class StreamFraming
{
    /// <summary>Gets the framing of bytes that are divided into nothing, such as sound: an event is what has arrived.</summary>
    public static StreamFraming Bytes => ByteFraming.Instance;

    /// <summary>
    /// Looks at the beginning of an answer's body for whether it is a stream of this framing, whatever its content type says. It is asked
    /// again with more of the body until it returns true.
    /// </summary>
    /// <param name="start">What has arrived of the body; at least one byte.</param>
    /// <param name="isStream">Whether the body is a stream of this framing.</param>
    /// <returns>False where more must arrive first.</returns>
    public abstract bool TryRecognize(ReadOnlySpan<byte> start, out bool isStream);

    /// <summary>Starts to read a stream.</summary>
    /// <param name="body">The rest of the stream. The reader does not dispose it.</param>
    /// <param name="start">What was read of the stream before; to be copied.</param>
    public abstract StreamEventReader Open(Stream body, ReadOnlySpan<byte> start);
}

/// <summary>One event of a stream. Valid until its reader reads on.</summary>
/// <param name="type">What the event is called, as UTF-8; empty where the framing or the server names none.</param>
/// <param name="data">The event's data.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct StreamEvent(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
{
    /// <summary>Gets what the event is called, as UTF-8; empty where it has no name.</summary>
    public ReadOnlySpan<byte> Type { get; } = type;

    /// <summary>Gets the event's data.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;
}

/// <summary>Divides one stream into events. Not thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class StreamEventReader : IDisposable
{
    /// <summary>Takes the next event out of what was read.</summary>
    /// <param name="next">The event.</param>
    /// <returns>False where more must be read first (<see cref="FillAsync"/>).</returns>
    /// <exception cref="InvalidDataException">What was read is damaged: nothing after it can be trusted.</exception>
    public abstract bool TryRead(out StreamEvent next);

    /// <summary>Reads more of the stream.</summary>
    /// <param name="async">Whether it may leave its thread. Where it may not, the stream is to be disposed by what cancels.</param>
    /// <param name="cancellationToken">Cancels an asynchronous read.</param>
    /// <returns>Whether to go on with <see cref="TryRead"/>; false at the end of the stream, once all its events are read.</returns>
    /// <exception cref="InvalidDataException">An event is too large, or the stream ends within one.</exception>
    public abstract ValueTask<bool> FillAsync(bool async, CancellationToken cancellationToken);

    /// <summary>Gives buffers back; the stream stays open.</summary>
    public abstract void Dispose();
}
