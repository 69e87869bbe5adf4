namespace RouterGen;

/// <summary>The order in which waiting calls are served: by priority (lower first), then as the calls were made.</summary>
/// <param name="Priority">The caller's.</param>
/// <param name="Started">When the call was made, in ticks of the router's clock.</param>
/// <param name="Ticket">Among calls of the same moment: in which order they began to wait.</param>
internal readonly record struct QueueRank(int Priority, long Started, long Ticket) : IComparable<QueueRank>
{
    public int CompareTo(QueueRank other)
    {
        int order = Priority.CompareTo(other.Priority);
        if (order == 0) order = Started.CompareTo(other.Started);
        return order != 0 ? order : Ticket.CompareTo(other.Ticket);
    }
}
