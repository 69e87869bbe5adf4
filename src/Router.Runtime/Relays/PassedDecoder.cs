using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the stream of a deployment that speaks as a gateway's client does: its events go on as they are.</summary>
/// <param name="deployment">Who sends the stream.</param>
/// <param name="source">What the client asked for.</param>
/// <param name="decoder">Reads the dialect, for what routing and accounts must know.</param>
internal sealed class PassedDecoder(Deployment deployment, RelayedRequest source, ChatStreamDecoder decoder) : StreamDecoder<RelayedUpdate>
{
    public override UsageDetails? UsageSoFar => decoder.UsageSoFar;

    public override bool IsFinished => decoder.IsFinished;

    public override bool EndsWithConnection => decoder.EndsWithConnection;

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out RelayedUpdate? update, out AttemptFailure? failure)
    {
        StreamSignal signal = decoder.Read(eventType, data, out ChatResponseUpdate? read, out failure);
        if (signal is StreamSignal.Failed)
        {
            update = null;
            return signal;
        }

        decoder.Unwrap(ref eventType, ref data);
        byte[] events = !data.IsEmpty && source.Dialect.Shows(source, data) ? EventOf(eventType, data) : [];

        // A part of a call that is not put together yet reaches the client as it is, and so commits the stream.
        bool hasContent = events.Length > 0 && (signal is StreamSignal.Progress || (read is not null && ChatStreams.HasContent(read)));
        update = new RelayedUpdate(deployment, events, read, hasContent);
        return signal is StreamSignal.Completed ? signal : StreamSignal.Update;
    }

    public override StreamSignal End(out RelayedUpdate? update, out AttemptFailure? failure)
    {
        StreamSignal signal = decoder.End(out ChatResponseUpdate? read, out failure);
        update = read is null ? null : new RelayedUpdate(deployment, default, read, hasContent: false);
        return signal;
    }

    private static byte[] EventOf(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        int named = type.IsEmpty ? 0 : "event: \n"u8.Length + type.Length;
        int lines = data.Count((byte)'\n') + 1;
        byte[] text = GC.AllocateUninitializedArray<byte>(named + lines * "data: "u8.Length + data.Length + "\n\n"u8.Length);
        Span<byte> rest = text;
        if (named > 0) rest = Append(Append(Append(rest, "event: "u8), type), "\n"u8);
        for (int end; (end = data.IndexOf((byte)'\n')) >= 0; data = data[(end + 1)..]) rest = Append(Append(rest, "data: "u8), data[..(end + 1)]);
        Append(Append(Append(rest, "data: "u8), data), "\n\n"u8);
        return text;
    }

    private static Span<byte> Append(Span<byte> output, ReadOnlySpan<byte> text)
    {
        text.CopyTo(output);
        return output[text.Length..];
    }
}
