namespace RouterGen;

/// <summary>What all sinks have in common: how much waits, how it is sent, and how long that may take. Everything is optional.</summary>
public abstract class TelemetrySinkOptions
{
    private protected TelemetrySinkOptions()
    {
    }

    /// <summary>Gets the most entries (spans, or calls) that wait to be sent; more are dropped and counted. 1 or more. Null: <c>OTEL_BSP_MAX_QUEUE_SIZE</c>, else 2048.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? QueueSize
    {
        get;
        init
        {
            if (value < 1) throw new ArgumentOutOfRangeException(nameof(value), value, "The size must be 1 or more.");
            field = value;
        }
    }

    /// <summary>Gets the most entries that are sent at once. 1 or more; no more than the queue holds. Null: <c>OTEL_BSP_MAX_EXPORT_BATCH_SIZE</c>, else 512.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? BatchSize
    {
        get;
        init
        {
            if (value < 1) throw new ArgumentOutOfRangeException(nameof(value), value, "The size must be 1 or more.");
            field = value;
        }
    }

    /// <summary>Gets the most bytes of captured content that wait to be sent, roughly; 1 or more. Default: 64 MiB. Without content, entries are small and counted by <see cref="QueueSize"/> alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long QueueBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    = 64 * 1024 * 1024;

    /// <summary>Gets how long entries wait for a batch to fill. Greater than zero, at most a day. Null: <c>OTEL_BSP_SCHEDULE_DELAY</c> (milliseconds), else 5 seconds. Helicone's sink does not wait.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan? BatchDelay
    {
        get;
        init => field = Checked(value);
    }

    /// <summary>
    /// Gets how long a batch may take to be sent, with all its tries. Greater than zero, at most a day. Null: <c>OTEL_EXPORTER_OTLP_TIMEOUT</c> (milliseconds) for OTLP and Langfuse, else 10 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan? Timeout
    {
        get;
        init => field = Checked(value);
    }

    /// <summary>Gets how long a flush may take, and so the end of the sink. Greater than zero, at most a day. Default: 5 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan FlushTimeout
    {
        get;
        init => field = Checked(value)!.Value;
    }

    = TimeSpan.FromSeconds(5);

    /// <summary>Gets what requests are sent with, for a proxy or a certificate of your own. It must not follow redirects. It is not disposed. Null: a handler of the sink's own. It has no effect on gRPC.</summary>
    public HttpMessageHandler? Handler { get; init; }

    private static TimeSpan? Checked(TimeSpan? value) => value is { } given && (given <= TimeSpan.Zero || given > TimeSpan.FromDays(1))
        ? throw new ArgumentOutOfRangeException(nameof(value), value, "The time must be greater than zero and at most a day.")
        : value;
}
