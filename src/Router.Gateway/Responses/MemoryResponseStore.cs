namespace RouterGen;

/// <summary>Responses in the memory of the process: they end with it, and serve one instance. The oldest go first where there are too many, or they are too large. Thread-safe.</summary>
/// <param name="maxCount">The most responses; 1 or more.</param>
/// <param name="maxBytes">The most bytes of all responses together; 1 or more. A response that is larger by itself is not kept.</param>
/// <exception cref="ArgumentOutOfRangeException">A limit is less than 1.</exception>
public sealed class MemoryResponseStore(int maxCount = 10_000, long maxBytes = 64L * 1024 * 1024) : IResponseStore
{
    // What a response costs beside its content: its entries here, and texts such as ids.
    private const int Overhead = 1024;

    private readonly int _maxCount = maxCount > 0 ? maxCount : throw new ArgumentOutOfRangeException(nameof(maxCount));
    private readonly long _maxBytes = maxBytes > 0 ? maxBytes : throw new ArgumentOutOfRangeException(nameof(maxBytes));
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Owner, string Id), LinkedListNode<KeptEntry>> _byId = [];
    private readonly Dictionary<(string Owner, string Item), string> _byItem = [];
    private readonly LinkedList<KeptEntry> _oldestFirst = new();
    private long _bytes;

    /// <inheritdoc/>
    public ValueTask KeepAsync(StoredResponse response, IReadOnlyList<string> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(items);
        var entry = new KeptEntry(response, [.. items]);
        lock (_gate)
        {
            if (_byId.TryGetValue((response.Owner, response.Id), out LinkedListNode<KeptEntry>? before)) Remove(before);
            if (entry.Bytes > _maxBytes) return default;
            _byId[(response.Owner, response.Id)] = _oldestFirst.AddLast(entry);
            foreach (string item in entry.Items) _byItem[(response.Owner, item)] = response.Id;
            _bytes += entry.Bytes;
            while (_byId.Count > _maxCount || _bytes > _maxBytes) Remove(_oldestFirst.First!);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<StoredResponse?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        lock (_gate) return new(Find(owner, id));
    }

    /// <inheritdoc/>
    public ValueTask<StoredResponse?> FindByItemAsync(string owner, string item, CancellationToken cancellationToken)
    {
        lock (_gate) return new(_byItem.TryGetValue((owner, item), out string? id) ? Find(owner, id) : null);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue((owner, id), out LinkedListNode<KeptEntry>? found)) return new(false);
            Remove(found);
            return new(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            LinkedListNode<KeptEntry>[] ended = [.. _byId.Values.Where(node => node.Value.Response.Expires <= now)];
            foreach (LinkedListNode<KeptEntry> node in ended) Remove(node);
            return new(ended.Length);
        }
    }

    private StoredResponse? Find(string owner, string id) => _byId.TryGetValue((owner, id), out LinkedListNode<KeptEntry>? found) ? found.Value.Response : null;

    private void Remove(LinkedListNode<KeptEntry> node)
    {
        (StoredResponse response, string[] items) = node.Value;
        _oldestFirst.Remove(node);
        _byId.Remove((response.Owner, response.Id));
        _bytes -= node.Value.Bytes;
        foreach (string item in items)
        {
            // Another response that was kept later may have the same item.
            if (_byItem.TryGetValue((response.Owner, item), out string? id) && id == response.Id) _byItem.Remove((response.Owner, item));
        }
    }

    private sealed record KeptEntry(StoredResponse Response, string[] Items)
    {
        public long Bytes { get; } = Response.Response.Length + Response.Input.Length + ((1L + Items.Length) * Overhead);
    }
}
