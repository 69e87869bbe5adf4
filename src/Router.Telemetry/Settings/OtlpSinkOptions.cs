namespace RouterGen;

/// <summary>Where <c>UseOtlp</c> sends to, and what. What is not set comes from the variables of OpenTelemetry.</summary>
public sealed class OtlpSinkOptions : TelemetrySinkOptions
{
    /// <summary>
    /// Gets the address of the collector, without the path of a signal: <c>/v1/traces</c> and <c>/v1/metrics</c> are added for HTTP. Null: <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c> and
    /// <c>OTEL_EXPORTER_OTLP_METRICS_ENDPOINT</c> as they are, else <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, else <c>http://localhost:4318</c> (4317 for gRPC).
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Gets how it is spoken. Null: <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, else gRPC where the port is 4317, else HTTP.</summary>
    public OtlpSinkProtocol? Protocol { get; init; }

    /// <summary>Gets headers of each request, such as a key. They come beside those of <c>OTEL_EXPORTER_OTLP_HEADERS</c> (<c>name=value,name=value</c>, values percent-encoded), and in place of those of the same name.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the name of the service. Null: <c>OTEL_SERVICE_NAME</c>, else <c>service.name</c> of <c>OTEL_RESOURCE_ATTRIBUTES</c>, else <c>unknown_service</c> with the process's name.</summary>
    public string? ServiceName { get; init; }

    /// <summary>Gets whether spans are sent. Null: unless <c>OTEL_TRACES_EXPORTER</c> is <c>none</c>.</summary>
    public bool? SendsTraces { get; init; }

    /// <summary>Gets whether metrics are sent. Null: unless <c>OTEL_METRICS_EXPORTER</c> is <c>none</c>.</summary>
    public bool? SendsMetrics { get; init; }

    /// <summary>Gets how often metrics are sent. Greater than zero, at most a day. Null: <c>OTEL_METRIC_EXPORT_INTERVAL</c> (milliseconds), else a minute.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan? MetricInterval
    {
        get;
        init
        {
            if (value is { } given && (given <= TimeSpan.Zero || given > TimeSpan.FromDays(1))) throw new ArgumentOutOfRangeException(nameof(value), value, "The time must be greater than zero and at most a day.");
            field = value;
        }
    }

    /// <summary>Gets whether requests are compressed with gzip. Null: where <c>OTEL_EXPORTER_OTLP_COMPRESSION</c> is <c>gzip</c>.</summary>
    public bool? Compresses { get; init; }
}

/// <summary>How OTLP is spoken.</summary>
public enum OtlpSinkProtocol
{
    /// <summary>Over HTTP, in Protobuf; the usual port is 4318.</summary>
    HttpProtobuf,

    /// <summary>Over gRPC; the usual port is 4317. Failed batches are not tried again.</summary>
    Grpc,
}
