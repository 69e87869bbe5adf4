namespace RouterGen;

/// <summary>
/// What guards the queues of a router: one lock for all of them, since a call may stand in several. Taken only while
/// calls wait.
/// </summary>
internal sealed class QueueGate
{
    private readonly Queue<Action> _afterwards = new();
    private long _tickets;

    public Lock Lock { get; } = new();

    /// <summary>How many calls wait, in whichever queues; one that was let go does not, even before it has gone on. Changed under the lock.</summary>
    public int Waiting { get; set; }

    /// <summary>The number of a call that begins to wait. Called under the lock.</summary>
    public long NextTicket() => ++_tickets;

    /// <summary>
    /// Defers work that is raised during a look at the queues (a policy of the user's is asked there, and may do this and
    /// that) until it is over. Called under the lock.
    /// </summary>
    public void Defer(Action action) => _afterwards.Enqueue(action);

    /// <summary>Does what was deferred. Called by the thread that looked, when it has released the lock.</summary>
    public void CatchUp()
    {
        while (_afterwards.Count > 0) // What this thread has deferred it sees; another one's is not its affair.
        {
            Action? next;
            lock (Lock) _afterwards.TryDequeue(out next);
            next?.Invoke();
        }
    }
}
