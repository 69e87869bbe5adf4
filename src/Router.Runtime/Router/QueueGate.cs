namespace RouterGen;

/// <summary>
/// What guards the queues of a router: one lock for all of them, since a call may stand in several. Taken only while
/// calls wait. No policy of the user's runs under it.
/// </summary>
internal sealed class QueueGate
{
    private readonly AsyncLocal<Question?> _question = new();
    private long _tickets;

    public Lock Lock { get; } = new();

    /// <summary>Gets how many calls wait, in any queue; a call that was released does not, even before it has gone on. Changed under the lock.</summary>
    public int Waiting { get; set; }

    /// <summary>Gets the look through the queues that is under way, on the thread that holds the lock; null where none is. Used under the lock.</summary>
    public object? Look { get; set; }

    /// <summary>Returns the number of a call that begins to wait. Called under the lock.</summary>
    public long NextTicket() => ++_tickets;

    /// <summary>Gets the rank of the waiting call about which a policy is being asked, in what the policy itself does; null elsewhere.</summary>
    public QueueRank? Asked => _question.Value is { IsOver: false } question ? question.Rank : null;

    /// <summary>A policy of the user's is asked about a waiting call, until the result is disposed.</summary>
    public Question Ask(QueueRank rank) => _question.Value = new Question(this, rank);

    /// <summary>What flows into all that a policy starts while it is asked. What goes on behind its answer sees that it is over.</summary>
    internal sealed class Question(QueueGate gate, QueueRank rank) : IDisposable
    {
        private readonly Question? _outer = gate._question.Value;

        public QueueRank Rank => rank;

        public bool IsOver { get; private set; }

        public void Dispose()
        {
            IsOver = true;
            gate._question.Value = _outer;
        }
    }
}
