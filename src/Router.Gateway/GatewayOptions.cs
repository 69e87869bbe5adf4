namespace RouterGen;

/// <summary>How a gateway serves model groups.</summary>
public sealed class GatewayOptions
{
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
    public TimeSpan BodyTimeout { get; set => field = Positive(value); } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Gets or sets after which silence a stream gets a ping, so that nothing between gateway and client takes it for dead; more than zero. The default is 15 seconds. A stream
    /// that has not begun by then begins with the first ping.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan PingInterval { get; set => field = Positive(value); } = TimeSpan.FromSeconds(15);

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

    /// <summary>Gets how virtual keys are checked, and what they spend is counted. There are none without a <see cref="MasterKey"/>.</summary>
    public GatewayKeyOptions Keys { get; } = new();

    /// <summary>Gets or sets the clock. Tests replace it.</summary>
    public TimeProvider TimeProvider { get; set; } = DefaultTime;

    // The one place where the gateway names the clock of the machine.
#pragma warning disable RS0030
    private static TimeProvider DefaultTime => TimeProvider.System;
#pragma warning restore RS0030

    private static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}
