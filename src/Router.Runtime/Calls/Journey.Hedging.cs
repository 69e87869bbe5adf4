using System.Diagnostics.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen;

// A second attempt beside one that takes unusually long.
internal sealed partial class Journey
{
    /// <summary>How long the attempt may take before it is hedged; null where it is not.</summary>
    public TimeSpan? HedgeDelay => Group.Hedging?.Delay(Request.IsStreaming);

    /// <summary>Finds and enters a deployment to ask beside <see cref="Deployment"/>, where the group's budget for that allows it.</summary>
    public bool TryHedge([NotNullWhen(true)] out AttemptScope? second)
    {
        ref Leg leg = ref _legs[_current];
        DeploymentSet others = leg.Tried;
        others.Add(Deployment.Index);
        long now = _router.Clock.Now;
        second = null;
        if (!MayAskAgain || !leg.Group.Hedging!.CanPay || leg.Group.Queue.Length > 0) return false; // Those in the queue wait for a first answer.
        if (!leg.Group.Picker.TryPick(PolicyOf(leg.Group), _call, leg.ChoiceWithout(others), now, out Deployment picked, out Lease lease, out _)) return false;
        second = new AttemptScope(picked, picked.CredentialsFor(Routing), lease);
        if (!lease.IsProbe && leg.Group.Hedging.TryTake(picked, now)) return true;
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
