using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RouterGen;

/// <summary>
/// This process as an instance of a fleet: limits, budgets, cooldowns and what people change of deployments hold for all instances together. Give one to <see cref="RouterOptions.Fleet"/>. No call waits for the
/// store: limits are taken from it in slices, which are used up here, and while it cannot be reached each instance goes on with its part. Thread-safe. Dispose it to give back what it holds.
/// </summary>
/// <remarks>
/// A limit is exceeded by no more than what the instances take of it without the store: each an interval's worth of its own part when it begins, and when the store goes away.
/// See docs/scaling.md for the bounds, and for what happens when the store is slow, gone, or restored.
/// </remarks>
public sealed partial class RouterFleet : IAsyncDisposable
{
    private const int LongestSummary = 64 * 1024; // characters
    private const int LongestPause = 5; // intervals
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private readonly IRouterStore _store;
    private readonly FleetLeases _leases = new();
    private readonly FleetNotices _notices = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private RouterClock? _clock;
    private ILogger _logger = NullLogger.Instance;
    private RandomSource _random = new(0);
    private ITimer? _timer;
    private StoreReport? _unanswered;
    private Task _exchange = Task.CompletedTask;
    private long _sequence;
    private long _controlsSeen;
    private long _askedAt;
    private long _answeredAt;
    private long _due = long.MaxValue;
    private double _roundTrip; // seconds, on average
    private int _failures;
    private int _instances = 1;
    private bool _isExchanging;
    private bool _isStopped;

    /// <summary>Makes an instance.</summary>
    /// <param name="store">Where the instances meet. It is disposed with the instance, where it can be.</param>
    public RouterFleet(IRouterStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        Id = string.Create(CultureInfo.InvariantCulture, $"{RandomSource.NewSeed():x16}{RandomSource.NewSeed():x16}");
    }

    /// <summary>Gets the shortest time between two questions to the store, in ticks.</summary>
    internal static long ShortestGap => TimeSpan.TicksPerMillisecond * 50;

    /// <summary>Gets the store.</summary>
    public IRouterStore Store => _store;

    /// <summary>Gets or sets the instance's id, which no other has. The default is a random one.</summary>
    public string Id { get; init; }

    /// <summary>Gets or sets the fleet's name: instances of other names share nothing. The default is <c>default</c>.</summary>
    public string Name { get; init; } = "default";

    /// <summary>Gets or sets how often the store is asked where nothing is urgent; 100 ms to 1 minute. The default is a second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not within these bounds.</exception>
    public TimeSpan Interval { get; init => field = Within(value, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)); } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the time, in ticks of the routers' clock. It is asked for once there is a router.</summary>
    internal long Now => _clock!.Now;

    /// <summary>Gets the time of day, as this machine has it.</summary>
    internal DateTimeOffset UtcNow => _clock!.Provider.GetUtcNow();

    /// <summary>Gets how long what was granted holds without another answer: five intervals.</summary>
    internal TimeSpan Lifetime => 5 * Interval;

    /// <summary>Gets after how long without use an amount is no longer asked for, in ticks.</summary>
    internal long Idle => 10 * Interval.Ticks;

    /// <summary>
    /// Gets or sets how many instances there are, about, as long as the store has not said it: an instance that cannot reach the store takes its part of each limit. 1 or more. The default is 8.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int ExpectedInstances
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 8;

    /// <summary>
    /// Gets or sets how long budgets that are not used up, as far as is known, stay open while the store cannot be reached; zero or more. The default is 10 minutes. Zero closes them at once, which
    /// keeps money together and ends calls.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than zero.</exception>
    public TimeSpan BudgetGrace { get; init => field = Within(value, TimeSpan.Zero, TimeSpan.MaxValue); } = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets what is called before each report, and returns what the instance says of itself, as JSON of at most 65,536 characters; null for nothing.</summary>
    public Func<string?>? Summary { get; set; }

    /// <summary>Gets how many instances there are, as of the last answer of the store.</summary>
    public int Instances => Volatile.Read(ref _instances);

    /// <summary>Gets why the store failed the last time; null while it answers, or was not asked yet.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>Gets whether the store has answered lately, so that what it granted holds.</summary>
    public bool IsReached => _clock is { } clock && !IsLost(clock.Now);

    /// <summary>
    /// Returns an amount that all instances use up together, in periods of the store's clock: requests a minute, for example. There is one of a name.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="cap">How much may be used up in a period; 1 or more. The last call states it.</param>
    /// <param name="period">The period.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cap is less than 1.</exception>
    public FleetQuota Quota(string name, long cap, BudgetPeriod period)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(cap, 1);
        return new FleetQuota(Quota(Started("quota//" + name), cap, period, isMoney: false));
    }

    /// <summary>Returns places that all instances have together, for what is under way at a time. There are ones of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="most">How many there are; 1 or more. The last call states it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1.</exception>
    public FleetPlaces Places(string name, int most)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        PlaceLease lease = PlaceLeaseOf(Started("places//" + name), most);
        lease.Most = most;
        return lease.Shared ??= new FleetPlaces(this, lease);
    }

    /// <summary>Lists the instances that have reported lately.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public ValueTask<IReadOnlyList<FleetInstance>> InstancesAsync(CancellationToken cancellationToken = default) => _store.InstancesAsync(Name, cancellationToken);

    /// <summary>Gives back what the instance holds, so that others have it at once, and ends. Waits for the store for no longer than two seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        ITimer? timer;
        lock (_gate)
        {
            if (_isStopped) return;
            _isStopped = true;
            (timer, _timer) = (_timer, null);
        }

        _store.Changed -= Hurry;
        timer?.Dispose();
        if (_clock is { } clock)
        {
            using ITimer patience = clock.Provider.CreateTimer(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop, LongestGoodbye, Timeout.InfiniteTimeSpan);
            await _exchange.ConfigureAwait(false);
            if (_unanswered is not null) await ExchangeAsync(isLast: false).ConfigureAwait(false);
            if (_failures == 0) await ExchangeAsync(isLast: true).ConfigureAwait(false);
        }

        _stop.Dispose();
        if (_store is IAsyncDisposable store) await store.DisposeAsync().ConfigureAwait(false);
        else (_store as IDisposable)?.Dispose();
    }

    /// <summary>Begins to ask the store, with the first router of the process.</summary>
    /// <returns>The clock that all routers of the instance have.</returns>
    internal RouterClock Start(TimeProvider time, ILogger logger, RandomSource random)
    {
        lock (_gate)
        {
            if (_clock is { } running)
            {
                if (running.Provider != time) throw new ArgumentException("The routers of a fleet's instance must have the same RouterOptions.TimeProvider.");
                return running;
            }

            _clock = new RouterClock(time);
            _logger = logger;
            _random = random;
            if (_isStopped) return _clock;
            _timer = _clock.CreateTimer(static fleet => ((RouterFleet)fleet!).Ask(), this);
            _answeredAt = _clock.Now; // The grace of budgets begins with the instance.
            _store.Changed += Hurry;
        }

        Schedule(TimeSpan.Zero);
        return _clock;
    }

    internal RateLease Rate(string scope, int perMinute) => _leases.Rate(this, scope, perMinute);

    internal PlaceLease PlaceLeaseOf(string scope, int most) => _leases.Amount(scope, () => new PlaceLease(this, scope, most));

    internal QuotaLease Quota(string scope, long cap, BudgetPeriod period, bool isMoney)
    {
        QuotaLease lease = _leases.Amount(scope, () => new QuotaLease(this, scope, cap, period, isMoney));
        lease.SetCap(cap);
        return lease;
    }

    internal void Join(string scope, IFleetEndpoint endpoint) => _notices.Join(scope, endpoint, _clock!.Now);

    internal void Join(string scope, IFleetDeployment deployment) => _notices.Join(scope, deployment);

    /// <summary>Tells the other instances of a cooldown that has begun here.</summary>
    internal void Tell(SharedCooldown cooldown, long until)
    {
        _notices.Note(cooldown, until);
        Hurry();
    }

    /// <summary>Tells the other instances what people changed here.</summary>
    internal void Tell(SharedControl control)
    {
        _notices.Note(control);
        Hurry();
    }

    /// <summary>Whether the store has not answered for so long that nothing it granted holds any more.</summary>
    internal bool IsLost(long now) => now - Volatile.Read(ref _answeredAt) > Lifetime.Ticks;

    /// <summary>Gets how long it is from one answer to the next, in seconds: the interval, and how long the store takes.</summary>
    internal double Period => Interval.TotalSeconds + Volatile.Read(ref _roundTrip);

    /// <summary>Whether an answer should have come already, so that calls wait for none.</summary>
    internal bool IsLate(long now) => new TimeSpan(now - Volatile.Read(ref _answeredAt)).TotalSeconds > 2 * Period;

    /// <summary>When the store is asked next, about.</summary>
    internal long NextAt(long now) => Volatile.Read(ref _due) is var due && due > now && due < now + Interval.Ticks ? due : now + ShortestGap;

    /// <summary>Has the store asked soon, where it answers at all.</summary>
    internal void Hurry()
    {
        if (_clock is not { } clock || Volatile.Read(ref _failures) > 0) return;
        if (Volatile.Read(ref _due) <= clock.Now + ShortestGap) return; // The usual case: it is about to be asked.
        Schedule(new TimeSpan(Math.Max(0, Volatile.Read(ref _askedAt) + ShortestGap - clock.Now)));
    }

    // What asks before there is a router has the system's time.
    private string Started(string scope)
    {
        if (_clock is null) Start(RouterClock.System, _logger, new RandomSource(RandomSource.NewSeed()));
        return scope;
    }

    private void Schedule(TimeSpan delay)
    {
        lock (_gate)
        {
            long due = _clock!.Now + delay.Ticks;
            if (_isStopped || due >= _due) return;
            _due = due;
            if (!_isExchanging) _timer?.Change(_clock.DueAt(due), Timeout.InfiniteTimeSpan);
        }
    }

    private void Ask()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_isExchanging || _isStopped) return;
            _isExchanging = true;
            _due = long.MaxValue;
            _exchange = ended.Task;
        }

        _ = AskAsync(ended);
    }

    private async Task AskAsync(TaskCompletionSource ended)
    {
        await ExchangeAsync(isLast: false).ConfigureAwait(false);
        ended.SetResult();
        lock (_gate)
        {
            _isExchanging = false;
            if (_isStopped) return;
            long pause = _random.Jitter(Interval * Math.Min(1 << Math.Clamp(_failures - 1, 0, 10), LongestPause)).Ticks; // Instances that began together do not go on together.
            long due = Math.Min(_due, _clock!.Now + pause);
            _due = due;
            _timer?.Change(_clock.DueAt(due), Timeout.InfiniteTimeSpan);
        }
    }

    private async Task ExchangeAsync(bool isLast)
    {
        RouterClock clock = _clock!;
        long asked = clock.Now;
        Volatile.Write(ref _askedAt, asked);
        try
        {
            _leases.Tick(asked);
            StoreReport report = (_unanswered ??= Report(asked, isLast)) with { Cooldowns = _notices.Cooldowns(asked) };
            using var late = new CancellationTokenSource(Lifetime, clock.Provider);
            using CancellationTokenRegistration stopping = _stop.Token.Register(static late => ((CancellationTokenSource)late!).Cancel(), late);
            StoreAnswer answer = await _store.ExchangeAsync(report, late.Token).ConfigureAwait(false);
            long now = clock.Now;
            _unanswered = null;
            if (LastError is not null) LogRecovered(_logger, Name);
            LastError = null;
            Volatile.Write(ref _failures, 0);
            Volatile.Write(ref _answeredAt, now);
            Volatile.Write(ref _roundTrip, (0.75 * _roundTrip) + (0.25 * new TimeSpan(now - asked).TotalSeconds));
            Volatile.Write(ref _instances, Math.Max(1, answer.Instances));
            _controlsSeen = Math.Max(_controlsSeen, answer.ControlsSeen);
            if (isLast) return;
            _leases.Apply(answer, asked, now);
            _notices.Follow(answer, report.Cooldowns, now);
        }
        catch (Exception exception)
        {
            if (LastError is null) LogFailed(_logger, Name, exception.GetType().Name, exception.Message);
            LastError = exception;
            Interlocked.Increment(ref _failures);
            _leases.Tick(clock.Now);
        }
    }

    private StoreReport Report(long now, bool isLast)
    {
        (RateWish[] rates, AmountWish[] amounts) = _leases.Report(now, isLast);
        return new StoreReport
        {
            Fleet = Name,
            Instance = Id,
            Sequence = ++_sequence,
            Lifetime = Lifetime,
            Rates = rates,
            Amounts = amounts,
            Controls = _notices.TakeControls(),
            ControlsSeen = _controlsSeen,
            Summary = SummaryOrNull(),
            IsLast = isLast,
        };
    }

    private string? SummaryOrNull()
    {
        try
        {
            return Summary?.Invoke() is { Length: <= LongestSummary } summary ? summary : null;
        }
        catch (Exception)
        {
            return null; // Limits are more important than what people look at.
        }
    }

    private static TimeSpan Within(TimeSpan value, TimeSpan least, TimeSpan most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }

    [LoggerMessage(160, LogLevel.Error, "The store of fleet {Fleet} cannot be reached; each instance goes on with its part of the limits: {Exception}: {Message}")]
    private static partial void LogFailed(ILogger logger, string fleet, string exception, string message);

    [LoggerMessage(161, LogLevel.Information, "The store of fleet {Fleet} can be reached again")]
    private static partial void LogRecovered(ILogger logger, string fleet);
}
