using System.Collections.Concurrent;

namespace RouterGen.FakeProviders;

/// <summary>A <see cref="Reply"/>, with the bytes that it has been turned into where they are to be kept.</summary>
internal sealed class ReplySource(Reply reply)
{
    private readonly ConcurrentDictionary<(WireDialect Dialect, bool Streamed, bool WithUsage), byte[][]> _prebuilt = new();

    public Reply Reply { get; } = reply;

    /// <summary>What to write for the call, one element a write; from the store if it is there.</summary>
    public byte[][] Prebuilt(Exchange exchange)
    {
        var key = (exchange.Dialect, exchange.IsStreamed, exchange.WantsUsage);
        return _prebuilt.TryGetValue(key, out byte[][]? writes) ? writes : _prebuilt.GetOrAdd(key, exchange.BuildWrites());
    }
}
