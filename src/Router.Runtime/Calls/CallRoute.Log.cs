using Microsoft.Extensions.Logging;

namespace RouterGen;

// What is logged of a call: a line at its end, and one for each failover. Nothing is counted or allocated where neither is asked for.
internal sealed partial class CallRoute
{
    /// <summary>Logs that <see cref="Deployment"/> is asked in the place of another one that has failed.</summary>
    public void LogFailover()
    {
        if (_failed is not [.., var last] || !_router.Logger.IsEnabled(LogLevel.Information) || (last.Deployment == Deployment.Name && last.Group == Group.Name)) return;
        RouterLog.FailedOver(_router.Logger, Requested.Name, Deployment.Name, Group.Name, last.Deployment, last.Group, last.Outcome);
    }

    /// <summary>Logs how the call ended. One of which no end was noted was a stream that its caller left, and so cancelled.</summary>
    private void LogEnd()
    {
        if (!_router.Logger.IsEnabled(LogLevel.Debug)) return;
        double milliseconds = _router.Clock.Since(Clock.Started).TotalMilliseconds;
        if (_outcome is FailureKind.None) RouterLog.CallAnswered(_router.Logger, Requested.Name, Deployment.Name, milliseconds, FailedAttempts);
        else RouterLog.CallNotAnswered(_router.Logger, Requested.Name, milliseconds, _outcome ?? FailureKind.Canceled, FailedAttempts);
    }
}
