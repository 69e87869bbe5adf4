using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>Reads one stream, event by event. Holds what must be assembled over several events.</summary>
/// <typeparam name="TUpdate">What the caller gets, piece by piece.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class StreamDecoder<TUpdate> where TUpdate : class
{
    /// <summary>
    /// Gets what the provider has counted so far, for a stream that is cut; null where the dialect tells only at the end. At the
    /// end an update brings it.
    /// </summary>
    public virtual UsageDetails? UsageSoFar => null;

    /// <summary>
    /// Gets whether the provider has said why the model stopped. The answer is complete from then on: what may still come is usage and the
    /// terminator, and <see cref="End"/> ends a stream that brings neither.
    /// </summary>
    public virtual bool IsFinished => false;

    /// <summary>Gets whether the stream is complete where its connection ends in good order: sound has no terminator.</summary>
    public virtual bool EndsWithConnection => false;

    /// <summary>Ends a stream that <see cref="IsFinished"/>, or <see cref="EndsWithConnection"/>, and brings no terminator.</summary>
    /// <param name="update">What is left for the caller; null where nothing is.</param>
    /// <param name="failure">Why there is no answer, for <see cref="StreamSignal.Failed"/>.</param>
    /// <returns><see cref="StreamSignal.Completed"/> or <see cref="StreamSignal.Failed"/>.</returns>
    public virtual StreamSignal End(out TUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        return StreamSignal.Completed;
    }

    /// <summary>
    /// Returns what events brought that were read as <see cref="StreamSignal.Continue"/>, and is handed to the caller before anything else is waited for; null where that is
    /// nothing. A decoder that joins what arrives together has something.
    /// </summary>
    public virtual TUpdate? Take() => null;

    /// <summary>Reads the next event.</summary>
    /// <param name="eventType">What the event is called, as UTF-8: the <c>event:</c> field of a server-sent event. Empty where it has no name.</param>
    /// <param name="data">The event's data: the <c>data:</c> field of a server-sent event.</param>
    /// <param name="update">What is to be handed to the caller, for <see cref="StreamSignal.Update"/>, and optionally for the two final signals.</param>
    /// <param name="failure">What went wrong, for <see cref="StreamSignal.Failed"/>.</param>
    public abstract StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out TUpdate? update, out AttemptFailure? failure);
}

/// <summary>What one event of a stream means.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum StreamSignal
{
    /// <summary>Nothing for the caller: a role, a ping, an unknown event. It does not show that the model is at work.</summary>
    Continue,

    /// <summary>Nothing for the caller yet, but the model is writing: a part of a tool call, of a refusal, of a signature.</summary>
    Progress,

    /// <summary>
    /// There is an update for the caller. Content of it (text, reasoning, tool call, error) commits the call to this
    /// deployment; usage and finish reason alone do not.
    /// </summary>
    Update,

    /// <summary>The dialect's terminator: the answer is whole. A stream that ends without it was cut.</summary>
    Completed,

    /// <summary>An error inside the stream, or an event that cannot be read. Nothing more will be read.</summary>
    Failed,
}
