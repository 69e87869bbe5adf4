using RouterGen.Infrastructure;

namespace RouterGen;

// What queues are made of.
internal sealed partial class CallQueue
{
    /// <summary>A call's place in one queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="waiter">The call that waits.</param>
    /// <param name="number">Which of the call's groups the queue is of.</param>
    /// <param name="wants">The deployments of the group that fit the call, whether they can take it now or not.</param>
    internal sealed class Place(CallQueue queue, Waiter waiter, int number, DeploymentSet wants)
    {
        public static readonly IComparer<Place> ByRank = Comparer<Place>.Create(static (one, other) => one.Waiter.Rank.CompareTo(other.Waiter.Rank));

        public static readonly IComparer<Place> ByStart = By(static waiter => waiter.NotBefore);

        public static readonly IComparer<Place> ByDeadline = By(static waiter => waiter.Deadline);

        public CallQueue Queue { get; } = queue;

        public Waiter Waiter { get; } = waiter;

        public int Number { get; } = number;

        public DeploymentSet Wants { get; } = wants;

        /// <summary>Gets those of the group's deployments for which the call brings a key of its own.</summary>
        public DeploymentSet Keyed { get; init; }

        /// <summary>Gets or sets the places of the same waiter, this one included.</summary>
        public Place[] All { get; set; } = [];

        /// <summary>Gets or sets whether it is taken: the queue had room, and the call was not released.</summary>
        public bool HasJoined { get; set; }

        /// <summary>Gets or sets what belongs to the call while it is the first of its lane, as of the last look; nothing where all of it belongs to calls ahead.</summary>
        public DeploymentSet Claimed { get; set; }

        /// <summary>Gets or sets what the call must leave to those ahead of it, where it decides.</summary>
        public DeploymentSet Respected { get; set; }

        private static Comparer<Place> By(Func<Waiter, long> moment) => Comparer<Place>.Create((one, other) =>
        {
            int order = moment(one.Waiter).CompareTo(moment(other.Waiter));
            return order != 0 ? order : ByRank.Compare(one, other);
        });
    }

    /// <summary>Those who want the same deployments, and bring keys of their own for the same.</summary>
    private sealed class Lane
    {
        private readonly SortedSet<Place> _waiting = new(Place.ByRank);
        private readonly SortedSet<Place> _deadlines = new(Place.ByDeadline); // also of those who back off

        /// <summary>Gets whether no call stands in it.</summary>
        public bool IsEmpty => _deadlines.Count == 0;

        /// <summary>Gets what waits and has its turn; null where all back off.</summary>
        public Place? First => _waiting.Min;

        /// <summary>Gets the call with the least time; null where none stands in it.</summary>
        public Place? FirstToGiveUp => _deadlines.Min;

        /// <summary>A call backs off.</summary>
        public void Join(Place place) => _deadlines.Add(place);

        /// <summary>Its backoff is over.</summary>
        public void Wait(Place place) => _waiting.Add(place);

        public void Remove(Place place)
        {
            _deadlines.Remove(place);
            _waiting.Remove(place);
        }
    }

    /// <summary>What one change brings about, in however many queues.</summary>
    private sealed class Settlement(RouterContext router)
    {
        private readonly Stack<CallQueue> _unsettled = new();

        /// <summary>Gets the calls whose wait is over; they go on when the lock is released.</summary>
        public List<Waiter> Woken { get; } = [];

        public void Unsettle(CallQueue queue)
        {
            if (queue._isUnsettled) return;
            queue._isUnsettled = true;
            _unsettled.Push(queue);
        }

        /// <summary>Looks through the queues, and through those that something changes in on the way.</summary>
        public void Settle()
        {
            router.QueueGate.Look = this;
            try
            {
                while (_unsettled.TryPop(out CallQueue? queue))
                {
                    queue._isUnsettled = false;
                    queue.Settle(this);
                }
            }
            finally
            {
                router.QueueGate.Look = null;
            }
        }

        /// <summary>The lock is released: the calls go on.</summary>
        public void Resume(Waiter? except = null)
        {
            foreach (Waiter waiter in Woken)
            {
                if (waiter != except) waiter.Resume(router.Clock);
            }
        }
    }
}
