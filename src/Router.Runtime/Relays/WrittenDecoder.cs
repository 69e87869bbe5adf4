using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the stream of a deployment that speaks otherwise than a gateway's client, and writes it as the client expects it.</summary>
/// <param name="decoder">Reads the deployment's dialect.</param>
/// <param name="writer">Writes the client's.</param>
internal sealed class WrittenDecoder(ChatStreamDecoder decoder, RelayWriter writer) : StreamDecoder<RelayedUpdate>
{
    private readonly TextRun _run = new(decoder);

    public override UsageDetails? UsageSoFar => decoder.UsageSoFar;

    public override bool IsFinished => decoder.IsFinished;

    public override bool EndsWithConnection => decoder.EndsWithConnection;

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out RelayedUpdate? update, out AttemptFailure? failure)
    {
        if (_run.TryAdd(eventType, data))
        {
            update = null;
            failure = null;
            return StreamSignal.Continue;
        }

        StreamSignal signal = _run.Decode(eventType, data, out ChatResponseUpdate? read, out failure);
        if (signal is StreamSignal.Failed)
        {
            update = null;
            return signal;
        }

        ChatResponseUpdate? before = _run.Take();
        _run.Learn(eventType, data, signal, read);
        update = Written(signal, read, before);
        return signal is StreamSignal.Completed || update is null ? signal : StreamSignal.Update;
    }

    public override StreamSignal End(out RelayedUpdate? update, out AttemptFailure? failure)
    {
        ChatResponseUpdate? before = _run.Take();
        StreamSignal signal = decoder.End(out ChatResponseUpdate? read, out failure);
        update = Written(signal, read, before);
        return signal;
    }

    public override RelayedUpdate? Take() => _run.Take() is { } read ? writer.Write(read) : null;

    private RelayedUpdate? Written(StreamSignal signal, ChatResponseUpdate? read, ChatResponseUpdate? before) =>
        signal is StreamSignal.Completed ? writer.End(read, decoder.UsageSoFar, before) : read is not null ? writer.Write(read, before) : before is not null ? writer.Write(before) : null;
}
