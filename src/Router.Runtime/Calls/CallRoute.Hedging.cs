using System.Diagnostics.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen;

// A second attempt beside one that takes unusually long.
internal sealed partial class CallRoute
{
    /// <summary>Gets how long the attempt may take before it is hedged; null where it is not.</summary>
    public TimeSpan? HedgeDelay => Group.Hedging is not { } hedging ? null : Group.Settings.HedgeDelay is { Ticks: > 0 } stated ? stated : hedging.Delay(Request.IsStreaming);

    /// <summary>Finds and enters a deployment to ask beside <see cref="Deployment"/>, where the group's budget for that allows it.</summary>
    public bool TryHedge([NotNullWhen(true)] out AttemptScope? second)
    {
        ref GroupVisit visit = ref _visits[_current];
        DeploymentSet others = visit.Tried;
        others.Add(Deployment.Index);
        long now = _router.Clock.Now;
        second = null;
        if (!MayAskAgain || !visit.Group.Hedging!.CanPay || visit.Group.Queue.Length > 0) return false; // Those in the queue wait for a first answer.
        if (!visit.Group.Picker.TryPick(PolicyOf(visit.Group), _call, visit.FilterWithout(others), now, out Deployment picked, out Lease lease, out _)) return false;
        second = new AttemptScope(picked, picked.CredentialsFor(Routing), lease);
        if (!lease.IsProbe && visit.Group.Hedging.TryTake(picked, now)) return true;
        second.EndUnasked();
        return false;
    }

    /// <summary>Goes on with one of two deployments that were asked at once.</summary>
    public void Adopt(AttemptScope attempt) => Attempt = attempt;

    /// <summary>Notes that a deployment was asked beside the one that answered, and too slow.</summary>
    public void NoteSuperseded(AttemptScope attempt)
    {
        TimeSpan waited = _router.Clock.Since(attempt.Started);
        (_failed ??= []).Add(Describe(attempt.Deployment, waited, new AttemptFailure(FailureKind.Superseded, "Another deployment answered first.")));
        Group.Hedging!.Note(Request.IsStreaming, waited);
    }
}
