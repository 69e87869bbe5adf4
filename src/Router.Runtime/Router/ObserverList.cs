using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>The observers of a router. What one throws is logged, and reaches neither the call nor the others.</summary>
/// <param name="observers">The observers, in the order in which they are told.</param>
/// <param name="router">The router, which logs.</param>
internal sealed class ObserverList(IRouterObserver[] observers, RouterContext router)
{
    /// <summary>Gets whether there is none.</summary>
    public bool IsEmpty => observers.Length == 0;

    public void CallStarted(ObservedCall call) => Tell(static (observer, call) => observer.CallStarted(call), call);

    public void AttemptStarted(ObservedAttempt attempt) => Tell(static (observer, attempt) => observer.AttemptStarted(attempt), attempt);

    public void FirstToken(ObservedAttempt attempt) => Tell(static (observer, attempt) => observer.FirstToken(attempt), attempt);

    public void AttemptEnded(ObservedAttempt attempt) => Tell(static (observer, attempt) => observer.AttemptEnded(attempt), attempt);

    public void CallWaited(ObservedCall call, WaitReason reason, TimeSpan duration) =>
        Tell(static (observer, wait) => observer.CallWaited(wait.Call, wait.Reason, wait.Duration), (Call: call, Reason: reason, Duration: duration));

    public void FallbackEntered(ObservedCall call, string group) => Tell(static (observer, fallback) => observer.FallbackEntered(fallback.Call, fallback.Group), (Call: call, Group: group));

    public void CallEnded(ObservedCall call) => Tell(static (observer, call) => observer.CallEnded(call), call);

    public void DeploymentChanged(in DeploymentChange change) => Tell(static (observer, change) => observer.DeploymentChanged(change), change);

    private void Tell<T>(Action<IRouterObserver, T> tell, T what)
    {
        foreach (IRouterObserver observer in observers)
        {
            try
            {
                tell(observer, what);
            }
            catch (Exception exception)
            {
                RouterLog.RouterObserverFailed(router.Logger, observer.GetType().Name, exception.GetType().Name);
                RouterLog.ForeignException(router.Logger, router.MessageLevel(LogLevel.Error), observer.GetType().Name, exception);
            }
        }
    }
}
