using RouterGen.Infrastructure;

namespace RouterGen;

// How requests enter and leave: limits, health, and what is learnt of each outcome. Lock-free.
public sealed partial class Deployment
{
    private readonly Cooldown _cooldown;
    private readonly RateLimit? _requests;
    private readonly RateLimit? _tokens;
    private readonly object _group;
    private int _inFlight;

    /// <summary>
    /// When a request of so many tokens may enter: <paramref name="now"/> or earlier, later,
    /// <see cref="CircuitBreaker.OnSignal"/>, or never (<see cref="long.MaxValue"/>).
    /// </summary>
    internal long ReturnsAt(long now, int tokens)
    {
        if (Credentials.Problem is not null) return long.MaxValue;
        long at = Breaker.ReturnsAt(now);
        if (_requests is not null) at = Math.Max(at, _requests.AdmitsAt(now, 1));
        if (_tokens is not null) at = Math.Max(at, _tokens.AdmitsAt(now, tokens));
        if (Definition.MaxConcurrency > 0 && Volatile.Read(ref _inFlight) >= Definition.MaxConcurrency) at = CircuitBreaker.OnSignal;
        return at;
    }

    /// <summary>Lets a request in, if it may. What was entered must be left through <see cref="Leave"/>.</summary>
    internal bool TryEnter(long now, in CallProfile call, out Lease lease)
    {
        lease = default;
        int tokens = call.Tokens;
        int inFlight = Interlocked.Increment(ref _inFlight);
        if (Definition.MaxConcurrency > 0 && inFlight > Definition.MaxConcurrency) return Refuse();
        if (_requests is not null && !_requests.TryTake(now, 1)) return Refuse();
        if (_tokens is not null && !_tokens.TryTake(now, tokens))
        {
            _requests?.Adjust(-1);
            return Refuse();
        }

        if (!Breaker.TryEnter(now, out bool probe))
        {
            GiveBack(tokens);
            return Refuse();
        }

        lease = new Lease(tokens, probe, now, call.Request.Stream);
        return true;
    }

    /// <summary>Ends what <see cref="TryEnter"/> began, and learns from how it went.</summary>
    /// <param name="lease">What was entered.</param>
    /// <param name="report">How it went.</param>
    internal void Leave(in Lease lease, in AttemptReport report)
    {
        AttemptFailure? failure = report.Failure;
        long now = _context.Clock.Now;
        HealthEffect effect = report.NotSent ? HealthEffect.NotAsked : failure is null ? HealthEffect.None : FailureRule.For(failure.Kind).Effect;
        TimeSpan cooldown = TimeSpan.Zero;
        if (effect is HealthEffect.NotAsked) GiveBack(lease.Tokens);
        else if (_tokens is not null && report.Usage?.TotalTokenCount is { } used) _tokens.Adjust(used - lease.Tokens);

        if (report.Abandoned || report.Superseded || effect is HealthEffect.NotAsked) Breaker.Abandon(lease.IsProbe);
        else if (effect is HealthEffect.None) Breaker.Succeed(now, lease.IsProbe);
        else cooldown = Fail(failure!, effect, lease.IsProbe, now);

        Interlocked.Decrement(ref _inFlight);
        if (lease.IsProbe) _context.Signal.WakeAll(_group);
        else if (Definition.MaxConcurrency > 0) _context.Signal.WakeOne(_group);

        // Last, because loggers may throw.
        if (cooldown > TimeSpan.Zero) RouterLog.CoolingDown(_context.Logger, Group, Name, cooldown.TotalSeconds);
    }

    /// <summary>The deployment has begun to answer: a probe's verdict, which the others need not wait for any longer.</summary>
    internal Lease Confirm(Lease lease)
    {
        if (!lease.IsProbe) return lease;
        Breaker.Succeed(_context.Clock.Now, probe: true);
        _context.Signal.WakeAll(_group);
        return lease with { IsProbe = false };
    }

    private void GiveBack(int tokens)
    {
        _requests?.Adjust(-1);
        _tokens?.Adjust(-tokens);
    }

    private bool Refuse()
    {
        Interlocked.Decrement(ref _inFlight);

        // For a moment it looked full: who saw that waits for a signal.
        if (Definition.MaxConcurrency > 0) _context.Signal.WakeOne(_group);
        return false;
    }

    /// <returns>How long it cools down now.</returns>
    private TimeSpan Fail(AttemptFailure failure, HealthEffect effect, bool probe, long now)
    {
        // Those that were under way when a deployment broke fail together: that is one failure, not as many in a row.
        bool counts = probe || Breaker.IsClosed;
        int failures = counts ? Breaker.CountFailure() : Breaker.FailuresInARow;
        if (!counts && failure.RetryAfter is null) return TimeSpan.Zero;

        TimeSpan cooldown = _cooldown.After(effect, Math.Max(1, failures), failure.RetryAfter, _context.Random);
        LastFailure = failure;
        if (cooldown > TimeSpan.Zero || probe) Breaker.Fail(now + cooldown.Ticks, probe);
        return cooldown;
    }
}
