using System.Collections.Concurrent;
using RouterGen.Gateway.Limits;
using RouterGen.Gateway.Metrics;

namespace RouterGen;

/// <summary>How a gateway serves model groups.</summary>
public sealed class GatewayOptions
{
    private readonly ConcurrentDictionary<Type, object> _shared = new();
    private RequestLimits? _limits;
    private GatewayMetrics? _metrics;

    /// <summary>Gets or sets the largest body of a request, in bytes; at least 1. The default is 32 MiB: some clients send images within it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long MaxRequestBytes
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 32 * 1024 * 1024;

    /// <summary>Gets or sets how long a request's body may take to arrive; more than zero. The default is a minute.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan BodyTimeout { get; set => field = OptionBounds.AboveZero(value); } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Gets or sets after which silence a stream gets a ping, so that nothing between gateway and client takes it for dead; more than zero. The default is 15 seconds. A stream
    /// that has not begun by then begins with the first ping.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan PingInterval { get; set => field = OptionBounds.AboveZero(value); } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Gets or sets the key that requests must have, as <c>Authorization: Bearer …</c> or <c>x-api-key: …</c>; null where none is asked for, as on a machine of one's own. Health
    /// is told to all who ask for it (<c>/health/liveness</c>, <c>/health/readiness</c>).
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty: a variable that is not set would open the gateway to all.</exception>
    public string? MasterKey
    {
        get;
        set
        {
            if (value is not null) ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    }

    /// <summary>Gets or sets what the page for people keeps (<c>MapRouterGenPage</c>); null, the default, where there is no page, and nothing is kept for it.</summary>
    public PageOptions? Page { get; set; }

    /// <summary>
    /// Gets or sets the fleet of which the gateway is an instance: the one of its router (<see cref="RouterOptions.Fleet"/>). Requests and tokens a minute and requests at a time of keys, teams and users hold for all instances
    /// together then, and the page shows them all. Null, the default, where each instance counts by itself.
    /// </summary>
    public RouterFleet? Fleet { get; set; }

    /// <summary>Gets how virtual keys are checked, and what they spend is counted. There are none without a <see cref="MasterKey"/>.</summary>
    public GatewayKeyOptions Keys { get; } = new();

    /// <summary>Gets how responses are kept that clients ask to keep. None is, unless there is a store.</summary>
    public GatewayResponseOptions Responses { get; } = new();

    /// <summary>
    /// Gets or sets whether each path that the application has not is answered as an error of the gateway's clients. The default is false: only paths under <c>/v1</c> are,
    /// because an application may have more than a gateway.
    /// </summary>
    public bool AnswersUnknownPaths { get; set; }

    /// <summary>Gets or sets how many requests may be under way at once; at least 1. The default is 4,096. Further ones wait.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxConcurrentRequests { get; set => field = OptionBounds.AtLeast(1, value); } = 4096;

    /// <summary>Gets or sets how many requests may wait until one that is under way has ended; at least 0. The default is 1,024. Further ones are refused at once, with 429.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 0.</exception>
    public int MaxQueuedRequests { get; set => field = OptionBounds.AtLeast(0, value); } = 1024;

    /// <summary>Gets or sets how long a request may wait for its turn before it is refused with 429; more than zero. The default is 10 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan MaxQueueTime { get; set => field = OptionBounds.AboveZero(value); } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets how many bytes the bodies of all requests under way may have together; at least 1. The default is 256 MiB. A request whose body goes beyond it is refused
    /// with 429; where it is less than <see cref="MaxRequestBytes"/>, that holds instead.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long MaxBufferedBytes
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 256L * 1024 * 1024;

    /// <summary>Gets or sets whether metrics are shown under LiteLLM's names too, for dashboards and alerts that look for them. The default is true.</summary>
    public bool ShowsLiteLLMMetrics { get; set; } = true;

    /// <summary>Gets or sets the clock. Tests replace it.</summary>
    public TimeProvider TimeProvider { get; set; } = DefaultTime;

    /// <summary>Gets what bounds requests. It is made at the first use: options do not change from then on.</summary>
    internal RequestLimits Limits => _limits ?? LazyInitializer.EnsureInitialized(ref _limits, () => new RequestLimits(this));

    /// <summary>Gets what counts requests.</summary>
    internal GatewayMetrics Metrics => _metrics ?? LazyInitializer.EnsureInitialized(ref _metrics, () => new GatewayMetrics(this));

    /// <summary>Returns what endpoints of the same gateway share, which may be mapped at different places: made when it is first asked for.</summary>
    /// <typeparam name="T">What is shared.</typeparam>
    /// <param name="make">Makes it; called again where two ask for it at once.</param>
    internal T Shared<T>(Func<T> make) where T : class => (T)_shared.GetOrAdd(typeof(T), static (_, make) => make(), make);

    // The one place where the gateway names the clock of the machine.
#pragma warning disable RS0030
    private static TimeProvider DefaultTime => TimeProvider.System;
#pragma warning restore RS0030
}
