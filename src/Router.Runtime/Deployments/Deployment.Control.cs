namespace RouterGen;

// What can be changed while calls run. Settings are one immutable object behind one field: a change takes effect with the
// next pick, and calls under way go on as they began.
public sealed partial class Deployment
{
    private volatile DeploymentSettings _settings;
    private TaskCompletionSource<bool>? _idle;  // completed when the last call of a draining deployment has left
    private int _isDrainedUntold;               // 1 while a drain has begun whose end was not announced

    /// <summary>
    /// Takes the deployment out of service gently, in a fleet at all instances: it takes no new calls but those that name it
    /// (<see cref="CallOptions.Deployment"/>) and, for ten minutes, those whose session is pinned to it; calls under way go on.
    /// </summary>
    public void Drain() => Put(ServiceState.Draining);

    /// <summary>Takes the deployment out of service, in a fleet at all instances: it takes no new calls at all; calls under way go on.</summary>
    public void Disable() => Put(ServiceState.Disabled);

    /// <summary>Puts the deployment back into service, in a fleet at all instances. A cooldown goes on.</summary>
    public void Enable() => Put(ServiceState.Enabled);

    /// <summary>Drains the deployment as <see cref="Drain"/> does, and waits until no call is in flight there.</summary>
    /// <param name="cancellationToken">Ends the wait; the deployment goes on draining.</param>
    /// <exception cref="InvalidOperationException">It was enabled again before its last call had ended.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken = default)
    {
        Drain();
        if (await WhenIdle().WaitAsync(cancellationToken).ConfigureAwait(false)) return;
        throw new InvalidOperationException($"'{Name}' was enabled again before its last call had ended.");
    }

    /// <summary>Sets its share of the calls, relative to the weights of the other deployments, in a fleet at all instances.</summary>
    /// <param name="weight">0.000001 to 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not within these bounds.</exception>
    public void SetWeight(double weight)
    {
        if (!IsWeight(weight)) throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight must be between 0.000001 and 1000000.");
        Change(weight, static (settings, weight) => settings with { Weight = weight });
        _context.Fleet?.Tell(new SharedControl(FleetScope, State: null, weight));
    }

    /// <summary>
    /// Sets all its limits. What was used up of a limit stays used up, to an empty bucket at most. More calls in flight than
    /// <paramref name="maxConcurrency"/> go on; the next enters when there are fewer.
    /// </summary>
    /// <param name="rpm">Requests a minute; 1 or more, null is unlimited.</param>
    /// <param name="tpm">Tokens a minute; 1 or more, null is unlimited.</param>
    /// <param name="maxConcurrency">Calls in flight at once; 1 or more, null is unlimited.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is zero or negative.</exception>
    public void SetLimits(int? rpm, int? tpm, int? maxConcurrency)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rpm ?? 1, nameof(rpm));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tpm ?? 1, nameof(tpm));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxConcurrency ?? 1, nameof(maxConcurrency));
        Change(
            (Rpm: rpm ?? 0, Tpm: tpm ?? 0, Concurrency: maxConcurrency ?? 0, _context.Clock.Now),
            static (settings, limits) => settings.WithRates(limits.Rpm, limits.Tpm, limits.Now).WithConcurrency(limits.Concurrency));
    }

    /// <summary>Gets what holds at this moment.</summary>
    internal DeploymentSettings Settings => _settings;

    /// <summary>Whether a number can be a weight: within bounds in which no sum of weights loses any of them, or overflows.</summary>
    internal static bool IsWeight(double weight) => NumberBounds.Weight.Allow(weight);

    /// <summary>Replaces the settings, lets waiting calls look again, and announces it. Not to be called under a lock.</summary>
    /// <param name="argument">What <paramref name="change"/> is given.</param>
    /// <param name="change">Makes the new settings of the old ones; it may be called more than once.</param>
    /// <param name="tell">False where the settings are still being put together, before the first call.</param>
    internal void Change<T>(T argument, Func<DeploymentSettings, T, DeploymentSettings> change, bool tell = true)
    {
        DeploymentSettings before = Replace(argument, change, out DeploymentSettings after);
        if (after == before) return;
        long now = _context.Clock.Now;
        after.Requests?.TakeRest(now);
        after.Tokens?.TakeRest(now);
        Table.Update(this);
        bool limitsOfOthers = _limits is not null && after.WithLimitsOf(before) != after;
        if (limitsOfOthers) _limits!.Sharers.Invalidate(except: this);
        if (!tell) return;
        _queue?.Changed();
        if (limitsOfOthers) AnnounceSharedLimits();
        if (after with { State = before.State, DrainingSince = before.DrainingSince } != before) AnnounceControl(DeploymentChangeKind.SettingsChanged);
        if (after.State != before.State) FollowState(after.State);
    }

    private void Put(ServiceState state)
    {
        Change((State: state, _context.Clock.Now), static (settings, change) => settings.In(change.State, change.Now));
        _context.Fleet?.Tell(new SharedControl(FleetScope, ServiceStates.NameOf(state), Weight: null));
    }

    private void FollowState(ServiceState state)
    {
        switch (state)
        {
            case ServiceState.Draining:
                Volatile.Write(ref _isDrainedUntold, 1);
                AnnounceControl(DeploymentChangeKind.Draining);
                _ = WhenIdle();
                break;
            case ServiceState.Disabled:
                AnnounceControl(DeploymentChangeKind.Disabled);
                break;
            default:
                EndWaitForIdle(wasIdle: false);
                AnnounceControl(DeploymentChangeKind.Enabled);
                break;
        }
    }

    /// <summary>Waits for the moment at which no call is in flight; false where the deployment is enabled again before that.</summary>
    private Task<bool> WhenIdle()
    {
        var own = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<bool> idle = Interlocked.CompareExchange(ref _idle, own, null) ?? own;

        // Either the last call to leave sees that there is a waiter, or it has left already and is seen here.
        if (InFlight == 0) EndWaitForIdle(wasIdle: true);
        if (_settings.State is ServiceState.Enabled) EndWaitForIdle(wasIdle: false);
        return idle.Task;
    }

    /// <summary>A call has left: completes the wait for the last one.</summary>
    /// <param name="inFlight">How many were left after it.</param>
    private void NoticeIdle(int inFlight)
    {
        if (inFlight == 0 && Volatile.Read(ref _idle) is not null) EndWaitForIdle(wasIdle: true);
    }

    /// <summary>The same where a lock may be held, under which no observer or logger must be called; the wait is completed at once.</summary>
    private void NoticeIdleElsewhere(int inFlight)
    {
        if (inFlight != 0 || Volatile.Read(ref _idle) is null || !EndsDrain(wasIdle: true)) return;
        _context.Clock.Post(static deployment => deployment.AnnounceControl(DeploymentChangeKind.Drained), this);
    }

    private void EndWaitForIdle(bool wasIdle)
    {
        if (EndsDrain(wasIdle)) AnnounceControl(DeploymentChangeKind.Drained);
    }

    /// <summary>Completes the wait for the last call.</summary>
    /// <returns>Whether that is the end of a drain, which was not told yet.</returns>
    private bool EndsDrain(bool wasIdle)
    {
        Interlocked.Exchange(ref _idle, null)?.TrySetResult(wasIdle);
        bool untold = Interlocked.Exchange(ref _isDrainedUntold, 0) == 1;
        return wasIdle && untold && _settings.State is ServiceState.Draining;
    }

    private void AnnounceControl(DeploymentChangeKind kind)
    {
        RouterLog.DeploymentChanged(_context.Logger, Group, Name, kind);
        Announce(kind);
    }

    private void Announce(DeploymentChangeKind kind, TimeSpan cooldown = default, TimeSpan outage = default) => _context.Announce(new DeploymentChange
    {
        Group = Group,
        Deployment = Name,
        Kind = kind,
        Cooldown = cooldown,
        Outage = outage,
        Cause = kind is DeploymentChangeKind.CoolingDown ? LastFailure?.Kind ?? FailureKind.None : FailureKind.None,
    });
}
