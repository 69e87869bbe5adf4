using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

// The outcomes of attempts, and the summary of them at the end of the call.
internal sealed partial class CallRoute
{
    /// <summary>Gets why the last attempt failed; null where none was made.</summary>
    public AttemptFailure? LastFailure => _failure;

    public Attempt[] Attempts => _failed?.ToArray() ?? [];

    /// <summary>Notes that the caller cancelled while <see cref="Deployment"/> was being asked.</summary>
    public void NoteCanceled() => NoteCanceled(Attempt);

    /// <summary>Notes that the caller cancelled while a deployment was being asked.</summary>
    public void NoteCanceled(AttemptScope attempt) =>
        (_failed ??= []).Add(Describe(attempt.Deployment, _router.Clock.Since(attempt.Started), new AttemptFailure(FailureKind.Canceled, "The caller cancelled the call.")));

    /// <summary>Notes that <see cref="Deployment"/> has answered, or begun to.</summary>
    public void NoteAnswer() => Group.Hedging?.Note(Request.IsStreaming, _router.Clock.Since(Attempt.Started));

    /// <summary>
    /// Whether a failure says nothing about <see cref="Deployment"/>: the deadline ended it, which had left it little time,
    /// or which counts that of a stream's consumer too.
    /// </summary>
    public bool ProvesNothing(AttemptFailure failure) =>
        failure.AtDeadline && (Attempt.Lease.IsTimed || _router.Clock.Since(Attempt.Started) < Requested.Settings.Timeout / 4);

    /// <summary>Ends an attempt that failed.</summary>
    /// <param name="told">Why it failed, as the provider or the transport told it.</param>
    /// <param name="usage">What the provider had counted; null where it did not say.</param>
    /// <param name="value">What came beside the failure; it may still be handed on.</param>
    public void EndFailed(AttemptFailure told, UsageDetails? usage, object? value)
    {
        if (value is not null) PassOver(value, told.Kind);
        NoteFailure(Attempt.End(new AttemptReport { Failure = told, NotAsked = told.IsMocked, Abandoned = ProvesNothing(told), Usage = usage, IsCut = true })!);
    }

    /// <summary>Notes how the attempt at <see cref="Deployment"/> failed.</summary>
    public void NoteFailure(AttemptFailure failure)
    {
        (_failed ??= []).Add(Describe(failure));
        _failure = failure;
        ref GroupVisit visit = ref _visits[_current];
        FailureRule rule = FailureRule.For(failure.Kind);
        visit.Tried.Add(Deployment.Index);
        if (!rule.RetrySame) visit.Hopeless.Add(Deployment.Index);
        if (!rule.RetrySame || !Routing.AllowsAnother(FailuresHere(failure.Kind), failure.Kind)) visit.Excluded.Add(Deployment.Index);
        if (!rule.TryAnother)
        {
            visit.IsClosed = true;
            _isOver = !HasFallbackFor(failure.Kind);
        }

        if (failure.Kind is FailureKind.ContextWindowExceeded) visit.LongerThan = Math.Max(visit.LongerThan, Deployment.ModelLimits.LongestPrompt ?? 1);
        long now = _router.Clock.Now;
        long asked = Attempt.Lease.AskedOfCaller(failure, Group.Settings.MaxRetryAfter).Ticks;
        _noRetryBefore = now + Math.Max(_router.Random.Jitter(Backoff(_retries)).Ticks, asked);
        if (asked > 0) _askedOfCaller = Math.Max(_askedOfCaller, now + asked);
    }

    /// <summary>Notes in the usage of a call what it cost, where that may be added to the usage of other calls.</summary>
    public void NoteCost(in AttemptReport report)
    {
        if (Request.IsPartOfMany) CallCost.Note(report.Usage, Deployment.Prices, CircumstancesOf(report));
    }

    /// <summary>Tells how the answer of <see cref="Deployment"/>, which has now come to its end, came about.</summary>
    public RouteSummary Summarize(in AttemptReport report) => new(
        Deployment.ModelUsed,
        Deployment.Name,
        Deployment.Prices,
        CircumstancesOf(report),
        _router.Clock.Since(Clock.Started),
        report.FirstContentAt is { } at ? new TimeSpan(at - Attempt.Started) : null,
        HandsOnEmpty ? Attempts : _failed is null ? [Describe(null)] : [.. _failed, Describe(null)]);

    private CallCircumstances CircumstancesOf(in AttemptReport report) => Deployment.CircumstancesOf(Attempt.Lease, report.Tier);

    private int FailedAttempts => _failed?.Count ?? 0;

    /// <summary>How often <see cref="Deployment"/> has failed in this way.</summary>
    private int FailuresHere(FailureKind kind) =>
        _failed!.Count(attempt => attempt.Outcome == kind && attempt.Deployment == Deployment.Name && attempt.Group == Group.Name);

    private Attempt Describe(AttemptFailure? failure) => Describe(Deployment, _router.Clock.Since(Attempt.Started), failure);

    private Attempt Describe(Deployment deployment, TimeSpan duration, AttemptFailure? failure) => RouterGen.Attempt.Of(Group.Name, deployment.Name, deployment.ModelUsed, duration, failure);
}
