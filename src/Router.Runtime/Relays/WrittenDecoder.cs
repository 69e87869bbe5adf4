using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the stream of a deployment that speaks otherwise than a gateway's client, and writes it as the client expects it.</summary>
/// <param name="decoder">Reads the deployment's dialect.</param>
/// <param name="writer">Writes the client's.</param>
internal sealed class WrittenDecoder(ChatStreamDecoder decoder, RelayWriter writer) : StreamDecoder<RelayedUpdate>
{
    public override UsageDetails? UsageSoFar => decoder.UsageSoFar;

    public override bool IsFinished => decoder.IsFinished;

    public override bool EndsWithConnection => decoder.EndsWithConnection;

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out RelayedUpdate? update, out AttemptFailure? failure) =>
        Written(decoder.Read(eventType, data, out ChatResponseUpdate? read, out failure), read, out update);

    public override StreamSignal End(out RelayedUpdate? update, out AttemptFailure? failure) => Written(decoder.End(out ChatResponseUpdate? read, out failure), read, out update);

    private StreamSignal Written(StreamSignal signal, ChatResponseUpdate? read, out RelayedUpdate? update)
    {
        update = signal is StreamSignal.Completed ? writer.End(read, decoder.UsageSoFar) : read is null ? null : writer.Write(read);
        return signal;
    }
}
