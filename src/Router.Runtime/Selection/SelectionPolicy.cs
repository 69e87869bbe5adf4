namespace RouterGen;

/// <summary>
/// Picks one of the deployments that can take a call. One instance serves all calls of a group at once, and so must be
/// thread-safe; it should not block or allocate.
/// </summary>
public abstract class SelectionPolicy
{
    /// <summary>What <see cref="Pick"/> returns to refuse a call: none of the deployments to choose from takes it.</summary>
    public const int Refuse = -1;

    /// <summary>
    /// Picks a deployment. No lock of the router is held. Where the call has waited, calls behind it in the queue leave to it the
    /// deployments that it waits for until this returns, so it should not take long. A call of a group that is made in here goes
    /// before the call that this is asked about.
    /// </summary>
    /// <param name="context">The call, and the deployments to choose from; at least one.</param>
    /// <returns>
    /// The index of the chosen one in <paramref name="context"/>, or <see cref="Refuse"/>. A refused call waits for deployments
    /// that could not be offered, and fails where there are none; no fallback group takes it over. An index that is out of
    /// range, or an exception, is logged and counts as a refusal.
    /// </returns>
    public abstract int Pick(in SelectionContext context);

    /// <summary>Learns how an attempt went. Called once for each attempt that got a verdict, on the thread that ended it.</summary>
    /// <param name="observation">How it went.</param>
    public virtual void Observe(in AttemptObservation observation)
    {
    }

    /// <summary>Gets whether it shares calls out by weight and by nothing else, so that a session stays with its deployment however slow that is.</summary>
    internal virtual bool KeepsShares => false;

    /// <summary>Gets whether it is asked also for calls that belong to others before them; see <see cref="SelectionContext.PinnedIndex"/>.</summary>
    internal virtual bool DecidesAlone => false;

    /// <summary>
    /// Learns that a stream has brought its first content, long before <see cref="Observe"/> reports its end. Called on the
    /// thread that reads the stream, which waits for it.
    /// </summary>
    /// <param name="deployment">The deployment that streams.</param>
    /// <param name="timeToFirstToken">From the start of the attempt to its first content.</param>
    public virtual void ObserveFirstToken(Deployment deployment, TimeSpan timeToFirstToken)
    {
    }

    /// <summary>A policy of one function.</summary>
    /// <param name="pick">What <see cref="Pick"/> does.</param>
    public static SelectionPolicy Create(DeploymentChooser pick)
    {
        ArgumentNullException.ThrowIfNull(pick);
        return new Chosen(pick);
    }

    private sealed class Chosen(DeploymentChooser pick) : SelectionPolicy
    {
        public override int Pick(in SelectionContext context) => pick(context);
    }
}

/// <summary>Picks one of the deployments that can take a call; see <see cref="SelectionPolicy.Pick"/>.</summary>
/// <param name="context">The call, and the deployments to choose from.</param>
public delegate int DeploymentChooser(in SelectionContext context);
