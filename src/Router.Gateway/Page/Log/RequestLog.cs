namespace RouterGen.Gateway.Page.Log;

/// <summary>The latest requests, as many as are to be kept; content goes earlier where all of it together is too much. Not thread-safe.</summary>
/// <param name="capacity">How many requests are kept.</param>
/// <param name="contentBytes">How many bytes of content are kept.</param>
internal sealed class RequestLog(int capacity, long contentBytes)
{
    private readonly Queue<long> _withContent = new();
    private RequestEntry[] _entries = new RequestEntry[Math.Min(capacity, 64)]; // grows with what comes
    private long _bytes;

    /// <summary>Gets how many requests have ended.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a request.</summary>
    public void Add(RequestEntry entry)
    {
        long number = ++Count;
        if (_entries.Length < capacity && number > _entries.Length) Array.Resize(ref _entries, Math.Min(capacity, _entries.Length * 4));
        ref RequestEntry place = ref _entries[(number - 1) % _entries.Length];
        if (place?.Content is { } overwritten) Forget(overwritten);
        entry.Number = number;
        place = entry;
        if (entry.Content is not { } content) return;
        _bytes += content.Bytes;
        _withContent.Enqueue(number);
        while (_bytes > contentBytes && _withContent.TryDequeue(out long oldest)) Strip(oldest);
    }

    /// <summary>Returns the requests that are kept, latest first.</summary>
    /// <param name="after">Those that ended after this one alone.</param>
    /// <param name="most">How many at most.</param>
    public RequestEntry[] Latest(long after = 0, int most = int.MaxValue)
    {
        long kept = Math.Min(Count, _entries.Length);
        long wanted = Math.Min(Math.Min(kept, Math.Max(0, Count - after)), most);
        var found = new RequestEntry[wanted];
        for (int i = 0; i < wanted; i++) found[i] = _entries[(Count - 1 - i) % _entries.Length];
        return found;
    }

    /// <summary>Adds to a request what became of an attempt that ended after it; nothing where the request is not kept any more.</summary>
    public void EndLate(string id, RequestAttempt attempt)
    {
        RequestEntry? entry = Array.Find(Latest(), one => one.Id == id);
        int at = entry is null ? -1 : entry.Attempts.ToList().FindIndex(one => one.IsUnderWay && (one.Group, one.Deployment) == (attempt.Group, attempt.Deployment));
        if (at < 0) return;
        RequestAttempt[] attempts = [.. entry!.Attempts];
        attempts[at] = attempt;
        _entries[(entry.Number - 1) % _entries.Length] = entry with { Attempts = attempts, Cost = attempt.Cost is { } cost ? (entry.Cost ?? 0) + cost : entry.Cost };
    }

    // The entry that is overwritten is the oldest of all, and so is its content.
    private void Forget(RequestContent content)
    {
        _bytes -= content.Bytes;
        _withContent.Dequeue();
    }

    private void Strip(long number)
    {
        ref RequestEntry place = ref _entries[(number - 1) % _entries.Length];
        _bytes -= place.Content!.Bytes;
        place = place with { Content = null };
    }
}
