namespace RouterGen;

/// <summary>
/// Learns what a router does: calls, their attempts, what follows from failures, and what it costs. All members are optional. They are called on the thread
/// on which the thing happened, with nothing locked, and the call waits for them: what takes long belongs into a queue. What an observer throws is logged, and
/// reaches neither the call nor other observers. Two attempts of one call may be under way at once, where the group hedges. Give it to <see cref="RouterOptions.Observers"/>.
/// </summary>
public interface IRouterObserver
{
    /// <summary>A call has begun.</summary>
    /// <param name="call">The call.</param>
    void CallStarted(ObservedCall call)
    {
    }

    /// <summary>A deployment is about to be asked.</summary>
    /// <param name="attempt">The attempt.</param>
    void AttemptStarted(ObservedAttempt attempt)
    {
    }

    /// <summary>The first content of a stream has arrived. Not called for answers in one piece.</summary>
    /// <param name="attempt">The attempt, whose <see cref="ObservedAttempt.TimeToFirstToken"/> is set.</param>
    void FirstToken(ObservedAttempt attempt)
    {
    }

    /// <summary>An attempt has ended, in whatever way: what it was billed for is in its <see cref="ObservedAttempt.Cost"/>.</summary>
    /// <param name="attempt">The attempt.</param>
    void AttemptEnded(ObservedAttempt attempt)
    {
    }

    /// <summary>A call has waited: for a limit, for a deployment that had failed, or because it backed off.</summary>
    /// <param name="call">The call.</param>
    /// <param name="reason">What it waited for.</param>
    /// <param name="duration">How long.</param>
    void CallWaited(ObservedCall call, WaitReason reason, TimeSpan duration)
    {
    }

    /// <summary>A call goes on to a fallback group.</summary>
    /// <param name="call">The call.</param>
    /// <param name="group">The name of the group that takes over.</param>
    void FallbackEntered(ObservedCall call, string group)
    {
    }

    /// <summary>A call has ended: with an answer, a failure, or because its caller had no more use for it.</summary>
    /// <param name="call">The call.</param>
    void CallEnded(ObservedCall call)
    {
    }

    /// <summary>A deployment cools down, recovers, is taken out of service and the like; the same as <see cref="RouterOptions.DeploymentChanged"/>.</summary>
    /// <param name="change">What happened.</param>
    void DeploymentChanged(DeploymentChange change)
    {
    }
}

/// <summary>What a call waited for.</summary>
public enum WaitReason
{
    /// <summary>For a rate limit, a free slot, or a budget's next period.</summary>
    Limits,

    /// <summary>For a deployment that had failed to come back, or for the end of a backoff.</summary>
    Recovery,
}
