using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>The observers of a router, and the one that a call may have of its own. What one throws is logged, and reaches neither the call nor the others.</summary>
/// <param name="observers">The observers, in the order in which they are told.</param>
/// <param name="router">The router, which logs.</param>
internal sealed class ObserverList(IRouterObserver[] observers, RouterContext router)
{
    /// <summary>Gets whether there is none.</summary>
    public bool IsEmpty => observers.Length == 0;

    public void CallStarted(ObservedCall call) => Tell(call, observer => observer.CallStarted(call));

    public void AttemptStarted(ObservedAttempt attempt) => Tell(attempt.Call, observer => observer.AttemptStarted(attempt));

    public void FirstToken(ObservedAttempt attempt) => Tell(attempt.Call, observer => observer.FirstToken(attempt));

    public void AttemptEnded(ObservedAttempt attempt) => Tell(attempt.Call, observer => observer.AttemptEnded(attempt));

    public void CallWaited(ObservedCall call, WaitReason reason, TimeSpan duration) => Tell(call, observer => observer.CallWaited(call, reason, duration));

    public void FallbackEntered(ObservedCall call, string group) => Tell(call, observer => observer.FallbackEntered(call, group));

    public void CallEnded(ObservedCall call) => Tell(call, observer => observer.CallEnded(call));

    public void DeploymentChanged(DeploymentChange change) => Tell(call: null, observer => observer.DeploymentChanged(change));

    private void Tell(ObservedCall? call, Action<IRouterObserver> tell)
    {
        foreach (IRouterObserver observer in observers) Tell(observer, tell);
        if (call?.Routing.Observer is IRouterObserver own) Tell(own, tell);
    }

    private void Tell(IRouterObserver observer, Action<IRouterObserver> tell)
    {
        try
        {
            tell(observer);
        }
        catch (Exception exception)
        {
            RouterLog.RouterObserverFailed(router.Logger, observer.GetType().Name, exception.GetType().Name);
            RouterLog.ForeignException(router.Logger, router.MessageLevel(LogLevel.Error), observer.GetType().Name, exception);
        }
    }
}
