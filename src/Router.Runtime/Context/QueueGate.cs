namespace RouterGen;

/// <summary>
/// What guards the queues of a router: one lock for all of them, since a call may stand in several. Taken only while
/// calls wait.
/// </summary>
internal sealed class QueueGate
{
    private long _tickets;

    public Lock Lock { get; } = new();

    /// <summary>How many calls wait, in whichever queues; one that was let go does not, even before it has gone on. Changed under the lock.</summary>
    public int Waiting { get; set; }

    /// <summary>The number of a call that begins to wait. Called under the lock.</summary>
    public long NextTicket() => ++_tickets;
}
