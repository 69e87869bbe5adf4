using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A policy that is not ours: what it does wrong is logged, and harms no call.</summary>
internal sealed class GuardedPolicy(SelectionPolicy inner, SelectionPolicy fallback, RouterContext router, string group) : SelectionPolicy
{
    private const long SilenceBetweenLogs = TimeSpan.TicksPerMinute;

    private long _silentUntil = long.MinValue;

    public SelectionPolicy Inner => inner;

    internal override bool DecidesAlone => true;

    public override int Pick(in SelectionContext context)
    {
        Exception? problem = null;
        int index = -1;
        try
        {
            index = inner.Pick(context);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            problem = exception;
        }

        if (problem is null && (uint)index < (uint)context.Count) return index;
        if (MayLog())
        {
            if (problem is not null) RouterLog.PolicyFailed(router.Logger, group, problem);
            else RouterLog.PolicyOutOfRange(router.Logger, group, index, context.Count);
        }

        return fallback.Pick(context);
    }

    public override void Observe(in AttemptObservation observation)
    {
        try
        {
            inner.Observe(observation);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (MayLog()) RouterLog.PolicyFailed(router.Logger, group, exception);
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
            if (MayLog()) RouterLog.PolicyFailed(router.Logger, group, exception);
        }
    }

    /// <summary>Whether a minute has passed since something was logged: a broken policy would fill the log.</summary>
    private bool MayLog()
    {
        long now = router.Clock.Now;
        long until = Volatile.Read(ref _silentUntil);
        return now >= until && Interlocked.CompareExchange(ref _silentUntil, now + SilenceBetweenLogs, until) == until;
    }
}
