namespace RouterGen;

/// <summary>
/// A store in the memory of the process: for several routers of one process that are to share limits, and for tests and simulations of fleets. What a database or Redis does as a store is what this one does. Thread-safe.
/// </summary>
/// <param name="timeProvider">The store's clock; null for the system's.</param>
public sealed class MemoryRouterStore(TimeProvider? timeProvider = null) : IRouterStore
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestDebt = TimeSpan.FromHours(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1); // An instance that was cut off may send its last report again.

    private readonly TimeProvider _time = timeProvider ?? RouterClock.System;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, KnownFleet> _fleets = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public ValueTask<StoreAnswer> ExchangeAsync(StoreReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        cancellationToken.ThrowIfCancellationRequested();
        bool isNews;
        StoreAnswer answer;
        lock (_gate)
        {
            if (!_fleets.TryGetValue(report.Fleet, out KnownFleet? fleet)) _fleets.Add(report.Fleet, fleet = new KnownFleet());
            (answer, isNews) = fleet.Exchange(report, _time.GetUtcNow());
        }

        if (isNews) Changed?.Invoke();
        return new(answer);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FleetInstance>> InstancesAsync(string fleet, CancellationToken cancellationToken)
    {
        lock (_gate) return new(_fleets.TryGetValue(fleet, out KnownFleet? known) ? known.List(_time.GetUtcNow()) : []);
    }

    private sealed class KnownFleet
    {
        private readonly SortedDictionary<string, Reporter> _instances = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Pot> _pots = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (SharedCooldown Cooldown, DateTimeOffset Until)> _cooldowns = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (SharedControl Control, long Version)> _controls = new(StringComparer.Ordinal);
        private long _version;

        public (StoreAnswer Answer, bool IsNews) Exchange(StoreReport report, DateTimeOffset now)
        {
            // What was counted is not counted again; a cooldown may have begun since.
            bool isNews = Cool(report, now);
            if (_instances.TryGetValue(report.Instance, out Reporter? known) && known.Sequence == report.Sequence) return (known.Answer, isNews);
            DateTimeOffset until = now + report.Lifetime;
            RateGrant[] rates = [.. report.Rates.Select(wish => Of(_buckets, wish.Scope).Take(wish, report, now, until))];
            AmountGrant[] amounts = [.. report.Amounts.Select(wish => Of(_pots, wish.Scope).Take(wish, report, now, until))];
            foreach (SharedControl control in report.Controls)
            {
                SharedControl before = _controls.TryGetValue(control.Scope, out (SharedControl Control, long) other) ? other.Control : control;
                _controls[control.Scope] = (new SharedControl(control.Scope, control.State ?? before.State, control.Weight ?? before.Weight), ++_version);
                isNews = true;
            }

            Sweep(now);
            var answer = new StoreAnswer
            {
                Instances = _instances.Count(one => one.Key != report.Instance && one.Value.Until > now) + (report.IsLast ? 0 : 1),
                Rates = rates,
                Amounts = amounts,
                Cooldowns = [.. _cooldowns.Values.Select(one => one.Cooldown with { Remaining = one.Until - now })],
                Controls = [.. _controls.Values.Where(one => one.Version > report.ControlsSeen).OrderBy(static one => one.Version).Select(static one => one.Control)],
                ControlsSeen = _version,
            };
            _instances[report.Instance] = new Reporter(report.Sequence, answer, now, report.IsLast ? now : until, report.Summary);
            return (answer, isNews);
        }

        public FleetInstance[] List(DateTimeOffset now) => [.. _instances.Where(one => one.Value.Until > now).Select(static one => new FleetInstance(one.Key, one.Value.Seen, one.Value.Summary))];

        private bool Cool(StoreReport report, DateTimeOffset now)
        {
            bool isNews = false;
            foreach (SharedCooldown cooldown in report.Cooldowns)
            {
                DateTimeOffset end = now + cooldown.Remaining;
                if (_cooldowns.TryGetValue(cooldown.Scope, out (SharedCooldown, DateTimeOffset Until) other) && other.Until >= end) continue;
                _cooldowns[cooldown.Scope] = (cooldown, end);
                isNews = true;
            }

            return isNews;
        }

        private void Sweep(DateTimeOffset now)
        {
            foreach ((string id, Reporter instance) in _instances.ToArray())
            {
                if (instance.Until + Remembered <= now) _instances.Remove(id);
            }

            foreach ((string scope, (_, DateTimeOffset until)) in _cooldowns)
            {
                if (until <= now) _cooldowns.Remove(scope);
            }
        }

        private static T Of<T>(Dictionary<string, T> all, string scope)
            where T : new()
        {
            if (!all.TryGetValue(scope, out T? one)) all.Add(scope, one = new T());
            return one;
        }
    }

    private sealed record Reporter(long Sequence, StoreAnswer Answer, DateTimeOffset Seen, DateTimeOffset Until, string? Summary);

    /// <summary>What instances hold of one scope, each for a while.</summary>
    private class Shares
    {
        private readonly Dictionary<string, (long Held, DateTimeOffset Until)> _shares = new(StringComparer.Ordinal);

        /// <summary>Counts the other instances with a share, and what they hold.</summary>
        protected (int Count, long Held) Others(string instance, DateTimeOffset now)
        {
            long held = 0;
            int count = 0;
            foreach ((string other, (long Held, DateTimeOffset Until) share) in _shares)
            {
                if (share.Until <= now) _shares.Remove(other);
                else if (other != instance) (count, held) = (count + 1, held + share.Held);
            }

            return (count, held);
        }

        protected void Set(StoreReport report, long held, DateTimeOffset until, bool isShared)
        {
            if (report.IsLast || !isShared) _shares.Remove(report.Instance);
            else _shares[report.Instance] = (held, until);
        }
    }

    /// <summary>A limit a minute: GCRA, as <see cref="RateLimit"/>.</summary>
    private sealed class Bucket : Shares
    {
        private DateTimeOffset _arrival;

        public RateGrant Take(in RateWish wish, StoreReport report, DateTimeOffset now, DateTimeOffset until)
        {
            double ticksPerUnit = (double)Minute.Ticks / wish.PerMinute;
            DateTimeOffset arrival = Max(Max(_arrival, now) - Cost(wish.Returned), now) + Cost(wish.Debt);
            if (arrival > now + LongestDebt) arrival = now + LongestDebt;
            long room = Math.Max(0, (long)(((now + Minute - arrival).Ticks / ticksPerUnit) + 1e-6));
            (int others, _) = Others(report.Instance, now);

            // Each its part of what there is, and a call that needs more all that it needs. More than a minute's worth is admitted by a full bucket.
            long fair = Math.Max(room / (others + 1), Math.Min(wish.Least, room));
            long granted = wish.Least > wish.PerMinute && room >= wish.PerMinute ? wish.Least : Math.Clamp(wish.Wanted, 0, fair);
            _arrival = arrival + Cost(granted);
            Set(report, granted, until, wish.Wanted >= 0);
            DateTimeOffset opens = wish.Least > wish.PerMinute ? _arrival : _arrival + Cost(wish.Least) - Minute;
            return new RateGrant(granted, Math.Clamp((now + Minute - _arrival) / Minute, 0, 1), granted >= wish.Least || opens <= now ? TimeSpan.Zero : opens - now, others + 1);

            TimeSpan Cost(long units) => new((long)Math.Min(units * ticksPerUnit, LongestDebt.Ticks));
        }

        private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
    }

    /// <summary>An amount that is used up in periods, or held.</summary>
    private sealed class Pot : Shares
    {
        private DateTimeOffset _start;
        private long _spent;

        public AmountGrant Take(in AmountWish wish, StoreReport report, DateTimeOffset now, DateTimeOffset until)
        {
            TimeSpan endsIn = TimeSpan.Zero;
            if (wish.Period is { } period)
            {
                (DateTimeOffset start, DateTimeOffset end) = BudgetPeriods.Containing(now, period);
                if (start != _start) (_start, _spent) = (start, 0);
                endsIn = end - now;
            }

            _spent += Math.Min(wish.Spent, long.MaxValue - _spent);
            (int others, long heldByOthers) = Others(report.Instance, now);
            long spare = Math.Max(0, wish.Cap - _spent - heldByOthers - wish.Used);
            long part = (spare / (others + 1)) + (spare % (others + 1) > 0 ? 1 : 0);
            long held = wish.Used + Math.Max(0, Math.Min(wish.Wanted - wish.Used, Math.Max(part, Math.Min(wish.Least - wish.Used, spare))));
            Set(report, held, until, wish.Wanted > 0);
            return new AmountGrant(held, _spent, endsIn, others + 1);
        }
    }
}
