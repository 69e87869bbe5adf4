using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A stream of updates that is written for a gateway's client: that of a deployment's client, or of a script.</summary>
internal sealed class RelayStream : ProviderStream<RelayedUpdate>
{
    private readonly ProviderStream<ChatResponseUpdate> _stream;
    private readonly RelayWriter _writer;

    /// <summary>Makes a stream of one that is open, and has been read to its first content.</summary>
    public RelayStream(ProviderStream<ChatResponseUpdate> stream, RelayWriter writer)
    {
        _stream = stream;
        _writer = writer;
        foreach (ChatResponseUpdate held in stream.Held) Held.Add(writer.Write(held));
        FirstContentAt = stream.FirstContentAt;
        Notes = stream.Notes;
        Take();
    }

    /// <inheritdoc/>
    public override UsageDetails? Usage => _stream.Usage;

    /// <inheritdoc/>
    public override async ValueTask<StreamSignal> ReadAsync(CallClock clock, TimeSpan? idle, bool async = true)
    {
        await _stream.ReadAsync(clock, idle, async).ConfigureAwait(false);
        return Take();
    }

    /// <inheritdoc/>
    public override bool TryRead()
    {
        if (!_stream.TryRead()) return false;
        Take();
        return true;
    }

    public override void Dispose() => _stream.Dispose();

    private StreamSignal Take()
    {
        Failure = _stream.Failure;
        Tier = _stream.Tier;
        Signal = _stream.Signal;
        Update = Signal is StreamSignal.Completed ? _writer.End(_stream.Update, _stream.Usage) : _stream.Update is { } update ? _writer.Write(update) : null;
        return Signal;
    }
}
