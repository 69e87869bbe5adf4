using RouterGen.Infrastructure;

namespace RouterGen;

// How requests enter and leave: limits, health, and what is learnt of each outcome. Lock-free.
public sealed partial class Deployment
{
    private readonly IAvailabilityListener? _queue;
    private long _calls;
    private long _failures;
    private long _unrecognized;

    /// <summary>
    /// When a call may enter: <paramref name="now"/> or earlier, later, <see cref="CircuitBreaker.OnSignal"/>, or never
    /// (<see cref="long.MaxValue"/>).
    /// </summary>
    internal long ReturnsAt(long now, in CallProfile call)
    {
        DeploymentSettings settings = _settings;
        if (!IsOpenTo(call, settings, now)) return long.MaxValue;
        bool ownKey = BringsKey(call);
        long at = Breakers.IsClosed ? now : BreakersLetInAt(now, call, ownKey);
        if (settings.Requests is not null) at = Math.Max(at, settings.Requests.AdmitsAt(now, 1));
        if (settings.Tokens is not null) at = Math.Max(at, settings.Tokens.AdmitsAt(now, call.Tokens));
        if (settings.MaxConcurrency > 0 && (_limits?.InFlight ?? InFlight) >= settings.ConcurrencyAt(now))
        {
            at = CircuitBreaker.OnSignal;
            settings.Places?.Miss();
        }

        // Last: a period's end is certain, and no signal brings it nearer. Callers with a key of their own spend none of ours.
        if (!IsSpent || ownKey) return at;
        long funded = FundedAt(now);
        return at == CircuitBreaker.OnSignal && funded > now ? funded : Math.Max(at, funded);
    }

    /// <summary>
    /// The same for a call that waits; never (<see cref="long.MaxValue"/>) where the deployment has failed and returns later than
    /// the call waits for that.
    /// </summary>
    internal long ReturnsInTime(long now, in CallProfile call)
    {
        long at = ReturnsAt(now, call);
        if (at <= now || Breakers.IsClosed) return at;
        return IsWaitedFor(Breakers.Outage, now, call) && (BringsKey(call) || IsWaitedFor(Breakers.Key, now, call)) ? at : long.MaxValue;
    }

    /// <summary>When the breakers let a call in; see <see cref="ReturnsAt"/>.</summary>
    private long BreakersLetInAt(long now, in CallProfile call, bool ownKey)
    {
        long outage = Breakers.Outage.ReturnsAt(now, call.PatienceAfter(Breakers.Outage.Failure?.Kind));
        return ownKey ? outage : Math.Max(outage, Breakers.Key.ReturnsAt(now, call.PatienceAfter(Breakers.Key.Failure?.Kind)));
    }

    /// <summary>Whether a breaker lets the call in within the time for which it waits for that.</summary>
    private static bool IsWaitedFor(CircuitBreaker breaker, long now, in CallProfile call)
    {
        long patience = call.PatienceAfter(breaker.Failure?.Kind);
        long at = breaker.ReturnsAt(now, patience);
        return at <= now || at <= patience;
    }

    /// <summary>Lets a request in, if it may. What was entered must be left through <see cref="Leave"/>.</summary>
    internal bool TryEnter(long now, in CallProfile call, out Lease lease)
    {
        lease = default;
        int tokens = call.Tokens;
        int inFlight = Table.Enter(Index);
        int concurrent = _limits?.Enter() ?? inFlight;

        // Read behind the increment: either a drain sees this call in flight, or this call sees the drain.
        DeploymentSettings settings = _settings;
        if (!IsOpenTo(call, settings, now)) return Refuse();
        if (settings.MaxConcurrency > 0 && concurrent > settings.ConcurrencyAt(now))
        {
            settings.Places?.Miss();
            return Refuse();
        }

        if (settings.Requests is not null && !settings.Requests.TryTake(now, 1)) return Refuse();
        if (settings.Tokens is not null && !settings.Tokens.TryTake(now, tokens))
        {
            settings.Requests?.Adjust(-1, now);
            return Refuse();
        }

        // Limits that have changed since do not count what was taken of the old ones: the call is to look again.
        if ((settings.Requests is not null || settings.Tokens is not null) && !settings.HasLimitsOf(_settings))
        {
            settings.GiveBack(tokens, now);
            return Refuse();
        }

        Probes probes = Probes.None;
        bool ownKey = BringsKey(call);
        if (!Breakers.IsClosed && !Breakers.TryEnter(now, WaitForProbe(call), ownKey, out probes))
        {
            settings.GiveBack(tokens, now);
            return Refuse();
        }

        LatencyOf(call.Request.IsStreaming).Pending.Begin(now);
        int load = _endpoint.Sharers.AreSeveral ? LoadOfEndpoint : inFlight;
        lease = new Lease(tokens, probes, now, call.Request.IsStreaming, load, ownKey)
        {
            InputTokens = call.Request.KnownInputTokens,
            IsCold = _endpoint.Connections.MustOpen(load, now),
            Tier = call.Request.ServiceTier ?? Definition.Codec.Profile.ServiceTier,
        };
        InvalidateOthers();
        return true;
    }

    /// <summary>
    /// Tells that a request which was let in is a probe. Not by <see cref="TryEnter"/>, which may run under a lock: by the code
    /// that is about to send the request.
    /// </summary>
    internal void AnnounceProbing(in Lease lease)
    {
        if (!lease.IsProbe) return;
        foreach (ISharer sharer in _endpoint.Sharers.All) sharer.AnnounceProbe();
    }

    /// <summary>Ends what <see cref="TryEnter"/> began, and learns from how it went.</summary>
    /// <param name="lease">What was entered.</param>
    /// <param name="report">How it went.</param>
    internal void Leave(in Lease lease, in AttemptReport report)
    {
        AttemptFailure? failure = report.Failure;
        long now = _context.Clock.Now;
        HealthEffect effect = failure is null ? HealthEffect.None : FailureRule.For(failure.Kind).Effect;
        bool asked = !report.NotAsked && effect is not HealthEffect.NotAsked && failure is not { IsUnsent: true };
        bool provesNothing = report.Abandoned || !asked || (failure is not null && lease.BlamesOtherKey(failure));
        if (!asked) _settings.GiveBack(lease.Tokens, now);
        else _settings.Tokens?.Adjust(TokensUsed(lease.Tokens, report) - lease.Tokens, now);
        if (!lease.IsCallersKey && !report.IsMeasurement) CountSpend(lease, report);

        TimeSpan cooldown = TimeSpan.Zero;
        BreakerChange change = BreakerChange.None;
        if (provesNothing) Breakers.Abandon(lease.Probes);
        else if (effect is HealthEffect.None) change = Breakers.Succeed(now, lease.Probes, lease.SaysNothingOfKey);
        else cooldown = Fail(failure!, effect, lease, now, out change);
        if (change is BreakerChange.Closed) SetCostly(false);
        if (asked && !report.IsMeasurement) Count(failure);

        NoteLatency(lease, report, now);
        _limits?.Leave();
        int inFlight = Table.Leave(Index);
        InvalidateOthers();
        WakeAll();

        // Last: an observer may look at the deployment, or change it.
        if (!report.NotAsked && !report.Abandoned && !report.IsMeasurement) Observer?.Observe(ToObservation(lease, report, now));
        NoticeIdle(inFlight);
        AnnounceToSharers(change, now);
        ShareKey(failure, change, cooldown, lease, now);
        if (cooldown > TimeSpan.Zero) TellFleet(failure!, cooldown, now);
        if (cooldown > TimeSpan.Zero && change is not BreakerChange.Opened) RouterLog.CoolingDown(_context.Logger, Group, Name, cooldown.TotalSeconds);
    }

    /// <summary>
    /// The deployment has begun to answer: a probe's verdict, which the others need not wait for any longer, and the time to
    /// its first token, which the next pick should know although the stream may go on for minutes.
    /// </summary>
    /// <param name="lease">What was entered.</param>
    /// <param name="firstContentAt">When the first content arrived; null where there was none.</param>
    /// <param name="inputTokens">How many tokens it has read, as estimated.</param>
    /// <param name="isMeasurement">Whether it was the router's own measurement and no call.</param>
    internal Lease Confirm(Lease lease, long? firstContentAt, long inputTokens, bool isMeasurement = false)
    {
        if (firstContentAt is { } at)
        {
            ref LatencyRecord latency = ref LatencyOf(lease.IsStreaming);
            latency.Pending.End(lease.Entered);
            latency.Add(at - lease.Sent, inputTokens, at, lease.InFlight, lease.IsCold && !isMeasurement);
            _endpoint.NoteAnswer(lease.Entered, lease.InFlight, at);
            InvalidateEndpoint();
            lease = lease with { IsTimed = true };
            if (!isMeasurement) Observer?.ObserveFirstToken(this, new TimeSpan(at - lease.Sent));
        }

        if (!lease.IsProbe) return lease;
        long now = _context.Clock.Now;
        BreakerChange change = Breakers.Succeed(now, lease.Probes, lease.IsCallersKey);
        if (change is BreakerChange.Closed) SetCostly(false);
        InvalidateEndpoint();
        WakeAll();
        AnnounceToSharers(change, now);
        ShareKey(failure: null, change, TimeSpan.Zero, lease, now);
        return lease with { Probes = Probes.None };
    }

    /// <summary>Whether the deployment is in service for a call, and has a key for it.</summary>
    private bool IsOpenTo(in CallProfile call, DeploymentSettings settings, long now) =>
        (settings.State is ServiceState.Enabled
            || (settings.State is ServiceState.Draining && call.Routing.Deployment == Name)
            || (call.Home == this && settings.TakesSessions(now)))
        && (BringsKey(call) ? Credentials.TakesKeys : Credentials.Problem is null);

    /// <summary>Whether it is in service for a call and not known to be down: whatever its limits, since what asks takes nothing of them.</summary>
    internal bool Serves(in CallProfile call, long now) =>
        IsOpenTo(call, _settings, now) && (Breakers.IsClosed || BreakersLetInAt(now, call, BringsKey(call)) <= now);

    /// <summary>Gets whether it is in service for calls of which nothing is special.</summary>
    internal bool IsOpenToAll => _settings.State is ServiceState.Enabled && Credentials.Problem is null && Breakers.IsClosed;

    /// <summary>Up to how many tokens calls may enter that use no more than that, where one may that uses <paramref name="tokens"/>.</summary>
    internal int RoomFor(int tokens, long now)
    {
        if (_settings.Tokens is not { } limit) return int.MaxValue;
        int more = Math.Max(tokens, limit.PerMinute / 16); // so that not each larger request has to look again
        return limit.AdmitsAt(now, more) <= now ? more : tokens;
    }

    /// <summary>Whether it is our own key, or our budget, that keeps others out, while the call brings a key.</summary>
    internal bool IsClosedToConfiguredKey(in CallProfile call) => BringsKey(call) && (IsSpent || Breakers.KeyCoolsLonger);

    internal bool BringsKey(in CallProfile call) => KeyOf(call.Routing) is not null;

    private long WaitForProbe(in CallProfile call) => Cooldown.WaitForProbe(LatencyOf(call.Request.IsStreaming).Average.Value).Ticks;

    /// <summary>Whether it cools down for what no short wait will cure: a wrong key, no credit, no such model.</summary>
    internal bool CoolsLong(in CallProfile call, long now) =>
        !Breakers.IsClosed && (CoolsLong(Breakers.Outage, now) || (!BringsKey(call) && CoolsLong(Breakers.Key, now)));

    private static bool CoolsLong(CircuitBreaker breaker, long now) =>
        !breaker.IsClosed && breaker.CoolUntil > now && breaker.Failure is { } last && FailureRule.For(last.Kind).Effect is HealthEffect.CoolLong;

    private void Count(AttemptFailure? failure)
    {
        Interlocked.Increment(ref _calls);
        if (failure is not null) Interlocked.Increment(ref _failures);
        if (failure is { IsUnrecognized: true }) Interlocked.Increment(ref _unrecognized);
    }

    private bool Refuse()
    {
        _limits?.Leave();
        int inFlight = Table.Leave(Index);

        WakeAll(); // For a moment it looked full: a call that saw that waits for a signal.
        NoticeIdleElsewhere(inFlight);
        return false;
    }

    private Cooldown CooldownOfGroup => new(GroupSettings.Cooldown, GroupSettings.AllowedFails, GroupSettings.MaxRetryAfter);

    /// <returns>How long it cools down for this failure; zero where it does not.</returns>
    private TimeSpan Fail(AttemptFailure failure, HealthEffect effect, in Lease lease, long now, out BreakerChange change)
    {
        bool ofKey = FailureRule.For(failure.Kind).DependsOnKey;
        CircuitBreaker breaker = ofKey ? Breakers.Key : Breakers.Outage;
        bool probes = (lease.Probes & (ofKey ? Probes.Key : Probes.Outage)) != 0;

        // Those that were under way when a deployment broke fail together: that is one failure, not as many in a row. So is a
        // probe that fails when another one has found out already. (Read before: what finds the breaker closed then knows of no
        // failure that has opened it.)
        int failures = breaker.FailuresInARow + 1;
        bool counts = probes ? breaker.IsProbing : breaker.IsClosed;
        bool extends = failure.RetryAfter is not null;
        if (!counts && !extends)
        {
            change = Breakers.Settle(ofKey, lease.Probes, now);
            return TimeSpan.Zero;
        }

        Breakers.Note(failure);
        TimeSpan cost = CostOf(failure, lease, now);
        TimeSpan cooldown = CooldownOfGroup.After(effect, counts ? failures : 1, failure.RetryAfter, cost, _context.Random);
        bool opens = cooldown > TimeSpan.Zero || probes;
        change = opens
            ? Breakers.Fail(ofKey, failure, now + cooldown.Ticks, counts ? lease.Probes : lease.Probes & ~(ofKey ? Probes.Key : Probes.Outage), now)
            : Breakers.Settle(ofKey, lease.Probes, now);
        if (change is BreakerChange.Opened && !ofKey) SetCostly(cost >= Cooldown.Costly);
        if (counts && (!opens || change is BreakerChange.Opened)) breaker.CountFailure();
        return change is BreakerChange.Opened || extends ? cooldown : TimeSpan.Zero;
    }
}
