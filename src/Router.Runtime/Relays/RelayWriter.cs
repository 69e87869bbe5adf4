using System.Buffers;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Writes a stream for a gateway's client that speaks otherwise than the deployment.</summary>
/// <param name="deployment">Who sends the stream.</param>
/// <param name="writer">Writes the client's events.</param>
internal sealed class RelayWriter(Deployment deployment, ClientStreamWriter writer)
{
    private UsageDetails? _usage;

    /// <summary>Starts to write the stream of an attempt.</summary>
    public static RelayWriter Start(in AttemptContext context)
    {
        RelayedRequest source = RelayAnswers.SourceOf(context);
        return new(context.Deployment, source.Dialect.StartStream(source));
    }

    /// <summary>Returns an update as the client expects it.</summary>
    /// <param name="update">The update.</param>
    /// <param name="before">What deltas said that came together with it, before it; null where there were none.</param>
    public RelayedUpdate Write(ChatResponseUpdate update, ChatResponseUpdate? before = null)
    {
        _usage = ChatStreams.UsageOf(update) ?? _usage;
        var output = new ArrayBufferWriter<byte>(256);
        if (before is not null) writer.Write(before, output);
        writer.Write(update, output);
        return new RelayedUpdate(deployment, output.WrittenMemory, update, before is not null || ChatStreams.HasContent(update)) { Before = before };
    }

    /// <summary>Returns the end of a stream that is complete.</summary>
    /// <param name="last">What the end brought; null where it brought nothing.</param>
    /// <param name="usage">What was counted otherwise than by updates; null for nothing.</param>
    /// <param name="before">What deltas said that came together with the end; null where there were none.</param>
    public RelayedUpdate End(ChatResponseUpdate? last, UsageDetails? usage, ChatResponseUpdate? before = null)
    {
        var output = new ArrayBufferWriter<byte>(256);
        if (before is not null) writer.Write(before, output);
        writer.End(last, (last is null ? null : ChatStreams.UsageOf(last)) ?? _usage ?? usage, output);
        return new RelayedUpdate(deployment, output.WrittenMemory, last, hasContent: false) { Before = before };
    }

    /// <summary>Returns an answer that came whole as a stream: its updates, and its end.</summary>
    public IReadOnlyList<RelayedUpdate> WriteAll(IReadOnlyList<ChatResponseUpdate> updates, UsageDetails? usage)
    {
        var written = new RelayedUpdate[updates.Count + 1];
        for (int i = 0; i < updates.Count; i++) written[i] = Write(updates[i]);
        written[^1] = End(null, usage);
        return written;
    }
}
