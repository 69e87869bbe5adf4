namespace RoutingLab;

/// <summary>Something that happens at a simulated time.</summary>
internal interface IScheduled
{
    /// <summary>It is due.</summary>
    /// <param name="ticket">What it was scheduled with: whoever was scheduled anew in the meantime knows an old ticket by it.</param>
    void Fire(int ticket);
}

/// <summary>
/// What is still to happen, in the order of due times; what is due at the same time, in the order in which it was
/// scheduled. A binary heap. Nothing is ever taken out of the middle: what was cancelled fires with an old ticket.
/// </summary>
internal sealed class EventHeap
{
    private Entry[] _entries = new Entry[1024];
    private long _order;

    public int Count { get; private set; }

    public void Push(long due, IScheduled target, int ticket)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        var entry = new Entry(due, _order++, target, ticket);
        int at = Count++;
        while (at > 0 && entry.IsBefore(_entries[(at - 1) / 2]))
        {
            _entries[at] = _entries[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _entries[at] = entry;
    }

    public (long Due, IScheduled Target, int Ticket) Pop()
    {
        Entry first = _entries[0];
        Entry last = _entries[--Count];
        _entries[Count] = default;
        if (Count > 0) Sink(last);
        return (first.Due, first.Target, first.Ticket);
    }

    private void Sink(in Entry entry)
    {
        int at = 0;
        while (true)
        {
            int child = 2 * at + 1;
            if (child >= Count) break;
            if (child + 1 < Count && _entries[child + 1].IsBefore(_entries[child])) child++;
            if (entry.IsBefore(_entries[child])) break;
            _entries[at] = _entries[child];
            at = child;
        }

        _entries[at] = entry;
    }

    private readonly struct Entry(long due, long order, IScheduled target, int ticket)
    {
        public readonly long Due = due;
        public readonly long Order = order;
        public readonly IScheduled Target = target;
        public readonly int Ticket = ticket;

        public bool IsBefore(in Entry other) => Due < other.Due || (Due == other.Due && Order < other.Order);
    }
}
