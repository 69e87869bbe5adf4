using RouterGen.Infrastructure;

namespace RouterGen;

// What it costs to find out whether the deployment works again, and which request pays for that.
public sealed partial class Deployment
{
    /// <summary>Gets whether a call that it fails may be kept waiting for long: calls go elsewhere where they can.</summary>
    internal bool IsCostlyToTry => Breakers.Outage.IsCostly && !Breakers.Outage.IsClosed;

    /// <summary>A probe in the background cannot find out; so the next call does.</summary>
    internal void LetCallsTry() => SetCostly(false);

    /// <summary>
    /// What a failure has cost: how long was waited in vain. Nothing where a call that was made later has been answered: the
    /// deployment works, and one answer went astray. Nor where the call's own deadline ended the wait, as it does where
    /// nothing else could have answered: a rest would keep the next call from the only deployment that may answer it.
    /// </summary>
    private TimeSpan CostOf(AttemptFailure failure, in Lease lease, long now)
    {
        if (failure.AtDeadline || _endpoint.NewestAnswered > lease.Entered) return TimeSpan.Zero;
        if (!lease.IsTimed) return new TimeSpan(now - lease.Entered);
        return failure.Kind is FailureKind.Timeout ? GroupSettings.StreamIdleTimeout : TimeSpan.Zero;
    }

    private void SetCostly(bool value)
    {
        if (Breakers.Outage.SetCostly(value)) _context.SharedStates.CountCostly(value);
    }
}
