using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// A policy that is not ours. What it does wrong is logged, and fails the call: it may be there to keep calls from
/// deployments, so none is chosen in its place.
/// </summary>
internal sealed class GuardedPolicy(SelectionPolicy inner, RouterContext router, string group) : SelectionPolicy, IAttemptObserver
{
    private readonly LogPause _pause = new();

    public SelectionPolicy Inner => inner;

    internal override bool DecidesAlone => true;

    /// <returns>An index, <see cref="SelectionPolicy.Refuse"/>, or <see cref="Refusals.Failed"/>.</returns>
    public override int Pick(in SelectionContext context)
    {
        int index;
        try
        {
            index = inner.Pick(context);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (_pause.IsOver(router.Clock.Now)) Log(RouterLog.PolicyFailed, exception);
            return Refusals.Failed;
        }

        if (index == Refuse || (uint)index < (uint)context.Count) return index;
        if (_pause.IsOver(router.Clock.Now)) RouterLog.PolicyOutOfRange(router.Logger, group, index, context.Count);
        return Refusals.Failed;
    }

    public override void Observe(in AttemptObservation observation)
    {
        try
        {
            inner.Observe(observation);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (_pause.IsOver(router.Clock.Now)) Log(RouterLog.PolicyObservationFailed, exception);
        }
    }

    public override void ObserveFirstToken(Deployment deployment, TimeSpan timeToFirstToken)
    {
        try
        {
            inner.ObserveFirstToken(deployment, timeToFirstToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (_pause.IsOver(router.Clock.Now)) Log(RouterLog.PolicyObservationFailed, exception);
        }
    }

    /// <summary>A policy sees the messages, and its exceptions may quote them.</summary>
    private void Log(Action<ILogger, string, string> entry, Exception exception)
    {
        entry(router.Logger, group, exception.GetType().Name);
        RouterLog.ForeignException(router.Logger, router.MessageLevel(LogLevel.Error), group, exception);
    }
}
