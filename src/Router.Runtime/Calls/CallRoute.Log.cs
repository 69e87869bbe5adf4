using Microsoft.Extensions.Logging;

namespace RouterGen;

// What is logged of a call: a line at its end, and one for each failover. Nothing is counted or allocated where neither is asked for.
internal sealed partial class CallRoute
{
    private bool _isAnswered;
    private FailureKind _failedAs = FailureKind.Canceled; // A caller that leaves a stream early cancels it, too.

    /// <summary>Notes that the answer has come to its end.</summary>
    public void NoteCompletion() => _isAnswered = true;

    /// <summary>Notes what the caller is told in place of an answer.</summary>
    public void NoteEnd(FailureKind kind) => _failedAs = kind;

    /// <summary>Logs that <see cref="Deployment"/> is asked in the place of another one that has failed.</summary>
    public void LogFailover()
    {
        if (_failed is not [.., var last] || !_router.Logger.IsEnabled(LogLevel.Information) || (last.Deployment == Deployment.Name && last.Group == Group.Name)) return;
        RouterLog.FailedOver(_router.Logger, Requested.Name, Deployment.Name, Group.Name, last.Deployment, last.Group, last.Outcome);
    }

    /// <summary>Logs how the call ended.</summary>
    public void LogEnd()
    {
        if (!_router.Logger.IsEnabled(LogLevel.Debug)) return;
        double milliseconds = _router.Clock.Since(Clock.Started).TotalMilliseconds;
        if (_isAnswered) RouterLog.CallAnswered(_router.Logger, Requested.Name, Deployment.Name, milliseconds, FailedAttempts);
        else RouterLog.CallNotAnswered(_router.Logger, Requested.Name, milliseconds, _failedAs, FailedAttempts);
    }
}
