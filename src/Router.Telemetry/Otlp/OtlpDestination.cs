using System.Diagnostics;
using System.Text;

namespace RouterGen;

/// <summary>All that a sink of spans and metrics is told: where it sends to, how, and what it adds.</summary>
internal sealed class OtlpDestination
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private OtlpDestination(string name, TelemetrySinkOptions settings, VariableReader variables)
    {
        Name = name;
        Settings = settings;
        BatchDelay = settings.BatchDelay ?? variables.Milliseconds("OTEL_BSP_SCHEDULE_DELAY") ?? TimeSpan.FromSeconds(5);
        QueueSize = settings.QueueSize ?? variables.Count("OTEL_BSP_MAX_QUEUE_SIZE") ?? 2048;
        BatchSize = Math.Min(QueueSize, settings.BatchSize ?? variables.Count("OTEL_BSP_MAX_EXPORT_BATCH_SIZE") ?? 512);
        HasSampler = variables.Text("OTEL_TRACES_SAMPLER") is not null;
        IsDisabled = variables.Is("OTEL_SDK_DISABLED", "true");
        Resource = string.Join('\n', variables.Text("OTEL_SERVICE_NAME"), variables.Text("OTEL_RESOURCE_ATTRIBUTES"));
    }

    public string Name { get; }

    public TelemetrySinkOptions Settings { get; }

    public TimeSpan BatchDelay { get; }

    public int QueueSize { get; }

    public int BatchSize { get; }

    /// <summary>Gets whether a sampler is stated; else each span of a router is sent, whatever its parent is: that is often one that nothing records.</summary>
    public bool HasSampler { get; }

    /// <summary>Gets whether telemetry is switched off altogether.</summary>
    public bool IsDisabled { get; }

    /// <summary>Gets what variables say of the process.</summary>
    public string Resource { get; }

    public required Uri Address { get; init; }

    /// <summary>Gets how spans are sent; null where they are not.</summary>
    public OtlpSignal? Traces { get; private init; }

    /// <summary>Gets how metrics are sent; null where they are not.</summary>
    public OtlpSignal? Metrics { get; private init; }

    public TimeSpan MetricInterval { get; private init; }

    /// <summary>Gets whether metrics tell what was added since the last time, and not since the start.</summary>
    public bool SendsDeltas { get; private init; }

    public string? ServiceName { get; private init; }

    /// <summary>Gets what adds attributes to a span that has ended: of what an observer saw.</summary>
    public Action<Activity, object>? Enrich { get; private init; }

    public static OtlpDestination ForOtlp(RouterOptions options, OtlpSinkOptions settings)
    {
        var variables = new VariableReader(options, "UseOtlp");
        Uri? set = variables.Address(settings.Endpoint, "OtlpSinkOptions.Endpoint");
        Uri? shared = set ?? variables.Address(EndpointVariable);
        OtlpSignal? traces = settings.SendsTraces ?? !variables.Is("OTEL_TRACES_EXPORTER", "none") ? SignalOf("TRACES", "v1/traces") : null;
        OtlpSignal? metrics = settings.SendsMetrics ?? !variables.Is("OTEL_METRICS_EXPORTER", "none") ? SignalOf("METRICS", "v1/metrics") : null;
        var destination = new OtlpDestination("OTLP", settings, variables)
        {
            Address = shared ?? traces?.Endpoint ?? metrics?.Endpoint ?? new Uri("http://localhost:4318"),
            Traces = traces,
            Metrics = metrics,
            MetricInterval = settings.MetricInterval ?? variables.Milliseconds("OTEL_METRIC_EXPORT_INTERVAL") ?? TimeSpan.FromMinutes(1),
            SendsDeltas = variables.Is("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "delta") || variables.Is("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "lowmemory"),
            ServiceName = settings.ServiceName,
        };
        variables.ThrowIfWrong();
        return destination;

        OtlpSignal SignalOf(string signal, string path)
        {
            Uri? own = set is null ? variables.Address($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") : null;
            bool isGrpc = ReadProtocol(variables, settings.Protocol, signal) ?? (own ?? shared)?.Port == 4317;
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            variables.AddHeaders(headers, "OTEL_EXPORTER_OTLP_HEADERS");
            variables.AddHeaders(headers, $"OTEL_EXPORTER_OTLP_{signal}_HEADERS");
            foreach ((string name, string value) in settings.Headers) headers[name] = value;
            TimeSpan timeout = settings.Timeout ?? variables.Milliseconds($"OTEL_EXPORTER_OTLP_{signal}_TIMEOUT", "OTEL_EXPORTER_OTLP_TIMEOUT") ?? TimeSpan.FromSeconds(10);
            bool compresses = settings.Compresses ?? string.Equals(variables.Text($"OTEL_EXPORTER_OTLP_{signal}_COMPRESSION", "OTEL_EXPORTER_OTLP_COMPRESSION"), "gzip", StringComparison.OrdinalIgnoreCase);
            Uri endpoint = own ?? (shared is null ? new Uri(isGrpc ? "http://localhost:4317" : "http://localhost:4318/" + path) : isGrpc ? shared : Below(shared, path));
            return new OtlpSignal(endpoint, isGrpc, headers, timeout, compresses);
        }
    }

    public static OtlpDestination ForLangfuse(RouterOptions options, LangfuseSinkOptions settings)
    {
        var variables = new VariableReader(options, "UseLangfuse");
        Uri host = variables.Address(settings.Host, "LangfuseSinkOptions.Host") ?? variables.Address("LANGFUSE_BASE_URL", "LANGFUSE_HOST") ?? new Uri("https://cloud.langfuse.com");
        string publicKey = variables.Key(settings.PublicKey, "LangfuseSinkOptions.PublicKey", "LANGFUSE_PUBLIC_KEY");
        string secretKey = variables.Key(settings.SecretKey, "LangfuseSinkOptions.SecretKey", "LANGFUSE_SECRET_KEY");

        // https://langfuse.com/integrations/native/opentelemetry: HTTP only; version 4 shows traces at once, older servers ignore it.
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes(publicKey + ":" + secretKey)),
            ["x-langfuse-ingestion-version"] = "4",
        };
        TimeSpan timeout = settings.Timeout ?? variables.Milliseconds("OTEL_EXPORTER_OTLP_TIMEOUT") ?? TimeSpan.FromSeconds(10);
        var attributes = new LangfuseAttributes(settings.Environment ?? variables.Text("LANGFUSE_TRACING_ENVIRONMENT"), settings.Release ?? variables.Text("LANGFUSE_RELEASE"));
        var destination = new OtlpDestination("Langfuse", settings, variables)
        {
            Address = host,
            Traces = new OtlpSignal(Below(host, "api/public/otel/v1/traces"), IsGrpc: false, headers, timeout, Compresses: false),
            Enrich = attributes.AddTo,
        };
        variables.ThrowIfWrong();
        return destination;
    }

    private static bool? ReadProtocol(VariableReader variables, OtlpSinkProtocol? set, string signal)
    {
        if (set is { } protocol) return protocol is OtlpSinkProtocol.Grpc;
        switch (variables.Text($"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"))
        {
            case null: return null;
            case "grpc": return true;
            case "http/protobuf": return false;
            default:
                variables.Reject($"OTEL_EXPORTER_OTLP_PROTOCOL (or OTEL_EXPORTER_OTLP_{signal}_PROTOCOL)", "grpc, http/protobuf");
                return null;
        }
    }

    private static Uri Below(Uri address, string path) => new(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/" + path + address.Query);
}
